import type { RouteRecordRaw } from 'vue-router';

/** Pages of practice; all of them come when they are asked for. */
export const practiceRoutes: RouteRecordRaw[] = [
  { path: '/practice', name: 'practice', component: () => import('./home/index.vue') },
  { path: '/practice/questions', name: 'practice-question', component: () => import('./question/index.vue') },
  { path: '/practice/book', name: 'practice-book', component: () => import('./book/index.vue') },
];
