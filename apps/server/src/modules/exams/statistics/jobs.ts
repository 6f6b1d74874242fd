import { z } from 'zod';
import { type CronLine, defineJob, type JobDefinition } from '../../../platform/jobs.ts';
import { countResults } from './count-results.ts';

/** Adds what was marked in the last minute to the sums. */
export const countExamResults = defineJob({
  name: 'exams.count-results',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const counted = await countResults(platform.pool, platform.clock.now(), signal);
    if (counted > 0) log.info({ counted }, 'results counted');
  },
});

export const statisticsJobs: readonly JobDefinition[] = [countExamResults];
export const statisticsCron: readonly CronLine[] = [{ match: '* * * * *', job: countExamResults, payload: {} }];
