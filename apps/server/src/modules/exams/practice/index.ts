export { registerPracticeRoutes } from './routes.ts';
