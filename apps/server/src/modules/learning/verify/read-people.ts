import type { Queryable } from '../../../platform/database/pool.ts';
import { readVerdictFacts, type VerdictFact } from '../../identity/index.ts';
import { evidenceColumns } from '../evidence-rows.ts';
import { findLiveSessions, type LiveSession } from '../live-session.ts';
import { type ProvedGates, quizKeeper } from '../quiz-gate.ts';

/** Times are read in microseconds: a change too small for a Date must show as well. */
const micros = (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint`;

export type SessionRow = { bucket: number; id: string; person_id: string; scheme: string };

export type EvidenceRowRead = {
  bucket: number;
  session_id: string;
  index: number;
  recorded_at: Date;
  recorded_us: number;
  kind: number;
  beats: Buffer | null;
  detail: string | null;
  opening: unknown;
  hash: Buffer;
};

export type LedgerRow = {
  bucket: number;
  id: string;
  person_id: string;
  session_id: string;
  evidence_index: number;
  scheme: string;
  lesson_version_id: string;
  topic_id: string | null;
  media: string;
  credited_seconds: number;
  started_us: number;
  ended_us: number;
  day: string;
  rule_set_id: string;
  hash: Buffer;
  /** The later decision it rests on; null: a row of evidence. */
  decision_id: string | null;
};

/** Seconds that wait for a pending check of identity, for a round of a quiz, or for both, or waited. */
export type AwaitingRow = {
  bucket: number;
  session_id: string;
  evidence_index: number;
  identity_check_id: string | null;
  quiz_gate_id: string | null;
  person_id: string;
  lesson_version_id: string;
  media: string;
  seconds: number;
  hash: Buffer;
};

export type DecisionRow = {
  bucket: number;
  id: string;
  person_id: string;
  session_id: string;
  kind: string;
  cause_kind: string;
  cause_id: string;
  lesson_version_id: string;
  media: string;
  seconds: number;
  reason: string;
  decided_by: string;
  decided_us: number;
  rule_set_id: string;
  hash: Buffer;
};

export type CaseRow = {
  bucket: number;
  id: string;
  session_id: string;
  state: string;
  has_open_appeal: boolean;
};

export type AppealRow = { bucket: number; id: string; session_id: string; state: string };

export type ProgressRow = {
  bucket: number;
  person_id: string;
  lesson_version_id: string;
  course_id: string;
  scheme: string;
  viewed: string;
  credited_seconds: number;
  identity_checked: boolean;
};

export type DayRow = { bucket: number; person_id: string; scheme: string; day: string; credited_ms: number };

/** Everything that the database holds of one person's study. */
export type PersonRecords = {
  bucket: number;
  personId: string;
  sessions: SessionRow[];
  evidence: Map<string, EvidenceRowRead[]>;
  ledger: LedgerRow[];
  awaiting: AwaitingRow[];
  /** In the order in which they were taken. */
  decisions: DecisionRow[];
  cases: CaseRow[];
  appeals: AppealRow[];
  /** What people decided about pending checks of identity. */
  reviews: { id: string; state: string }[];
  progress: ProgressRow[];
  days: DayRow[];
  live: LiveSession | undefined;
  /** Verdicts about who was there, by id. */
  verdicts: ReadonlyMap<string, VerdictFact>;
  /** Rounds of quizzes of this person. */
  gates: ProvedGates;
};

/** People of a bucket with any record of study, in order of their id, those after `afterId`. */
export async function listPeople(
  db: Queryable,
  bucket: number,
  afterId: string,
  limit: number,
): Promise<{ bucket: number; personId: string }[]> {
  const tables = [
    'study_session',
    'hour_ledger_entry',
    'hour_awaiting',
    'hour_decision',
    'lesson_progress',
    'study_day',
    'live_study_session',
  ];
  const parts = tables.map(
    (table) =>
      `(select distinct person_id from ${table} where bucket = $1 and person_id > $2 order by person_id limit $3)`,
  );
  const { rows } = await db.query<{ person_id: string }>(
    `select person_id from (${parts.join(' union ')}) as people order by person_id limit $3`,
    [bucket, afterId, limit],
  );
  return rows.map((row) => ({ bucket, personId: row.person_id }));
}

/** Reads the records of some people of one bucket, of one moment. */
export async function readPeople(
  db: Queryable,
  bucket: number,
  personIds: readonly string[],
): Promise<PersonRecords[]> {
  const key = [bucket, personIds];
  const of = 'where bucket = $1 and person_id = any($2::uuid[])';
  const sessions = await db.query<SessionRow>(
    `select bucket, id, person_id, scheme from study_session ${of} order by person_id, id`,
    key,
  );
  const evidence = await db.query<EvidenceRowRead>(
    `select ${evidenceColumns}, ${micros('e.recorded_at')} as recorded_us
     from study_evidence e join study_session s on s.bucket = e.bucket and s.id = e.session_id
     where e.bucket = $1 and e.session_id = any($2::uuid[]) order by e.session_id, e.index`,
    [bucket, sessions.rows.map((row) => row.id)],
  );
  const ledger = await db.query<LedgerRow>(
    `select *, media::text as media, ${micros('started_at')} as started_us, ${micros('ended_at')} as ended_us
     from hour_ledger_entry ${of} order by person_id, id`,
    key,
  );
  const awaiting = await db.query<AwaitingRow>(
    `select *, media::text as media from hour_awaiting ${of} order by person_id, session_id, evidence_index, waits_for`,
    key,
  );
  const decisions = await db.query<DecisionRow>(
    `select *, media::text as media, ${micros('decided_at')} as decided_us from hour_decision ${of} order by person_id, decided_at, id`,
    key,
  );
  const cases = await db.query<CaseRow & { person_id: string }>(`select * from review_case ${of}`, key);
  const appeals = await db.query<AppealRow & { person_id: string }>(`select * from study_appeal ${of}`, key);
  const reviews = await db.query<{ person_id: string; id: string; state: string }>(
    `select person_id, id, state from identity_review ${of}`,
    key,
  );
  const progress = await db.query<ProgressRow>(`select *, viewed::text as viewed from lesson_progress ${of}`, key);
  const days = await db.query<DayRow>(`select * from study_day ${of}`, key);
  const live = await findLiveSessions(db, 'l.bucket = $1 and l.person_id = any($2::uuid[])', key, personIds.length);
  const verdicts = await readVerdictFacts(db, bucket, personIds);
  const gates = await quizKeeper().proveGates(db, bucket, personIds);
  const bySession = Map.groupBy(evidence.rows, (row) => row.session_id);
  return personIds.map((personId) => {
    const ownOf = <Row extends { person_id: string }>(rows: readonly Row[]): Row[] =>
      rows.filter((row) => row.person_id === personId);
    const own = ownOf(sessions.rows);
    return {
      bucket,
      personId,
      sessions: own,
      evidence: new Map(own.map((row) => [row.id, bySession.get(row.id) ?? []])),
      ledger: ownOf(ledger.rows),
      awaiting: ownOf(awaiting.rows),
      decisions: ownOf(decisions.rows),
      cases: ownOf(cases.rows),
      appeals: ownOf(appeals.rows),
      reviews: ownOf(reviews.rows),
      progress: ownOf(progress.rows),
      days: ownOf(days.rows),
      live: live.find((one) => one.personId === personId),
      gates: { ...gates, rounds: gates.rounds.filter((round) => round.personId === personId) },
      verdicts: new Map([...verdicts].filter(([, fact]) => fact.personId === personId)),
    };
  });
}

/** Evidence of a bucket that belongs to no session, one line per session id. */
export async function findOrphanedEvidence(db: Queryable, bucket: number): Promise<string[]> {
  const { rows } = await db.query<{ session_id: string }>(
    `select distinct e.session_id from study_evidence e
     where e.bucket = $1
       and not exists (select from study_session s where s.bucket = e.bucket and s.id = e.session_id)`,
    [bucket],
  );
  return rows.map((row) => row.session_id);
}
