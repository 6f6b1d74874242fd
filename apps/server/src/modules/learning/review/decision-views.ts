import type { HourDecision } from '@antu/contract';
import type { HourDecisionCause, HourDecisionKind } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import { findDisplayNames } from '../../people/index.ts';
import { pairsOf, stretchesOf } from './session-hours.ts';

/** A stored decision. */
export interface DecisionRow {
  id: string;
  session_id: string;
  kind: HourDecisionKind;
  cause_kind: HourDecisionCause;
  seconds: number;
  media: string;
  reason: string;
  decided_by: string;
  decided_at: Date;
  hash: Buffer;
}

/** Who decided where the server carries out what people decided elsewhere. */
export const SYSTEM = 'system';

/** Later decisions about sessions, the oldest first, by session. */
export async function findDecisions(
  db: Queryable,
  sessions: readonly { bucket: number; id: string }[],
): Promise<Map<string, DecisionRow[]>> {
  if (sessions.length === 0) return new Map();
  const { rows } = await db.query<DecisionRow>(
    `select d.id, d.session_id, d.kind, d.cause_kind, d.seconds, d.media::text as media, d.reason, d.decided_by, d.decided_at, d.hash
     from hour_decision d
       join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, session_id) using (bucket, session_id)
     order by d.id`,
    [sessions.map((one) => one.bucket), sessions.map((one) => one.id)],
  );
  return Map.groupBy(rows, (row) => row.session_id);
}

/** Decisions as pages show them, with the names of those who decided in office. */
export async function presentDecisions(
  platform: Pick<Platform, 'keys'>,
  db: Queryable,
  rows: readonly DecisionRow[],
): Promise<HourDecision[]> {
  const accounts = [...new Set(rows.map((row) => row.decided_by).filter((by) => by !== SYSTEM))];
  const names = await findDisplayNames(platform, db, accounts);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    seconds: row.seconds,
    mediaSeconds: pairsOf(stretchesOf(row.media)),
    reasonZh: row.reason,
    by: row.decided_by === SYSTEM ? '系统' : (names.get(row.decided_by) ?? '—'),
    at: row.decided_at.toISOString(),
    hash: row.hash.toString('hex'),
  }));
}
