export { appealCron, appealJobs } from './jobs.ts';
export { registerAppealRoutes } from './routes.ts';
