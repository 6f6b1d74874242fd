import { guardRoutes } from '@antu/web-kit';
import { createRouter, createWebHistory } from 'vue-router';

export const router = createRouter({
  history: createWebHistory('/supervision/'),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./views/sign-in.vue'), meta: { public: true } },
    { path: '/', name: 'home', component: () => import('./views/home.vue') },
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/not-found.vue') },
  ],
});
guardRoutes(router);
