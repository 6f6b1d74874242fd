import type { SittingView } from '@antu/contract';
import { bucketOf, examLimitsOf, getExamRuleSet, type SittingStateName } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { pictureAskedOf } from '../identity/picture-times.ts';
import type { RoomMessage } from './room-messages.ts';

/** A row of exam_sitting. The bucket is that of the id, and of the person. */
export interface SittingRow {
  readonly id: string;
  readonly person_id: string;
  readonly kind: 'formal' | 'mock';
  readonly exam_id: string | null;
  readonly plan_id: string;
  readonly rule_set_id: string;
  readonly title_zh: string;
  readonly state: SittingStateName;
  readonly opens_at: Date;
  readonly closes_at: Date;
  readonly duration_seconds: number;
  readonly extra_seconds: number;
  readonly grace_seconds: number;
  readonly started_at: Date | null;
  readonly ends_at: Date | null;
  readonly ended_at: Date | null;
  readonly device_id: string | null;
  readonly leaves: number;
  readonly void_reason: string | null;
  readonly watched: boolean;
  readonly picture_seed: string;
  readonly pictures_settled: number;
  readonly identity_awaits: readonly string[];
  /** Beginning of the hash of the token with which it runs: enough to tell two apart, and nothing to go in with. */
  readonly device_mark: string | null;
  readonly handed_over: number;
}

/** Columns of a `SittingRow` of the table `s`. */
export const sittingColumns = `s.id, s.person_id, s.kind, s.exam_id, s.plan_id, s.rule_set_id, s.title_zh, s.state, s.opens_at, s.closes_at,
  s.duration_seconds, s.extra_seconds, s.grace_seconds, s.started_at, s.ends_at, s.ended_at, s.device_id, s.leaves, s.void_reason,
  s.watched, s.picture_seed, s.pictures_settled, s.identity_awaits,
  encode(substring(s.device_hash from 1 for 8), 'hex') as device_mark, s.handed_over`;

/** The sitting of an id that belongs to a person; somebody else's is none. @param lock `for update` and the like */
export async function findOwnSitting(
  db: Queryable,
  personId: string,
  sittingId: string,
  lock: '' | 'for update' = '',
): Promise<SittingRow | undefined> {
  const { rows } = await db.query<SittingRow>(
    `select ${sittingColumns} from exam_sitting s where s.bucket = $1 and s.id = $2 and s.person_id = $3 ${lock}`,
    [bucketOf(sittingId), sittingId, personId],
  );
  return rows[0];
}

/** The same for many, by the place of what is wanted. */
export async function findOwnSittings(
  db: Queryable,
  wanted: readonly { readonly personId: string; readonly sittingId: string }[],
): Promise<(SittingRow | undefined)[]> {
  const { rows } = await db.query<SittingRow>({
    name: 'exams-find-sittings',
    text: `select ${sittingColumns} from exam_sitting s
       join unnest($1::smallint[], $2::uuid[]) as v (bucket, id) on v.bucket = s.bucket and v.id = s.id`,
    values: [wanted.map(({ sittingId }) => bucketOf(sittingId)), wanted.map(({ sittingId }) => sittingId)],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.map(({ personId, sittingId }) => {
    const row = byId.get(sittingId);
    return row?.person_id === personId ? row : undefined;
  });
}

/** What the candidate is told. */
export function presentSitting(row: SittingRow, nowMs: number, message: RoomMessage | null): SittingView {
  const limits = examLimitsOf(getExamRuleSet(row.rule_set_id));
  const picture = pictureAskedOf(row, nowMs);
  return {
    id: row.id,
    kind: row.kind,
    titleZh: row.title_zh,
    state: row.state,
    now: new Date(nowMs).toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endsAt: row.ends_at?.toISOString() ?? null,
    durationSeconds: row.duration_seconds,
    extraSeconds: row.extra_seconds,
    totalPoints: limits.totalPoints,
    passPoints: limits.passPoints,
    leaves: row.leaves,
    mostLeaves: limits.mostLeaves,
    message,
    watched: row.watched && row.state === 'running',
    picture: picture === null ? null : { id: picture },
    identityAwaits: row.identity_awaits.length > 0,
    deviceMark: row.device_mark,
    handedOver: row.handed_over,
  };
}
