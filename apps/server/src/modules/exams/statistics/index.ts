export { countResults } from './count-results.ts';
export { statisticsCron, statisticsJobs } from './jobs.ts';
export { registerStatisticsRoutes } from './routes.ts';
