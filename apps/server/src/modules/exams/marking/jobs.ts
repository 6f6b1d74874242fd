import { z } from 'zod';
import type { Pool } from '../../../platform/database/pool.ts';
import { type CronLine, defineJob, type JobDefinition } from '../../../platform/jobs.ts';
import { markSitting } from './mark-sitting.ts';

const PAGE = 200;

/** Marks one sitting that was handed in. */
export const markOneSitting = defineJob({
  name: 'exams.mark-sitting',
  payload: z.object({ sittingId: z.uuid() }),
  handler: async ({ sittingId }, { platform }) => {
    await markSitting(platform.pool, sittingId, platform.clock.nowMs());
  },
});

/** Ends what the clock has ended and marks whatever waits for it: nobody is forgotten, whatever became of a job. */
export const closeAndMark = defineJob({
  name: 'exams.close-and-mark',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const nowMs = platform.clock.nowMs();
    const ended = await closeTimedOut(platform.pool, nowMs);
    let marked = 0;
    for (;;) {
      const due = await findUnmarked(platform.pool);
      for (const sittingId of due) {
        if (signal?.aborted) return;
        if (await markSitting(platform.pool, sittingId, platform.clock.nowMs())) marked += 1;
      }
      if (due.length < PAGE) break;
    }
    if (ended + marked > 0) log.info({ ended, marked }, 'sittings ended and marked');
  },
});

/** Ends sittings of which nothing more can count. @returns how many */
export async function closeTimedOut(pool: Pool, nowMs: number): Promise<number> {
  const { rowCount } = await pool.query(
    `update exam_sitting set state = 'timed-out', ended_at = ends_at
     where state = 'running' and ends_at + make_interval(secs => grace_seconds) < $1`,
    [new Date(nowMs)],
  );
  return rowCount ?? 0;
}

async function findUnmarked(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from exam_sitting where state in ('submitted', 'timed-out') and identity_awaits = '{}' order by bucket, id limit ${PAGE}`,
  );
  return rows.map(({ id }) => id);
}

export const markingJobs: readonly JobDefinition[] = [markOneSitting, closeAndMark];
export const markingCron: readonly CronLine[] = [{ match: '* * * * *', job: closeAndMark, payload: {} }];
