import { z } from 'zod';
import { type CronLine, defineJob, type JobDefinition } from '../../platform/jobs.ts';
import { cancelLapsed } from './cancel-lapsed.ts';

export const cancelLapsedLicences = defineJob({
  name: 'licences.cancel-lapsed',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const cancelled = await cancelLapsed(platform, signal);
    if (cancelled > 0) log.info({ cancelled }, 'licences cancelled that nobody renewed');
  },
});

export const licenceJobs: readonly JobDefinition[] = [cancelLapsedLicences];
/** Every hour: the first run of a China day does the work, the others find what a broken one left. */
export const licenceCron: readonly CronLine[] = [{ match: '7 * * * *', job: cancelLapsedLicences, payload: {} }];
