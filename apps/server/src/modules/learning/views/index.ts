import type { CronLine, JobDefinition } from '../../../platform/jobs.ts';
import { purgeExports, writeExport } from './exports/export-job.ts';
import { deriveSessionOutcomes } from './live/live-jobs.ts';

export { seedDemoHistory } from './demo/seed-demo-history.ts';
export { registerLearningViews } from './routes.ts';

/** Background work of the pages. */
export const learningViewJobs: readonly JobDefinition[] = [writeExport, purgeExports, deriveSessionOutcomes];
export const learningViewCron: readonly CronLine[] = [
  { match: '17 * * * *', job: purgeExports, payload: {} },
  { match: '* * * * *', job: deriveSessionOutcomes, payload: {} },
];
