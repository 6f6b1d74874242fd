import {
  bucketOf,
  countOfSession,
  type Interval,
  type LedgerMove,
  type SessionCount,
  type SchemeCode,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { uuidv7Ms } from '../../../platform/ids.ts';
import { lockHours } from './hours-lock.ts';

/** A session as later decisions need it. */
export interface DecidedSession {
  readonly bucket: number;
  readonly id: string;
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly courseId: string;
  readonly topicId: string | null;
  readonly scheme: SchemeCode;
  readonly ruleSetId: string;
  readonly openedAtMs: number;
}

/** What counts of a session, locked until the end of the transaction. Unit of the stretches: seconds of the media. */
export interface SessionHours {
  readonly session: DecidedSession;
  readonly count: SessionCount;
  /** What counts of the lesson, all sessions. */
  readonly lesson: readonly Interval[];
  /** The session that the person has open now, if any. */
  readonly running: { readonly sessionId: string; readonly lessonVersionId: string } | null;
  /** A decision made now must not be dated before this: sessions and decisions of a person follow each other in time. */
  readonly notBeforeMs: number;
}

/** A session that was opened, or undefined. */
export async function findDecidedSession(db: Queryable, sessionId: string): Promise<DecidedSession | undefined> {
  const { rows } = await db.query<Omit<DecidedSession, 'openedAtMs'> & { openedAt: Date }>(
    `select s.bucket, s.id, s.person_id as "personId", s.lesson_version_id as "lessonVersionId", s.course_id as "courseId", s.scheme,
       s.rule_set_id as "ruleSetId", s.opened_at as "openedAt",
       (select (e.detail::json ->> 'topicId')::uuid from study_evidence e
        where e.bucket = s.bucket and e.session_id = s.id and e.index = 0) as "topicId"
     from study_session s where s.bucket = $1 and s.id = $2`,
    [bucketOf(sessionId), sessionId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { openedAt, ...session } = row;
  return { ...session, openedAtMs: openedAt.getTime() };
}

/**
 * Reads what counts of a session and keeps it so: other decisions about the person, openings of sessions and entries of a
 * running session of the lesson wait for the end of the transaction.
 */
export async function lockSessionHours(tx: Queryable, session: DecidedSession): Promise<SessionHours> {
  const { bucket, personId, lessonVersionId } = session;
  await lockHours(tx, bucket, personId);
  await tx.query(
    'select from lesson_progress where bucket = $1 and person_id = $2 and lesson_version_id = $3 for update',
    [bucket, personId, lessonVersionId],
  );
  const count = await readSessionCount(tx, session);
  const newest = await tx.query<{ session_id: string; decision_id: string | null }>(
    `select (select id from study_session where bucket = $1 and person_id = $2 order by id desc limit 1) as session_id,
       (select id from hour_decision where bucket = $1 and person_id = $2 order by id desc limit 1) as decision_id`,
    [bucket, personId],
  );
  const ids = [newest.rows[0]?.session_id, newest.rows[0]?.decision_id].filter((id) => typeof id === 'string');
  return {
    session,
    count,
    lesson: await readLessonCount(tx, session),
    running: await findRunning(tx, bucket, personId),
    notBeforeMs: Math.max(0, ...ids.map((id) => uuidv7Ms(id) + 1)),
  };
}

/** What a session credited and what of it counts now. */
export async function readSessionCount(
  db: Queryable,
  { bucket, id, personId }: Pick<DecidedSession, 'bucket' | 'id' | 'personId'>,
): Promise<SessionCount> {
  const { rows } = await db.query<{ media: string; credited_seconds: number }>(
    `select media::text as media, credited_seconds from hour_ledger_entry
     where bucket = $1 and person_id = $2 and session_id = $3 order by id`,
    [bucket, personId, id],
  );
  const refused = await db.query<{ media: string }>(
    // Hours that stood behind a quiz are never restored: whoever has not passed it studies them again.
    `select media::text as media from hour_decision d where bucket = $1 and session_id = $2 and kind = 'refuse'
       and cause_kind = 'identity-check' and not exists (select from hour_awaiting w where w.bucket = d.bucket
         and w.session_id = d.session_id and w.identity_check_id = d.cause_id and w.quiz_gate_id is not null)`,
    [bucket, id],
  );
  const moves = rows.map(
    ({ media, credited_seconds }): LedgerMove => ({
      sessionId: id,
      sign: credited_seconds < 0 ? -1 : 1,
      media: stretchesOf(media),
    }),
  );
  return countOfSession(
    moves,
    id,
    refused.rows.map((row) => stretchesOf(row.media)),
  );
}

/** What counts of a lesson, all sessions of the person. */
export async function readLessonCount(
  db: Queryable,
  { bucket, personId, lessonVersionId }: Pick<DecidedSession, 'bucket' | 'personId' | 'lessonVersionId'>,
): Promise<Interval[]> {
  const { rows } = await db.query<{ viewed: string }>(
    `select viewed::text as viewed from lesson_progress where bucket = $1 and person_id = $2 and lesson_version_id = $3`,
    [bucket, personId, lessonVersionId],
  );
  return stretchesOf(rows[0]?.viewed ?? '{}');
}

async function findRunning(db: Queryable, bucket: number, personId: string): Promise<SessionHours['running']> {
  const { rows } = await db.query<{ sessionId: string; lessonVersionId: string }>(
    `select session_id as "sessionId", lesson_version_id as "lessonVersionId" from live_study_session
     where bucket = $1 and person_id = $2`,
    [bucket, personId],
  );
  return rows[0] ?? null;
}

/** Whether a session still runs. */
export async function isRunning(db: Queryable, sessionId: string): Promise<boolean> {
  const { rows } = await db.query('select from live_study_session where bucket = $1 and session_id = $2', [
    bucketOf(sessionId),
    sessionId,
  ]);
  return rows.length > 0;
}

/** An int4multirange as PostgreSQL writes it, `{[0,30),[60,90)}`. */
export function stretchesOf(multirange: string): Interval[] {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => ({ from: Number(from), to: Number(to) }));
}

/** Stretches as pairs of whole seconds, as decisions and answers tell them. */
export function pairsOf(stretches: readonly Interval[]): [number, number][] {
  return stretches.map(({ from, to }) => [from, to]);
}
