import { chinaDateOf } from '@antu/domain';
import { z } from 'zod';
import type { Pool } from '../../../../platform/database/pool.ts';
import { defineJob } from '../../../../platform/jobs.ts';
import { judgeSessions, SELECT_SESSION, type SessionRow } from '../sessions.ts';

const SESSIONS_PER_BATCH = 200;
/** Further back than this nothing is looked for again: the worker was down that long at most. */
const LOOK_BACK_HOURS = 48;
/** Longer than is looked back, or what was deleted would be derived again; the live page reads today only. */
const KEPT_HOURS = 72;

/**
 * Replays sessions that have closed and writes how they went, for today's refusals on the live page. Derived from the
 * evidence: a second run finds nothing to do.
 * @returns how many were written
 */
export async function deriveOutcomes(pool: Pool, nowMs: number): Promise<number> {
  let written = 0;
  for (;;) {
    const { rows } = await pool.query<SessionRow>(
      `with closed as (
        select e.bucket, e.session_id from study_evidence e
        where e.kind = 4 and e.recorded_at >= $1
          and not exists (select 1 from study_session_outcome x where x.bucket = e.bucket and x.session_id = e.session_id)
        order by e.recorded_at limit ${SESSIONS_PER_BATCH}
      ) ${SELECT_SESSION} join closed on closed.bucket = s.bucket and closed.session_id = s.id`,
      [new Date(nowMs - LOOK_BACK_HOURS * 3_600_000)],
    );
    if (rows.length === 0) return written;
    const outcomes = (await judgeSessions(pool, rows)).map((one) => ({
      bucket: one.row.bucket,
      session_id: one.row.id,
      scheme: one.row.scheme,
      region_code: one.row.region_code,
      day: chinaDateOf(one.judged?.untilMs ?? one.row.opened_at.getTime()),
      // Evidence that cannot be replayed credits nothing and names no reason: verify reports it.
      not_credited: Object.fromEntries(
        (one.judged?.sums.byReason ?? []).map(({ reason, seconds }) => [reason, seconds]),
      ),
    }));
    await pool.query(
      `insert into study_session_outcome (bucket, session_id, scheme, region_code, day, not_credited, derived_at)
       select o.*, $2::timestamptz from json_to_recordset($1) as o (bucket smallint, session_id uuid, scheme text, region_code text,
         day date, not_credited jsonb)
       on conflict do nothing`,
      [JSON.stringify(outcomes), new Date(nowMs)],
    );
    written += outcomes.length;
    if (rows.length < SESSIONS_PER_BATCH) return written;
  }
}

/** Deletes outcomes that no page reads any more, so that they do not grow with the hours. */
export async function deleteOldOutcomes(pool: Pool, nowMs: number): Promise<void> {
  await pool.query('delete from study_session_outcome where derived_at < $1', [
    new Date(nowMs - KEPT_HOURS * 3_600_000),
  ]);
}

export const deriveSessionOutcomes = defineJob({
  name: 'learning.derive-outcomes',
  payload: z.object({}),
  handler: async (_payload, { platform }) => {
    const nowMs = platform.clock.nowMs();
    await deriveOutcomes(platform.pool, nowMs);
    await deleteOldOutcomes(platform.pool, nowMs);
  },
});
