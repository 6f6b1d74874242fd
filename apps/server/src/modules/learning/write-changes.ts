import { dateOfChinaDay } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Advanced } from './advance-session.ts';
import type { SealedAwaiting, SealedEvidence, SealedLedger } from './seal-segment.ts';

/** A running session before and after; written only if the row is still the one it was made from. */
export type Change = { before: { version: number }; after: Advanced };

/**
 * Writes changes in as few statements as possible, each statement whole or not at all. A row that another writer moved
 * in the meantime is left alone, and so is everything that belongs to it.
 * @returns the people whose change was written
 */
export async function writeChanges(connection: Queryable, changes: readonly Change[]): Promise<Set<string>> {
  const sorted = changes.toSorted(byKey);
  const simple = sorted.filter(({ after }) => !after.isComplex && after.appended !== null);
  const complex = sorted.filter(({ after }) => after.isComplex || after.appended === null);
  const written = new Set<string>();
  if (simple.length > 0) {
    for (const index of await appendBeats(connection, simple)) {
      const personId = simple[index]?.after.session.personId;
      if (personId !== undefined) written.add(personId);
    }
  }
  if (complex.length > 0) {
    for (const personId of await moveSessions(connection, complex)) written.add(personId);
  }
  return written;
}

/** Rows are locked in the order of their key, so that writers on several instances wait for each other and never in a circle. */
function byKey(a: Change, b: Change): number {
  const [one, other] = [a.after.session, b.after.session];
  return one.bucket - other.bucket || (one.personId < other.personId ? -1 : one.personId > other.personId ? 1 : 0);
}

const appendText = `
  update live_study_session as l
  set version = l.version + 1, last_beat_at = to_timestamp(v.at_ms / 1000), state = v.state, beats = l.beats || v.beats,
      beat_count = v.beat_count
  from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::integer[], $5::double precision[], $6::text[], $7::bytea[], $8::smallint[])
    with ordinality as v (bucket, person_id, session_id, version, at_ms, state, beats, beat_count, n)
  where l.bucket = v.bucket and l.person_id = v.person_id and l.session_id = v.session_id and l.version = v.version
  returning v.n::integer as n`;

/** The ordinary heartbeat: state and a few bytes of evidence, in place. Returns the indices that were written. */
async function appendBeats(connection: Queryable, changes: readonly Change[]): Promise<number[]> {
  const values: string[][] = [[], [], [], [], [], [], [], []];
  const [buckets, people, sessions, versions, times, states, beats, counts] = values as [
    string[],
    string[],
    string[],
    string[],
    string[],
    string[],
    string[],
    string[],
  ];
  for (const { before, after } of changes) {
    const { session } = after;
    buckets.push(String(session.bucket));
    people.push(session.personId);
    sessions.push(session.sessionId);
    versions.push(String(before.version));
    times.push(String(session.state.lastAtMs));
    states.push(quote(JSON.stringify(session.state)));
    beats.push(`"\\\\x${Buffer.from(after.appended ?? []).toString('hex')}"`);
    counts.push(String(session.beatCount));
  }
  // Array literals put together here: none of the elements can hold a comma or a brace outside quotes.
  const literals = values.map((elements) => `{${elements.join(',')}}`);
  const { rows } = await connection.query<{ n: number }>({
    name: 'learning-append',
    text: appendText,
    values: literals,
  });
  return rows.map(({ n }) => n - 1);
}

/** An element of a PostgreSQL array literal. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

const moveText = `
  with v as materialized (
    select * from json_to_recordset($1) as v (bucket smallint, person_id uuid, session_id uuid, version integer, ended boolean,
      at_ms double precision, state text, beats text, beat_count smallint, segment_ms double precision, chain_index integer,
      chain_hash text, prompt_id uuid, check_id uuid, anomaly_count integer, anomalies text)
    order by v.bucket, v.person_id
  ), moved as (
    update live_study_session as l
    set version = l.version + 1, last_beat_at = to_timestamp(v.at_ms / 1000), state = v.state, beats = decode(v.beats, 'hex'),
        beat_count = v.beat_count, segment_started_at = to_timestamp(v.segment_ms / 1000), chain_index = v.chain_index,
        chain_hash = decode(v.chain_hash, 'hex'), prompt_id = v.prompt_id, check_id = v.check_id, anomaly_count = v.anomaly_count, anomalies = v.anomalies
    from v
    where not v.ended
      and l.bucket = v.bucket and l.person_id = v.person_id and l.session_id = v.session_id and l.version = v.version
    returning l.bucket, l.person_id, l.session_id
  ), gone as (
    delete from live_study_session as l using v
    where v.ended
      and l.bucket = v.bucket and l.person_id = v.person_id and l.session_id = v.session_id and l.version = v.version
    returning l.bucket, l.person_id, l.session_id
  ), won as materialized (
    select * from moved union all select * from gone
  ), evidence as (
    insert into study_evidence (bucket, session_id, index, recorded_at, kind, beats, detail, hash)
    select won.bucket, e.session_id, e.index, to_timestamp(e.recorded_ms / 1000), e.kind, decode(e.beats, 'hex'), e.detail,
           decode(e.hash, 'hex')
    from json_to_recordset($2) as e (session_id uuid, index integer, recorded_ms double precision, kind smallint, beats text,
      detail text, hash text)
    join won using (session_id)
  ), ledger as (
    insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, topic_id, media,
      credited_seconds, started_at, ended_at, day, rule_set_id, hash)
    select won.bucket, e.id, won.person_id, won.session_id, e.evidence_index, e.scheme, e.lesson_version_id, e.topic_id, e.media,
           e.credited_seconds, to_timestamp(e.started_ms / 1000), to_timestamp(e.ended_ms / 1000), e.day, e.rule_set_id,
           decode(e.hash, 'hex')
    from json_to_recordset($3) as e (id uuid, session_id uuid, evidence_index integer, scheme text, lesson_version_id uuid,
      topic_id uuid, media int4multirange, credited_seconds integer, started_ms double precision, ended_ms double precision,
      day date, rule_set_id text, hash text)
    join won using (session_id)
  ), progress as (
    insert into lesson_progress as p (bucket, person_id, lesson_version_id, course_id, scheme, viewed, credited_seconds, updated_at,
      identity_checked)
    select won.bucket, won.person_id, e.lesson_version_id, e.course_id, e.scheme, e.media, e.credited_seconds,
           to_timestamp(e.at_ms / 1000), e.identity_checked
    from json_to_recordset($4) as e (session_id uuid, lesson_version_id uuid, course_id uuid, scheme text, media int4multirange,
      credited_seconds integer, at_ms double precision, identity_checked boolean)
    join won using (session_id)
    on conflict (bucket, person_id, lesson_version_id) do update
    set viewed = p.viewed + excluded.viewed, credited_seconds = p.credited_seconds + excluded.credited_seconds,
        updated_at = greatest(p.updated_at, excluded.updated_at), identity_checked = p.identity_checked or excluded.identity_checked
  ), day as (
    insert into study_day (bucket, person_id, scheme, day, credited_ms)
    select won.bucket, won.person_id, e.scheme, e.day, e.credited_ms
    from json_to_recordset($5) as e (session_id uuid, scheme text, day date, credited_ms integer)
    join won using (session_id)
    on conflict (bucket, person_id, scheme) do update set day = excluded.day, credited_ms = excluded.credited_ms
  ), awaiting as (
    insert into hour_awaiting (bucket, session_id, evidence_index, identity_check_id, quiz_gate_id, person_id, lesson_version_id, media,
      seconds, hash)
    select won.bucket, won.session_id, e.evidence_index, e.identity_check_id, e.quiz_gate_id, won.person_id, e.lesson_version_id, e.media, e.seconds,
           decode(e.hash, 'hex')
    from json_to_recordset($6) as e (session_id uuid, evidence_index integer, identity_check_id uuid, quiz_gate_id uuid, lesson_version_id uuid,
      media int4multirange, seconds integer, hash text)
    join won using (session_id)
  )
  select person_id from won`;

/** Everything else: evidence, ledger, progress and the end of sessions, with the session's row in one statement. */
async function moveSessions(connection: Queryable, changes: readonly Change[]): Promise<string[]> {
  const after = changes.map((change) => change.after);
  const values = [
    changes.map(sessionRow),
    after.flatMap(({ evidence }) => evidence.map(evidenceRow)),
    after.flatMap(({ ledger }) => ledger.map(ledgerRow)),
    after.flatMap(progressRows),
    after.filter(({ session }) => session.state.ended).map(dayRow),
    after.flatMap(({ awaiting }) => awaiting.map(awaitingRow)),
  ].map((rows) => JSON.stringify(rows));
  const { rows } = await connection.query<{ person_id: string }>({ name: 'learning-move', text: moveText, values });
  return rows.map((row) => row.person_id);
}

function sessionRow({ before, after: { session } }: Change) {
  return {
    bucket: session.bucket,
    person_id: session.personId,
    session_id: session.sessionId,
    version: before.version,
    ended: session.state.ended !== null,
    at_ms: session.state.lastAtMs,
    state: JSON.stringify(session.state),
    beats: Buffer.from(session.beats).toString('hex'),
    beat_count: session.beatCount,
    segment_ms: session.segmentStartedAtMs,
    chain_index: session.chainIndex,
    chain_hash: session.chainHash,
    prompt_id: session.promptId,
    check_id: session.checkId,
    anomaly_count: Object.values(session.anomalies).reduce((sum, count) => sum + count, 0),
    anomalies: JSON.stringify(session.anomalies),
  };
}

function evidenceRow(row: SealedEvidence) {
  return {
    session_id: row.sessionId,
    index: row.index,
    recorded_ms: row.recordedAtMs,
    kind: row.kind,
    beats: row.beatsHex,
    detail: row.detail,
    hash: row.hashHex,
  };
}

function ledgerRow(entry: SealedLedger) {
  return {
    id: entry.id,
    session_id: entry.sessionId,
    evidence_index: entry.evidenceIndex,
    scheme: entry.scheme,
    lesson_version_id: entry.lessonVersionId,
    topic_id: entry.topicId,
    media: multirange(entry.mediaSeconds),
    credited_seconds: entry.creditedSeconds,
    started_ms: entry.startedAtMs,
    ended_ms: entry.endedAtMs,
    day: entry.day,
    rule_set_id: entry.ruleSetId,
    hash: entry.hashHex,
  };
}

/** One row per session: a statement must not touch the same row of lesson_progress twice. */
function progressRows({ session, ledger }: Advanced) {
  const identityChecked = session.state.identity?.lessonChecked ?? false;
  if (ledger.length === 0 && !identityChecked) return [];
  return [
    {
      session_id: session.sessionId,
      lesson_version_id: session.lessonVersionId,
      course_id: session.courseId,
      scheme: session.scheme,
      media: multirange(ledger.flatMap((entry) => entry.mediaSeconds)),
      credited_seconds: ledger.reduce((sum, entry) => sum + entry.creditedSeconds, 0),
      at_ms: session.state.lastAtMs,
      identity_checked: identityChecked,
    },
  ];
}

function awaitingRow(entry: SealedAwaiting) {
  return {
    session_id: entry.sessionId,
    evidence_index: entry.evidenceIndex,
    identity_check_id: entry.checkId ?? null,
    quiz_gate_id: entry.quizGateId ?? null,
    lesson_version_id: entry.lessonVersionId,
    media: multirange(entry.mediaSeconds),
    seconds: entry.seconds,
    hash: entry.hashHex,
  };
}

function dayRow({ session }: Advanced) {
  const { scheme, sessionId, state } = session;
  return { session_id: sessionId, scheme, day: dateOfChinaDay(state.day), credited_ms: state.dayCreditedMs };
}

/** int4multirange of stretches in whole seconds. */
export function multirange(stretches: readonly (readonly [number, number])[]): string {
  return `{${stretches.map(([from, to]) => `[${from},${to})`).join(',')}}`;
}
