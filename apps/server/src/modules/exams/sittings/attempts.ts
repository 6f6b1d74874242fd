import {
  type AttemptState,
  bucketOf,
  countsAsAttempt,
  type ExamAttempt,
  examLimitsOf,
  getExamRuleSet,
  type SittingStateName,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

/** An attempt of a person as lists show it. */
export interface ListedAttempt {
  readonly sittingId: string;
  readonly titleZh: string;
  readonly state: SittingStateName;
  readonly points: number | null;
  readonly totalPoints: number;
  readonly passed: boolean | null;
  readonly at: string;
}

interface Row {
  id: string;
  title_zh: string;
  state: SittingStateName;
  rule_set_id: string;
  at: Date;
  centipoints: number | null;
  passed: boolean | null;
}

/** The latest sittings of a person in some states, with the result as it stands; the youngest first. */
export async function listAttempts(
  db: Queryable,
  personId: string,
  { kind, states, most }: { kind: 'formal' | 'mock'; states: readonly SittingStateName[]; most: number },
): Promise<ListedAttempt[]> {
  const { rows } = await db.query<Row>(
    `select s.id, s.title_zh, s.state, s.rule_set_id, coalesce(s.ended_at, s.started_at, s.created_at) as at, r.centipoints, r.passed
     from exam_sitting s left join lateral (
       select centipoints, passed from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id order by version desc limit 1
     ) r on true
     where s.bucket = $1 and s.person_id = $2 and s.kind = $3 and s.state = any($4) order by s.id desc limit $5`,
    [bucketOf(personId), personId, kind, states, most],
  );
  return rows.map((row) => ({
    sittingId: row.id,
    titleZh: row.title_zh,
    state: row.state,
    points: row.centipoints === null ? null : row.centipoints / 100,
    totalPoints: examLimitsOf(getExamRuleSet(row.rule_set_id)).totalPoints,
    passed: row.passed,
    at: row.at.toISOString(),
  }));
}

export type CountedAttempt = ExamAttempt & { readonly ruleSetId: string };

/** Every formal sitting of a person that is an attempt by its own rules, with these. */
export const readCountedAttempts = async (db: Queryable, personId: string): Promise<CountedAttempt[]> =>
  (await readCountedAttemptsOf(db, [personId])).get(personId) ?? [];

/** The same for many, by person; who has none is not among them. */
export async function readCountedAttemptsOf(
  db: Queryable,
  personIds: readonly string[],
): Promise<Map<string, CountedAttempt[]>> {
  const { rows } = await db.query<{
    person_id: string;
    rule_set_id: string;
    state: AttemptState;
    passed: boolean;
    sat_at: Date;
  }>(
    `select s.person_id, s.rule_set_id, s.state, s.state = 'marked' and r.passed as passed, coalesce(s.ended_at, s.started_at) as sat_at
     from unnest($1::smallint[], $2::uuid[]) as w (bucket, person_id)
       join exam_sitting s on s.bucket = w.bucket and s.person_id = w.person_id
       left join lateral (
         select passed from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id order by version desc limit 1
       ) r on true
     where s.kind = 'formal' and s.started_at is not null
       and (s.state = 'voided' or (s.state = 'marked' and r.passed is not null))`,
    [personIds.map(bucketOf), personIds],
  );
  const counted = rows.filter(({ rule_set_id, state }) =>
    countsAsAttempt(examLimitsOf(getExamRuleSet(rule_set_id)), state),
  );
  const byPerson = Map.groupBy(counted, (row) => row.person_id);
  return new Map(
    [...byPerson].map(([personId, own]) => [
      personId,
      own.map((row) => ({ ruleSetId: row.rule_set_id, passed: row.passed, satAtMs: row.sat_at.getTime() })),
    ]),
  );
}
