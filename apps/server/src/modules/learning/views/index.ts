import type { CronLine, JobDefinition } from '../../../platform/jobs.ts';
import { purgeExports, writeExport } from './exports/export-job.ts';
import { deriveSessionOutcomes } from './live/live-jobs.ts';

export { registerLearningViews } from './routes.ts';

/** Background work of the pages. */
export const learningViewJobs: readonly JobDefinition[] = [writeExport, purgeExports, deriveSessionOutcomes];
export const learningViewCron: readonly CronLine[] = [
  { match: '17 * * * *', job: purgeExports, payload: {} },
  { match: '* * * * *', job: deriveSessionOutcomes, payload: {} },
];
export const learningViewPartitions = [{ table: 'study_session_outcome', kind: 'uuidv7' }] as const;
