import { guardRoutes } from '@antu/web-kit';
import { createRouter, createWebHistory } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Tab of the bottom bar that this page stands under; pages without one hide the bar. */
    tab?: 'home' | 'hours' | 'me';
  }
}

const home = () => import('./views/home.vue');

export const router = createRouter({
  history: createWebHistory('/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./views/sign-in.vue'), meta: { public: true } },
    { path: '/', name: 'home', component: home, meta: { tab: 'home' } },
    { path: '/hours', name: 'hours', component: home, meta: { tab: 'hours' } },
    { path: '/me', name: 'me', component: () => import('./views/me.vue'), meta: { tab: 'me' } },
    {
      path: '/:rest(.*)*',
      name: 'not-found',
      component: () => import('./views/not-found.vue'),
      meta: { public: true },
    },
  ],
});
guardRoutes(router);
