import { bucketOf, lengthOf, mediaSecondsOf } from '@antu/domain';
import type { Queryable, Tx } from '../../../../platform/database/pool.ts';
import { insertCheck } from '../../../identity/index.ts';
import { factToColumns } from '../../evidence-rows.ts';
import { multirange } from '../../write-changes.ts';
import type { HistorySession } from './study-history.ts';

/** Writes finished sessions of one person with their evidence, ledger entries and sums. The caller's transaction. */
export async function insertHistory(tx: Tx, sessions: readonly HistorySession[]): Promise<void> {
  if (sessions.length === 0) return;
  await insertSessions(tx, sessions);
  await insertEvidence(tx, sessions);
  for (const { fact, detail } of sessions.flatMap((one) => one.verdicts)) await insertCheck(tx, fact, detail);
  await insertLedger(tx, sessions);
  await insertProgress(tx, sessions);
  await insertDays(tx, sessions);
}

const at = (ms: number): string => new Date(ms).toISOString();

async function insertSessions(tx: Queryable, sessions: readonly HistorySession[]): Promise<void> {
  const rows = sessions.map(({ sessionId, opened }) => ({
    bucket: bucketOf(sessionId),
    id: sessionId,
    person_id: opened.personId,
    lesson_version_id: opened.lessonVersionId,
    course_id: opened.courseId,
    scheme: opened.scheme,
    rule_set_id: opened.ruleSetId,
    organisation_id: opened.organisationId,
    region_code: opened.regionCode,
    device_kind: opened.deviceKind,
    device_name: opened.deviceName,
    address: opened.address,
    opened_at: at(opened.openedAtMs),
  }));
  await tx.query(
    `insert into study_session (bucket, id, person_id, lesson_version_id, course_id, scheme, rule_set_id, organisation_id, region_code,
       device_kind, device_name, address, opened_at)
     select * from json_to_recordset($1) as s (bucket smallint, id uuid, person_id uuid, lesson_version_id uuid, course_id uuid,
       scheme text, rule_set_id text, organisation_id uuid, region_code text, device_kind text, device_name text, address inet,
       opened_at timestamptz)`,
    [JSON.stringify(rows)],
  );
}

async function insertEvidence(tx: Queryable, sessions: readonly HistorySession[]): Promise<void> {
  const rows = sessions.flatMap(({ evidence }) =>
    evidence.map((row) => {
      const { kind, beatsHex, detail } = factToColumns(row.fact, row.recordedAtMs);
      return {
        bucket: bucketOf(row.sessionId),
        session_id: row.sessionId,
        index: row.index,
        recorded_at: at(row.recordedAtMs),
        kind,
        beats: beatsHex,
        detail,
        hash: row.hash,
      };
    }),
  );
  await tx.query(
    `insert into study_evidence (bucket, session_id, index, recorded_at, kind, beats, detail, hash)
     select bucket, session_id, index, recorded_at, kind, decode(beats, 'hex'), detail, decode(hash, 'hex')
     from json_to_recordset($1) as e (bucket smallint, session_id uuid, index integer, recorded_at timestamptz, kind smallint,
       beats text, detail text, hash text)`,
    [JSON.stringify(rows)],
  );
}

async function insertLedger(tx: Queryable, sessions: readonly HistorySession[]): Promise<void> {
  const rows = sessions.flatMap(({ ledger }) =>
    ledger.map(({ fact, hash }) => ({
      bucket: bucketOf(fact.sessionId),
      id: fact.id,
      person_id: fact.personId,
      session_id: fact.sessionId,
      evidence_index: fact.evidenceIndex,
      scheme: fact.scheme,
      lesson_version_id: fact.lessonVersionId,
      topic_id: fact.topicId,
      media: multirange(fact.mediaSeconds),
      credited_seconds: fact.creditedSeconds,
      started_at: at(fact.startedAtMs),
      ended_at: at(fact.endedAtMs),
      day: fact.day,
      rule_set_id: fact.ruleSetId,
      hash,
    })),
  );
  await tx.query(
    `insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, topic_id, media,
       credited_seconds, started_at, ended_at, day, rule_set_id, hash)
     select bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, topic_id, media, credited_seconds,
       started_at, ended_at, day, rule_set_id, decode(hash, 'hex')
     from json_to_recordset($1) as l (bucket smallint, id uuid, person_id uuid, session_id uuid, evidence_index integer, scheme text,
       lesson_version_id uuid, topic_id uuid, media int4multirange, credited_seconds integer, started_at timestamptz,
       ended_at timestamptz, day date, rule_set_id text, hash text)`,
    [JSON.stringify(rows)],
  );
}

async function insertProgress(tx: Queryable, sessions: readonly HistorySession[]): Promise<void> {
  const last = new Map(
    sessions.filter((one) => one.viewed.length > 0).map((one) => [one.opened.lessonVersionId, one] as const),
  );
  const checked = new Set(sessions.filter((one) => one.lessonChecked).map((one) => one.opened.lessonVersionId));
  const rows = [...last.values()].map(({ opened, viewed, endedAtMs }) => ({
    bucket: bucketOf(opened.personId),
    person_id: opened.personId,
    lesson_version_id: opened.lessonVersionId,
    course_id: opened.courseId,
    scheme: opened.scheme,
    viewed: multirange(mediaSecondsOf(viewed)),
    credited_seconds: lengthOf(viewed) / 1000,
    updated_at: at(endedAtMs),
    identity_checked: checked.has(opened.lessonVersionId),
  }));
  await tx.query(
    `insert into lesson_progress (bucket, person_id, lesson_version_id, course_id, scheme, viewed, credited_seconds, updated_at,
       identity_checked)
     select * from json_to_recordset($1) as p (bucket smallint, person_id uuid, lesson_version_id uuid, course_id uuid, scheme text,
       viewed int4multirange, credited_seconds integer, updated_at timestamptz, identity_checked boolean)`,
    [JSON.stringify(rows)],
  );
}

async function insertDays(tx: Queryable, sessions: readonly HistorySession[]): Promise<void> {
  const last = new Map(sessions.map((one) => [one.opened.scheme, one] as const));
  for (const { opened, day, dayCreditedMs } of last.values()) {
    await tx.query(
      'insert into study_day (bucket, person_id, scheme, day, credited_ms) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [bucketOf(opened.personId), opened.personId, opened.scheme, day, dayCreditedMs],
    );
  }
}
