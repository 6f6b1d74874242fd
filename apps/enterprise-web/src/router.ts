import type { Permission } from '@antu/contract';
import { guardRoutes, titlePages } from '@antu/web-kit';
import { createRouter, createWebHistory } from 'vue-router';
import { useTexts } from './locales/index.ts';
import { bankRoutes } from './views/bank/routes.ts';
import { examRoutes } from './views/exams/routes.ts';
import { useOwnOrganisation } from './session/own-organisation.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown only to those who hold it; everybody else gets the no-permission look. */
    needs?: Permission;
  }
}

const { t } = useTexts();
export const router = createRouter({
  history: createWebHistory('/enterprise/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./views/sign-in.vue'), meta: { public: true } },
    {
      path: '/',
      name: 'home',
      component: () => import('./views/home/index.vue'),
      meta: { needs: 'hours.read', title: () => t('nav.home') },
    },
    {
      path: '/people',
      name: 'people',
      component: () => import('./views/people/list/index.vue'),
      meta: { needs: 'hours.read', title: () => t('nav.people') },
    },
    {
      path: '/people/:personId',
      name: 'person',
      component: () => import('./views/people/record/index.vue'),
      props: true,
      meta: { needs: 'hours.read', title: () => t('people.record.title') },
    },
    { path: '/identity', redirect: { name: 'identity-photos' } },
    {
      path: '/identity/photos',
      name: 'identity-photos',
      component: () => import('./views/identity/desk/index.vue'),
      props: { tab: 'photos' },
      meta: { needs: 'identity.confirm', title: () => t('identity.photos') },
    },
    {
      path: '/identity/reviews',
      name: 'identity-reviews',
      component: () => import('./views/identity/desk/index.vue'),
      props: { tab: 'reviews' },
      meta: { needs: 'identity.confirm', title: () => t('identity.reviews') },
    },
    {
      path: '/identity/reviews/:reviewId',
      name: 'identity-review',
      component: () => import('./views/identity/review/index.vue'),
      props: true,
      meta: { needs: 'identity.confirm', title: () => t('identity.review.title') },
    },
    {
      path: '/exports',
      name: 'exports',
      component: () => import('./views/exports/index.vue'),
      meta: { needs: 'hours.export', title: () => t('nav.exports') },
    },
    {
      path: '/courses',
      name: 'courses',
      component: () => import('./views/courses/list/index.vue'),
      meta: { needs: 'courses.write', title: () => t('nav.courses') },
    },
    {
      path: '/courses/:courseId',
      name: 'course',
      component: () => import('./views/courses/course/index.vue'),
      props: true,
      meta: { needs: 'courses.write', title: () => t('nav.courses') },
    },
    ...bankRoutes,
    ...examRoutes,
    {
      path: '/cases',
      name: 'cases',
      component: () => import('./views/cases/desk/index.vue'),
      meta: { needs: 'review.read', title: () => t('nav.cases') },
    },
    {
      path: '/cases/:caseId',
      name: 'case',
      component: () => import('./views/cases/case/index.vue'),
      props: true,
      meta: { needs: 'review.read', title: () => t('nav.cases') },
    },
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/not-found.vue') },
  ],
});
guardRoutes(router);
titlePages(router, () => t('app.name'));

// A teacher's work is courses: the to-do list is about people, whom teachers may not see.
router.beforeEach((to) => {
  const { may } = useOwnOrganisation();
  return to.name === 'home' && !may('hours.read') && may('courses.write') ? { name: 'courses' } : true;
});
