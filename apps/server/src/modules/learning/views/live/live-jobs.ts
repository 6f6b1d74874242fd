import { chinaDateOf } from '@antu/domain';
import { z } from 'zod';
import type { Pool } from '../../../../platform/database/pool.ts';
import { defineJob } from '../../../../platform/jobs.ts';
import { judgeSessions, SELECT_SESSION, type SessionRow, summaryOf } from '../sessions.ts';

const SESSIONS_PER_BATCH = 200;
/** Further back than this nothing is looked for again: the worker was down that long at most. */
const LOOK_BACK_HOURS = 48;

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
      person_id: one.row.person_id,
      scheme: one.row.scheme,
      organisation_id: one.row.organisation_id,
      region_code: one.row.region_code,
      day: chinaDateOf(one.judged?.untilMs ?? one.row.opened_at.getTime()),
      // Evidence that cannot be replayed credits nothing and is named as such.
      end_reason: summaryOf(one).endReason ?? 'unreadable',
      total_seconds: one.judged?.sums.totalSeconds ?? 0,
      credited_seconds: one.judged?.sums.creditedSeconds ?? 0,
      not_credited: Object.fromEntries(
        (one.judged?.sums.byReason ?? []).map(({ reason, seconds }) => [reason, seconds]),
      ),
    }));
    await pool.query(
      `insert into study_session_outcome (bucket, session_id, person_id, scheme, organisation_id, region_code, day, end_reason,
         total_seconds, credited_seconds, not_credited, derived_at)
       select o.*, $2::timestamptz from json_to_recordset($1) as o (bucket smallint, session_id uuid, person_id uuid, scheme text,
         organisation_id uuid, region_code text, day date, end_reason text, total_seconds integer, credited_seconds integer,
         not_credited jsonb)
       on conflict do nothing`,
      [JSON.stringify(outcomes), new Date(nowMs)],
    );
    written += outcomes.length;
    if (rows.length < SESSIONS_PER_BATCH) return written;
  }
}

export const deriveSessionOutcomes = defineJob({
  name: 'learning.derive-outcomes',
  payload: z.object({}),
  handler: async (_payload, { platform }) => {
    await deriveOutcomes(platform.pool, platform.clock.nowMs());
  },
});
