import { bucketOf } from '@antu/domain';
import { z } from 'zod';
import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { type CronLine, defineJob, type JobDefinition } from '../../../platform/jobs.ts';
import { remarkSitting } from '../marking/mark-sitting.ts';
import { findDecider } from './accept-question.ts';

const PAGE = 200;

/** Marks again whatever a granted appeal touches: nobody is forgotten, whatever became of a job. */
export const remarkDue = defineJob({
  name: 'exams.remark-due',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const changed = await remarkAllDue(platform.pool, () => platform.clock.nowMs(), signal);
    if (changed > 0) log.info({ changed }, 'results changed by appeals');
  },
});

/** @returns how many results changed */
export async function remarkAllDue(pool: Pool, nowMs: () => number, signal?: AbortSignal): Promise<number> {
  let changed = 0;
  for (;;) {
    const due = await findDue(pool);
    for (const one of due) {
      if (signal?.aborted) return changed;
      if (await remarkOne(pool, one, nowMs())) changed += 1;
    }
    if (due.length < PAGE) return changed;
  }
}

interface Due {
  readonly sitting_id: string;
  readonly appeal_id: string;
}

/** Sittings that wait to be marked for the first time are left until they are: only then is it known what they counted. */
async function findDue(pool: Pool): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `select d.sitting_id, d.appeal_id from exam_remark_due d
       join exam_sitting s on s.bucket = d.bucket and s.id = d.sitting_id and s.state in ('marked', 'voided')
     order by d.bucket, d.sitting_id, d.appeal_id limit ${PAGE}`,
  );
  return rows;
}

function remarkOne(pool: Pool, due: Due, nowMs: number): Promise<boolean> {
  return transaction(
    pool,
    async (tx) => {
      const decidedBy = await findDecider(tx, due.appeal_id);
      const result = await remarkSitting(tx, due.sitting_id, { decidedBy: decidedBy ?? 'system', nowMs });
      await tx.query('delete from exam_remark_due where bucket = $1 and sitting_id = $2 and appeal_id = $3', [
        bucketOf(due.sitting_id),
        due.sitting_id,
        due.appeal_id,
      ]);
      return result !== undefined;
    },
    { retries: 3 },
  );
}

export const appealJobs: readonly JobDefinition[] = [remarkDue];
export const appealCron: readonly CronLine[] = [{ match: '* * * * *', job: remarkDue, payload: {} }];
