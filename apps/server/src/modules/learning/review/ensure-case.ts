import { placeInBucket } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { StoredReasons } from './case-rows.ts';

/** What a session is put before people for. */
export interface CaseFinding {
  readonly session: { readonly bucket: number; readonly id: string };
  readonly score: number;
  readonly reasons: StoredReasons;
}

/**
 * Puts sessions before people, or replaces what speaks against sessions whose case is still open. Decided cases stay as they
 * were decided. Twice does no harm.
 * @returns how many cases are new or changed
 */
export function putCases(db: Queryable, findings: readonly CaseFinding[], now: Date): Promise<number> {
  return insertCases(
    db,
    findings,
    now,
    `do update set score = excluded.score, reasons = excluded.reasons
     where c.state = 'open' and (c.score, c.reasons) is distinct from (excluded.score, excluded.reasons)`,
  );
}

/** Makes sure that a session has a case, so that an appeal about it finds somebody to answer. */
export async function ensureCase(db: Queryable, session: CaseFinding['session'], now: Date): Promise<void> {
  await insertCases(db, [{ session, score: 0, reasons: { ruleSetId: null, reasons: [] } }], now, 'do nothing');
}

async function insertCases(
  db: Queryable,
  findings: readonly CaseFinding[],
  now: Date,
  onConflict: string,
): Promise<number> {
  if (findings.length === 0) return 0;
  const rows = findings.map(({ session, score, reasons }) => ({
    id: placeInBucket(uuidv7(now.getTime()), session.bucket),
    bucket: session.bucket,
    session_id: session.id,
    score,
    reasons: JSON.stringify(reasons),
  }));
  const { rowCount } = await db.query(
    `insert into review_case as c (bucket, id, person_id, session_id, organisation_id, body_id, region_code, score, reasons, state,
       created_at)
     select f.bucket, f.id, s.person_id, s.id, s.organisation_id, course.organisation_id, s.region_code, f.score, f.reasons, 'open', $2
     from json_to_recordset($1) as f (bucket smallint, id uuid, session_id uuid, score smallint, reasons text)
       join study_session s on s.bucket = f.bucket and s.id = f.session_id
       join course on course.id = s.course_id
     order by f.bucket, f.session_id
     on conflict (bucket, session_id) ${onConflict}`,
    [JSON.stringify(rows), now],
  );
  return rowCount ?? 0;
}
