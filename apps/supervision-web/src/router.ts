import { guardRoutes, titlePages, useSession } from '@antu/web-kit';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { useTexts } from './locales/index.ts';
import { type AreaName, areas, homeOf } from './navigation.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page belongs to this entry of the rail and asks for its roles. */
    area?: AreaName;
  }
}

const { t } = useTexts();
const page = (
  name: string,
  path: string,
  area: AreaName,
  component: NonNullable<RouteRecordRaw['component']>,
  title: () => string = () => t(`nav.${area}`),
): RouteRecordRaw => ({ path, name, component, meta: { area, title } });

export const router = createRouter({
  history: createWebHistory('/supervision/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./views/sign-in.vue'), meta: { public: true } },
    { path: '/', name: 'home', component: () => import('./views/no-role.vue') },
    page('live', '/live', 'live', () => import('./views/live/overview/index.vue')),
    page(
      'live-sessions',
      '/live/sessions',
      'live',
      () => import('./views/live/sessions/index.vue'),
      () => t('live.studying'),
    ),
    page('people', '/people', 'people', () => import('./views/people/list/index.vue')),
    page('person', '/people/:personId', 'people', () => import('./views/people/person/index.vue')),
    { path: '/sessions/:sessionId', redirect: (to) => ({ name: 'session-proof', params: to.params }) },
    page(
      'session-proof',
      '/people/sessions/:sessionId',
      'people',
      () => import('./views/proof/session/index.vue'),
      () => t('proof.title'),
    ),
    page('cases', '/cases', 'cases', () => import('./views/cases/desk/index.vue')),
    page('case', '/cases/:caseId', 'cases', () => import('./views/cases/case/index.vue')),
    page('exams', '/exams', 'exams', () => import('./views/exams/watch/index.vue')),
    page(
      'exam-statistics',
      '/exams/statistics',
      'exams',
      () => import('./views/exams/statistics/index.vue'),
      () => t('exams.statistics'),
    ),
    page(
      'exam-board',
      '/exams/:examId/board',
      'exams',
      () => import('./views/exams/board/index.vue'),
      () => t('exams.board'),
    ),
    page('licences', '/licences', 'licences', () => import('./views/licences/list/index.vue')),
    page(
      'licence-requests',
      '/licences/requests',
      'licences',
      () => import('./views/licences/desk/index.vue'),
      () => t('licences.desk'),
    ),
    page(
      'licence-scan',
      '/licences/scan',
      'licences',
      () => import('./views/licences/scan/index.vue'),
      () => t('licences.scan'),
    ),
    page(
      'licence-cards',
      '/licences/cards',
      'licences',
      () => import('./views/licences/cards/index.vue'),
      () => t('licences.cards'),
    ),
    page('licence', '/licences/:licenceId', 'licences', () => import('./views/licences/licence/index.vue')),
    page(
      'reviews',
      '/reviews',
      'reviews',
      () => import('./views/reviews/queue/index.vue'),
      () => t('reviews.title'),
    ),
    page(
      'review-questions',
      '/reviews/questions',
      'reviews',
      () => import('./views/reviews/questions/index.vue'),
      () => t('questions.title'),
    ),
    page('review', '/reviews/:courseId/:versionId', 'reviews', () => import('./views/reviews/version/index.vue')),
    page('accounts', '/accounts', 'accounts', () => import('./views/oversight/accounts/index.vue')),
    page('audit', '/audit', 'audit', () => import('./views/oversight/audit/index.vue')),
    page('health', '/health', 'health', () => import('./views/oversight/health/index.vue')),
    page('rules', '/rules', 'rules', () => import('./views/oversight/rules/index.vue')),
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/not-found.vue') },
  ],
});
guardRoutes(router);
titlePages(router, () => t('app.name'));

const session = useSession();
router.beforeEach((to) => (to.name === 'home' ? (homeOf(session.roles.value) ?? true) : true));

/** Whether one of the roles may open a page; pages without an area are open to everybody signed in. */
export function mayOpen(area: AreaName | undefined): boolean {
  const roles = areas.find((one) => one.name === area)?.roles;
  return roles === undefined || session.hasRole(...roles);
}
