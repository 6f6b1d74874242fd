import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { uuidv7Ms } from '../../platform/ids.ts';
import type { CaptureKind } from './checks/capture-rows.ts';
import { type CheckDetail, type CheckRow, readDetail, selectChecks } from './checks/check-rows.ts';
import { leastIdAt } from './checks/least-id.ts';
import type { SnapshotFindings } from './snapshots/findings.ts';

/** A verdict of a session with what led to it. */
export type SessionCheck = Omit<CheckRow, 'detail'> & {
  detail: CheckDetail;
  /** What people decided about a pending one; null if nobody was asked. */
  reviewState: 'open' | 'approved' | 'rejected' | null;
};

export type SessionCapture = {
  id: string;
  /** Null for a picture of a sign-in. */
  sessionId: string | null;
  /** Challenge whose picture it is; null for one taken in passing. */
  challengeId: string | null;
  kind: CaptureKind;
  /** Prompt on the screen, -1 before the first; null where there was none. */
  step: number | null;
  takenAtMs: number;
  sha256Hex: string;
  /** The picture was deleted: its time was over, or consent ended. */
  gone: boolean;
  /** Of a picture taken in passing; null until it was looked at. */
  findings: SnapshotFindings | null;
};

/** Checks and pictures of sessions, each list in order of time, for the proof of a session and the review desk. */
export async function listSessionIdentity(
  db: Queryable,
  sessionIds: readonly string[],
): Promise<{ checks: SessionCheck[]; captures: SessionCapture[] }> {
  if (sessionIds.length === 0) return { checks: [], captures: [] };
  const keys = [sessionIds.map(bucketOf), sessionIds];
  const [rows, reviews, captures] = await Promise.all([
    selectChecks(
      db,
      `join unnest($1::smallint[], $2::uuid[]) as s (bucket, id) on c.bucket = s.bucket and c.session_id = s.id
       where c.id >= $3 order by c.id`,
      // No check is older than its session: the months before are not looked into.
      [...keys, leastIdAt(Math.min(...sessionIds.map(startMsOf)))],
    ),
    readReviews(db, keys),
    selectCaptures(
      db,
      `join unnest($1::smallint[], $2::uuid[]) as s (bucket, id) on p.bucket = s.bucket and p.session_id = s.id
       order by p.taken_at, p.id`,
      keys,
    ),
  ]);
  const checks = rows.map((row) => ({ ...row, detail: readDetail(row), reviewState: reviews.get(row.id) ?? null }));
  return { checks, captures };
}

/** Ids of sessions tell their time; those of tests that do not come from everywhere in time. */
const startMsOf = (id: string): number => (id[14] === '7' ? uuidv7Ms(id) : 0);

async function readReviews(
  db: Queryable,
  keys: readonly unknown[],
): Promise<Map<string, 'open' | 'approved' | 'rejected'>> {
  const { rows } = await db.query<{ id: string; state: 'open' | 'approved' | 'rejected' }>(
    `select r.id, r.state from identity_review r
       join unnest($1::smallint[], $2::uuid[]) as s (bucket, id) on r.bucket = s.bucket and r.session_id = s.id`,
    [...keys],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** One check that stands outside of a session, such as that of a sign-in, with its pictures. */
export async function findCheckIdentity(
  db: Queryable,
  checkId: string,
): Promise<{ check: SessionCheck; captures: SessionCapture[] } | undefined> {
  const key = [bucketOf(checkId), checkId];
  const [[row], captures, reviews] = await Promise.all([
    selectChecks(db, 'where c.bucket = $1 and c.id = $2', key),
    selectCaptures(db, 'where p.bucket = $1 and p.check_id = $2 order by p.taken_at, p.id', key),
    db.query<{ state: 'open' | 'approved' | 'rejected' }>(
      'select state from identity_review where bucket = $1 and id = $2',
      key,
    ),
  ]);
  return row && { check: { ...row, detail: readDetail(row), reviewState: reviews.rows[0]?.state ?? null }, captures };
}

/** @param tail everything behind `identity_capture p` */
async function selectCaptures(db: Queryable, tail: string, values: readonly unknown[]): Promise<SessionCapture[]> {
  type Row = Omit<SessionCapture, 'takenAtMs' | 'sha256Hex' | 'findings'> & {
    takenAt: Date;
    sha256: Buffer;
    findings: string | null;
  };
  const { rows } = await db.query<Row>(
    `select p.id, p.session_id as "sessionId", p.check_id as "challengeId", p.kind, p.step, p.taken_at as "takenAt", p.sha256,
       p.storage_key is null as gone, p.findings
     from identity_capture p ${tail}`,
    [...values],
  );
  return rows.map(({ takenAt, sha256, findings, ...row }) => ({
    ...row,
    takenAtMs: takenAt.getTime(),
    sha256Hex: sha256.toString('hex'),
    findings: findings === null ? null : (JSON.parse(findings) as SnapshotFindings),
  }));
}
