import type { RouteRecordRaw } from 'vue-router';

/** The public check: no account, a file of its own. */
export const verifyRoutes: RouteRecordRaw[] = [
  { path: '/verify/:code?', name: 'verify', component: () => import('./index.vue'), meta: { public: true } },
];
