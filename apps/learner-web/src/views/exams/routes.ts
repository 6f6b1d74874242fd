import type { RouteRecordRaw } from 'vue-router';

/** Pages of exams; all of them come when they are asked for. */
export const examRoutes: RouteRecordRaw[] = [
  { path: '/exams', name: 'exams', component: () => import('./list/index.vue') },
  { path: '/exams/:examId/ticket', name: 'exam-ticket', component: () => import('./ticket/index.vue') },
  { path: '/exams/:examId/room', name: 'exam-room', component: () => import('./room/index.vue') },
  { path: '/exams/:examId/pledge', name: 'exam-pledge', component: () => import('./pledge/index.vue') },
  { path: '/exams/sittings/:sittingId', name: 'exam-sitting', component: () => import('./sitting/index.vue') },
  { path: '/exams/sittings/:sittingId/result', name: 'exam-result', component: () => import('./result/index.vue') },
];
