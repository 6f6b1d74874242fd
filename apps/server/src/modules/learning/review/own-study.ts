import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { leastIdAt } from '../find-overlaps.ts';
import type { ClosedSession } from './closed-sessions.ts';

const DAY_MS = 86_400_000;

/** Credited study of a person: server time of one entry of the ledger. */
export interface StudySpan {
  readonly sessionId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly creditedSeconds: number;
}

/** What was credited to the people of a page in the days around it, by person. Later decisions do not change when somebody studied. */
export async function findStudySpans(db: Queryable, page: readonly ClosedSession[]): Promise<Map<string, StudySpan[]>> {
  const fromMs = Math.min(...page.map((one) => one.openedAtMs)) - DAY_MS;
  const people = new Map(page.map((one) => [one.personId, one.bucket]));
  const { rows } = await db.query<{
    person_id: string;
    session_id: string;
    started_at: Date;
    ended_at: Date;
    credited_seconds: number;
  }>(
    `select l.person_id, l.session_id, l.started_at, l.ended_at, l.credited_seconds
     from hour_ledger_entry l join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, person_id) using (bucket, person_id)
     where l.id >= $3::uuid and l.decision_id is null`,
    [[...people.values()], [...people.keys()], leastIdAt(fromMs)],
  );
  const spans = new Map<string, StudySpan[]>();
  for (const row of rows) {
    const span = {
      sessionId: row.session_id,
      fromMs: row.started_at.getTime(),
      toMs: row.ended_at.getTime(),
      creditedSeconds: row.credited_seconds,
    };
    const known = spans.get(row.person_id);
    if (known) known.push(span);
    else spans.set(row.person_id, [span]);
  }
  return spans;
}

/** Seconds credited within the 24 hours that end with the session. */
export function dayCreditOf(session: ClosedSession, spans: readonly StudySpan[]): number {
  return spans
    .filter((span) => span.toMs <= session.endedAtMs && span.fromMs >= session.endedAtMs - DAY_MS)
    .reduce((sum, span) => sum + span.creditedSeconds, 0);
}

/** A session of the same person before or after. */
export interface OwnNeighbour {
  readonly sessionId: string;
  readonly address: string;
  readonly openedAtMs: number;
  /** Null while it runs. */
  readonly endedAtMs: number | null;
}

interface OwnRow {
  of_id: string;
  id: string;
  address: string;
  opened_at: Date;
  ended_ms: number | null;
}

/** The session before and the session after each session of a page, by session. */
export async function findOwnNeighbours(
  db: Queryable,
  page: readonly ClosedSession[],
): Promise<Map<string, OwnNeighbour[]>> {
  const side = (comparison: '<' | '>', order: 'desc' | 'asc') => `lateral (
    select n.id, n.address, n.opened_at from study_session n
    where n.bucket = s.bucket and n.person_id = s.person_id and n.id ${comparison} s.id order by n.id ${order} limit 1)`;
  const { rows } = await db.query<OwnRow>(
    `with around as (
       select s.bucket, s.id as of_id, n.* from unnest($1::smallint[], $2::uuid[], $3::uuid[]) as s (bucket, id, person_id),
         ${side('<', 'desc')} as n
       union all
       select s.bucket, s.id, n.* from unnest($1::smallint[], $2::uuid[], $3::uuid[]) as s (bucket, id, person_id),
         ${side('>', 'asc')} as n
     )
     select around.of_id, around.id, host(around.address) as address, around.opened_at,
       coalesce((e.detail::json ->> 'endedAtMs')::bigint, (extract(epoch from e.recorded_at) * 1000)::bigint) as ended_ms
     from around left join study_evidence e on e.bucket = around.bucket and e.session_id = around.id and e.kind = 4`,
    [page.map((one) => one.bucket), page.map((one) => one.id), page.map((one) => one.personId)],
  );
  return Map.groupBy(
    rows.map((row) => ({
      of: row.of_id,
      sessionId: row.id,
      address: row.address,
      openedAtMs: row.opened_at.getTime(),
      endedAtMs: row.ended_ms,
    })),
    (one) => one.of,
  );
}

/** The newest session of people, by person; people who have not studied yet are left out. */
export async function findLatestSessions(db: Queryable, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await db.query<{ person_id: string; id: string }>(
    `select p.person_id, n.id from unnest($1::smallint[], $2::uuid[]) as p (bucket, person_id),
       lateral (select s.id from study_session s where s.bucket = p.bucket and s.person_id = p.person_id order by s.id desc limit 1) as n`,
    [personIds.map(bucketOf), personIds],
  );
  return new Map(rows.map((row) => [row.person_id, row.id]));
}
