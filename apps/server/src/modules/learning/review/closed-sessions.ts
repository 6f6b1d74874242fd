import type { SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

/** A session that is over, as suspicion looks at it. */
export interface ClosedSession {
  readonly bucket: number;
  readonly id: string;
  readonly personId: string;
  readonly scheme: SchemeCode;
  readonly regionCode: string | null;
  readonly ruleSetId: string;
  readonly address: string;
  readonly deviceId: string | null;
  readonly openedAtMs: number;
  readonly endedAtMs: number;
  readonly endReason: string;
  /** When its end was written: what pages of closed sessions are ordered by. */
  readonly recordedAt: Date;
}

interface Row {
  bucket: number;
  id: string;
  person_id: string;
  scheme: SchemeCode;
  region_code: string | null;
  rule_set_id: string;
  address: string;
  device_id: string | null;
  opened_at: Date;
  recorded_at: Date;
  detail: string;
}

/** Where a page begins. */
export interface PageStart {
  readonly recordedAt: Date;
  readonly sessionId: string;
}

/** Sessions whose end was written after `after` and before `to`, in that order. */
export async function findClosedSessions(
  db: Queryable,
  after: PageStart,
  to: Date,
  limit: number,
): Promise<ClosedSession[]> {
  const { rows } = await db.query<Row>(
    `select s.bucket, s.id, s.person_id, s.scheme, s.region_code, s.rule_set_id, host(s.address) as address, s.device_id, s.opened_at,
       e.recorded_at, e.detail
     from study_evidence e join study_session s on s.bucket = e.bucket and s.id = e.session_id
     where e.kind = 4 and e.recorded_at >= $1 and (e.recorded_at, e.session_id) > ($1, $2::uuid) and e.recorded_at < $3
     order by e.recorded_at, e.session_id limit ${limit}`,
    [after.recordedAt, after.sessionId, to],
  );
  return rows.map((row) => {
    const { reason, endedAtMs } = closedDetail(row.detail);
    return {
      bucket: row.bucket,
      id: row.id,
      personId: row.person_id,
      scheme: row.scheme,
      regionCode: row.region_code,
      ruleSetId: row.rule_set_id,
      address: row.address,
      deviceId: row.device_id,
      openedAtMs: row.opened_at.getTime(),
      endedAtMs: endedAtMs ?? row.recorded_at.getTime(),
      endReason: reason,
      recordedAt: row.recorded_at,
    };
  });
}

/** What is read of the last row of a session; its time stands there only if it is not that of the row. */
function closedDetail(text: string): { reason: string; endedAtMs?: number } {
  // The hash of the row, which verify compares, vouches for its members.
  return JSON.parse(text) as { reason: string; endedAtMs?: number };
}
