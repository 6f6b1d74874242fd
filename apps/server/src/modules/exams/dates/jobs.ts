import { z } from 'zod';
import { type CronLine, defineJob, type JobDefinition } from '../../../platform/jobs.ts';
import { assignSeats } from './assign-seats.ts';
import { findDueExams, moveExams, preparePapers } from './prepare-papers.ts';

/** Gives places, draws papers before the bell and moves exams on with the clock. */
export const prepareExams = defineJob({
  name: 'exams.prepare',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const { pool, clock } = platform;
    await assignSeats(pool, clock.nowMs());
    for (const exam of await findDueExams(pool, clock.nowMs())) {
      if (signal?.aborted) return;
      try {
        const papers = await preparePapers(pool, exam, clock.nowMs());
        log.info({ examId: exam.id, papers }, 'papers drawn');
      } catch (error) {
        // One exam that cannot be served must not hold up the others.
        log.error({ err: error, examId: exam.id }, 'papers cannot be drawn');
      }
    }
    await moveExams(pool, clock.nowMs());
  },
});

export const examJobs: readonly JobDefinition[] = [prepareExams];
export const examCron: readonly CronLine[] = [{ match: '* * * * *', job: prepareExams, payload: {} }];
