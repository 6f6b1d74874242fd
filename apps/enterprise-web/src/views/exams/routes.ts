import type { RouteRecordRaw } from 'vue-router';
import { useTexts } from '../../locales/index.ts';

const { t } = useTexts();

/** Pages of exams: dates, plans of papers, statistics, appeals. */
export const examRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/exams',
    name: 'exams',
    component: () => import('./list/index.vue'),
    meta: { needs: 'exams.manage', title: () => t('exams.title') },
  },
  {
    path: '/exams/new',
    name: 'exam-create',
    component: () => import('./create/index.vue'),
    meta: { needs: 'exams.manage', title: () => t('exams.create') },
  },
  {
    path: '/exams/plans',
    name: 'exam-plans',
    component: () => import('./plans/list/index.vue'),
    meta: { needs: 'exam-plans.write', title: () => t('plans.title') },
  },
  {
    path: '/exams/plans/new',
    name: 'exam-plan-new',
    component: () => import('./plans/editor/index.vue'),
    meta: { needs: 'exam-plans.write', title: () => t('plans.edit.titleNew') },
  },
  {
    path: '/exams/plans/:planId',
    name: 'exam-plan',
    component: () => import('./plans/plan/index.vue'),
    props: true,
    meta: { needs: 'exam-plans.write', title: () => t('plans.title') },
  },
  {
    path: '/exams/plans/:planId/edit',
    name: 'exam-plan-edit',
    component: () => import('./plans/editor/index.vue'),
    props: true,
    meta: { needs: 'exam-plans.write', title: () => t('plans.edit.title') },
  },
  {
    path: '/exams/appeals',
    name: 'exam-appeals',
    component: () => import('./appeals/index.vue'),
    meta: { needs: 'exam-appeals.decide', title: () => t('exams.appeals.title') },
  },
  {
    path: '/exams/statistics',
    name: 'exam-statistics',
    component: () => import('./statistics/index.vue'),
    meta: { needs: 'exam-statistics.read', title: () => t('exams.tabs.statistics') },
  },
  {
    path: '/exams/:examId',
    name: 'exam',
    component: () => import('./exam/index.vue'),
    props: true,
    meta: { needs: 'exams.manage', title: () => t('exams.title') },
  },
  {
    path: '/exams/:examId/items',
    name: 'exam-items',
    component: () => import('./items/index.vue'),
    props: true,
    meta: { needs: 'questions.read', title: () => t('exams.items.title') },
  },
  {
    path: '/exams/:examId/board',
    name: 'exam-board',
    component: () => import('./board/index.vue'),
    props: true,
    meta: { needs: 'exams.invigilate', title: () => t('exams.board') },
  },
];
