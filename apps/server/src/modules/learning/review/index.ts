export { holdHours } from './hours-lock.ts';
export { queueSettling, reviewCron, reviewJobs } from './jobs.ts';
export { registerReviewDesk } from './routes.ts';
