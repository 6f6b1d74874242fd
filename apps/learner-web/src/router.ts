import { guardRoutes } from '@antu/web-kit';
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router';
import { examRoutes } from './views/exams/routes.ts';
import { practiceRoutes } from './views/practice/routes.ts';
import { verifyRoutes } from './views/verify/routes.ts';
// In the first file, not behind it: nearly every visit begins here, and on a slow line each file in a row is felt.
import Home from './views/learning/home/index.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Tab of the bottom bar that this page stands under; pages without one hide the bar. */
    tab?: 'home' | 'hours' | 'me';
  }
}

export const router = createRouter({
  history: createWebHistory('/'),
  // The first page stands at its top already: scrolling there would lay it out twice.
  scrollBehavior: (_to, from, saved) => saved ?? (from === START_LOCATION ? false : { top: 0 }),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./views/sign-in.vue'), meta: { public: true } },
    { path: '/', name: 'home', component: Home, meta: { tab: 'home' } },
    { path: '/courses/:courseId', name: 'course', component: () => import('./views/learning/course/index.vue') },
    {
      path: '/courses/:courseId/lessons/:lessonVersionId',
      name: 'lesson',
      component: () => import('./views/learning/lesson/index.vue'),
    },
    {
      path: '/courses/:courseId/lessons/:lessonVersionId/quiz',
      name: 'lesson-quiz',
      component: () => import('./views/learning/quiz/index.vue'),
    },
    {
      path: '/hours',
      name: 'hours',
      component: () => import('./views/learning/hours/index.vue'),
      meta: { tab: 'hours' },
    },
    { path: '/me', name: 'me', component: () => import('./views/account/me/index.vue'), meta: { tab: 'me' } },
    { path: '/me/identity', name: 'identity', component: () => import('./views/account/identity/index.vue') },
    {
      path: '/me/identity/photo',
      name: 'identity-photo',
      component: () => import('./views/account/identity/photo.vue'),
    },
    {
      path: '/me/identity/check',
      name: 'sign-in-check',
      component: () => import('./views/account/identity/sign-in-check.vue'),
    },
    { path: '/me/licences', name: 'licences', component: () => import('./views/account/licences/index.vue') },
    { path: '/me/qualification', name: 'qualification', component: () => import('./views/licence/index.vue') },
    ...examRoutes,
    ...practiceRoutes,
    ...verifyRoutes,
    {
      path: '/:rest(.*)*',
      name: 'not-found',
      component: () => import('./views/not-found.vue'),
      meta: { public: true },
    },
  ],
});
guardRoutes(router);
