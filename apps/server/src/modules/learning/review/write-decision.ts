import { createHash } from 'node:crypto';
import {
  chinaDateOf,
  type HourDecisionCause,
  type HourDecisionFact,
  type HourDecisionKind,
  hourDecisionText,
  type Interval,
  type LedgerFact,
  ledgerSignOf,
  lengthOf,
  placeInBucket,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { hashLedger } from '../evidence-rows.ts';
import { multirange } from '../write-changes.ts';
import { type DecidedSession, pairsOf, type SessionHours } from './session-hours.ts';

/** What is decided over locked hours. */
export interface Ruling {
  readonly kind: HourDecisionKind;
  readonly causeKind: HourDecisionCause;
  readonly causeId: string;
  /** What it is about, seconds of the media: for a void what counts, for others what does not count yet. */
  readonly media: readonly Interval[];
  readonly reason: string;
  readonly decidedBy: string;
  readonly nowMs: number;
}

/** SHA-256 of a decision's canonical text, hexadecimal. */
export function hashHourDecision(fact: HourDecisionFact): string {
  return createHash('sha256').update(hourDecisionText(fact)).digest('hex');
}

/**
 * Writes a decision, what it does to the ledger and to the sum of the lesson. The caller holds the hours locked and has taken
 * `media` from them.
 */
export async function writeDecision(tx: Queryable, hours: SessionHours, ruling: Ruling): Promise<HourDecisionFact> {
  const { session } = hours;
  const { nowMs, media, ...told } = ruling;
  const decidedAtMs = Math.max(nowMs, hours.notBeforeMs);
  const fact: HourDecisionFact = {
    id: placeInBucket(uuidv7(decidedAtMs), session.bucket),
    personId: session.personId,
    sessionId: session.id,
    ...told,
    lessonVersionId: session.lessonVersionId,
    mediaSeconds: pairsOf(media),
    seconds: lengthOf(media),
    decidedAtMs,
    ruleSetId: session.ruleSetId,
  };
  const hash = hashHourDecision(fact);
  await tx.query(
    `insert into hour_decision (bucket, id, person_id, session_id, kind, cause_kind, cause_id, lesson_version_id, media, seconds, reason,
       decided_by, decided_at, rule_set_id, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, decode($15, 'hex'))`,
    [
      session.bucket,
      fact.id,
      fact.personId,
      fact.sessionId,
      fact.kind,
      fact.causeKind,
      fact.causeId,
      fact.lessonVersionId,
      multirange(fact.mediaSeconds),
      fact.seconds,
      fact.reason,
      fact.decidedBy,
      new Date(decidedAtMs),
      fact.ruleSetId,
      hash,
    ],
  );
  const sign = ledgerSignOf(fact.kind);
  if (sign !== 0 && fact.seconds > 0) {
    const entry = ledgerEntryOf(session, fact, hash, placeInBucket(uuidv7(decidedAtMs), session.bucket));
    await insertEntry(tx, session.bucket, entry);
    await moveProgress(tx, session, entry);
  }
  return fact;
}

/**
 * The ledger entry of a decision that moves seconds. It is dated to the opening of its session, so that whoever adds up days and
 * months finds the hours and what was taken back in the same place; its span is empty, because it covers no time of study.
 */
export function ledgerEntryOf(
  session: DecidedSession,
  decision: HourDecisionFact,
  decisionHash: string,
  id: string,
): LedgerFact {
  return {
    id,
    personId: session.personId,
    sessionId: session.id,
    evidenceIndex: -1,
    evidenceHash: decisionHash,
    scheme: session.scheme,
    lessonVersionId: session.lessonVersionId,
    topicId: session.topicId,
    mediaSeconds: decision.mediaSeconds,
    creditedSeconds: ledgerSignOf(decision.kind) * decision.seconds,
    startedAtMs: session.openedAtMs,
    endedAtMs: session.openedAtMs,
    day: chinaDateOf(session.openedAtMs),
    ruleSetId: session.ruleSetId,
    decisionId: decision.id,
  };
}

async function insertEntry(tx: Queryable, bucket: number, entry: LedgerFact): Promise<void> {
  await tx.query(
    `insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, topic_id, media,
       credited_seconds, started_at, ended_at, day, rule_set_id, hash, decision_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, decode($15, 'hex'), $16)`,
    [
      bucket,
      entry.id,
      entry.personId,
      entry.sessionId,
      entry.evidenceIndex,
      entry.scheme,
      entry.lessonVersionId,
      entry.topicId,
      multirange(entry.mediaSeconds),
      entry.creditedSeconds,
      new Date(entry.startedAtMs),
      new Date(entry.endedAtMs),
      entry.day,
      entry.ruleSetId,
      hashLedger(entry),
      entry.decisionId,
    ],
  );
}

/** The sum of the lesson follows; when it was last studied does not change by a decision. */
async function moveProgress(tx: Queryable, session: DecidedSession, entry: LedgerFact): Promise<void> {
  const { bucket, personId, lessonVersionId, courseId, scheme, openedAtMs } = session;
  const media = multirange(entry.mediaSeconds);
  if (entry.creditedSeconds < 0) {
    await tx.query(
      `update lesson_progress set viewed = viewed - $4::int4multirange, credited_seconds = credited_seconds + $5
       where bucket = $1 and person_id = $2 and lesson_version_id = $3`,
      [bucket, personId, lessonVersionId, media, entry.creditedSeconds],
    );
    return;
  }
  await tx.query(
    `insert into lesson_progress as p (bucket, person_id, lesson_version_id, course_id, scheme, viewed, credited_seconds, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (bucket, person_id, lesson_version_id) do update
     set viewed = p.viewed + excluded.viewed, credited_seconds = p.credited_seconds + excluded.credited_seconds,
       updated_at = greatest(p.updated_at, excluded.updated_at)`,
    [bucket, personId, lessonVersionId, courseId, scheme, media, entry.creditedSeconds, new Date(openedAtMs)],
  );
}
