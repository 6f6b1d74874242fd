import type { RouteRecordRaw } from 'vue-router';
import { useTexts } from '../../locales/index.ts';

const { t } = useTexts();

/** Pages of the question bank. */
export const bankRoutes: readonly RouteRecordRaw[] = [
  {
    path: '/bank',
    name: 'bank',
    component: () => import('./list/index.vue'),
    meta: { needs: 'questions.read', title: () => t('bank.title') },
  },
  {
    path: '/bank/review',
    name: 'bank-review',
    component: () => import('./review/index.vue'),
    meta: { needs: 'questions.review', title: () => t('bank.review.title') },
  },
  {
    path: '/bank/duplicates',
    name: 'bank-duplicates',
    component: () => import('./duplicates/index.vue'),
    meta: { needs: 'questions.read', title: () => t('bank.duplicates.title') },
  },
  {
    path: '/bank/imports',
    name: 'bank-imports',
    component: () => import('./imports/list/index.vue'),
    meta: { needs: 'questions.write', title: () => t('imports.title') },
  },
  {
    path: '/bank/imports/:importId',
    name: 'bank-import',
    component: () => import('./imports/report/index.vue'),
    props: true,
    meta: { needs: 'questions.write', title: () => t('imports.report.title') },
  },
  {
    path: '/bank/questions/new',
    name: 'question-new',
    component: () => import('./editor/index.vue'),
    meta: { needs: 'questions.write', title: () => t('bank.edit.titleNew') },
  },
  {
    path: '/bank/questions/:questionId',
    name: 'question',
    component: () => import('./question/index.vue'),
    props: true,
    meta: { needs: 'questions.read', title: () => t('bank.page.question') },
  },
  {
    path: '/bank/questions/:questionId/edit',
    name: 'question-edit',
    component: () => import('./editor/index.vue'),
    props: true,
    meta: { needs: 'questions.write', title: () => t('bank.edit.title') },
  },
];
