import { bucketOf, type Interval, unite } from '@antu/domain';
import type { Pool, Queryable } from '../../../platform/database/pool.ts';
import { stretchesOf } from './session-hours.ts';

/** What seconds of a person wait for: a pending check of identity, or a round of the quiz of their lesson. */
export interface AwaitedCause {
  readonly personId: string;
  readonly kind: 'identity-check' | 'quiz';
  readonly id: string;
}

/**
 * Condition over a row `w` of hour_awaiting: no decision has settled it. A row that waits for a check is awarded for the check alone,
 * once its quiz is passed as well; a refusal for either settles it.
 */
export const UNDECIDED = `not exists (select from hour_decision d where d.bucket = w.bucket and d.session_id = w.session_id
  and (d.cause_kind = 'identity-check' and d.cause_id = w.identity_check_id
    or d.cause_kind = 'quiz' and d.cause_id = w.quiz_gate_id and (w.identity_check_id is null or d.kind = 'refuse')))`;

/** Undecided seconds of one session. */
export interface Awaited {
  readonly sessionId: string;
  readonly checkId: string | null;
  readonly gateId: string | null;
  /** Seconds of the media. */
  readonly media: readonly Interval[];
}

/** What waits for a cause and was not decided yet: one line per session, check and round. */
export async function findAwaited(db: Queryable, { personId, kind, id }: AwaitedCause): Promise<Awaited[]> {
  const column = kind === 'quiz' ? 'quiz_gate_id' : 'identity_check_id';
  const { rows } = await db.query<Omit<Awaited, 'media'> & { media: string }>(
    `select w.session_id as "sessionId", w.identity_check_id as "checkId", w.quiz_gate_id as "gateId", w.media::text as media
     from hour_awaiting w where w.bucket = $1 and w.${column} = $2 and w.person_id = $3 and ${UNDECIDED}
     order by w.session_id, w.evidence_index`,
    [bucketOf(personId), id, personId],
  );
  const groups = Map.groupBy(rows, (row) => `${row.sessionId} ${row.checkId} ${row.gateId}`);
  return [...groups.values()].flatMap((waiting) => {
    const [first] = waiting;
    return first ? [{ ...first, media: unite(...waiting.map((row) => stretchesOf(row.media))) }] : [];
  });
}

/** What of a lesson waits for rounds of its quiz and was not decided yet, seconds of the media; also what waits for a check besides. */
export async function findWaitingForQuiz(
  db: Queryable,
  personId: string,
  lessonVersionIds: readonly string[],
): Promise<Map<string, Interval[]>> {
  const { rows } = await db.query<{ lesson: string; media: string }>(
    `select w.lesson_version_id as lesson, range_agg(r)::text as media from hour_awaiting w, unnest(w.media) as r
     where w.bucket = $1 and w.person_id = $2 and w.lesson_version_id = any($3::uuid[]) and w.quiz_gate_id is not null and ${UNDECIDED}
     group by w.lesson_version_id`,
    [bucketOf(personId), personId, lessonVersionIds],
  );
  return new Map(rows.map((row) => [row.lesson, stretchesOf(row.media)]));
}

/** Of these rounds, those for which anything waits undecided. */
export async function findUnsettledGates<Gate extends { id: string; personId: string }>(
  pool: Pool,
  gates: readonly Gate[],
): Promise<Gate[]> {
  if (gates.length === 0) return [];
  const { rows } = await pool.query<{ id: string }>(
    `select distinct w.quiz_gate_id as id from hour_awaiting w
       join unnest($1::smallint[], $2::uuid[]) as g (bucket, id) on w.bucket = g.bucket and w.quiz_gate_id = g.id
     where ${UNDECIDED}`,
    [gates.map((one) => bucketOf(one.personId)), gates.map((one) => one.id)],
  );
  const waiting = new Set(rows.map((row) => row.id));
  return gates.filter((gate) => waiting.has(gate.id));
}
