import { z } from 'zod';
import { type CronLine, defineJob, type JobDefinition } from '../../../platform/jobs.ts';
import { noteMissingPictures } from './note-missing.ts';

/** Tells invigilators of pictures that did not come. */
export const watchPictures = defineJob({
  name: 'exams.watch-pictures',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const missing = await noteMissingPictures(platform.pool, platform.clock.nowMs(), signal);
    if (missing > 0) log.info({ missing }, 'pictures of sittings did not come');
  },
});

export const examIdentityJobs: readonly JobDefinition[] = [watchPictures];
export const examIdentityCron: readonly CronLine[] = [{ match: '* * * * *', job: watchPictures, payload: {} }];
