import type { StudyStatus } from '@antu/contract';
import { bucketOf, creditableSecondsOf, type ClosedFact, lengthOf, type OpenedFact, subtract } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { columnsToFact, evidenceColumns, type StoredEvidence } from './evidence-rows.ts';
import { findWaitingForQuiz } from './review/awaited-hours.ts';
import { stretchesOf } from './review/session-hours.ts';

/** What is known of a session that does not run. */
export type KnownSession = { personId: string; status: StudyStatus };

/** A session that has ended, with the reason; undefined if there is none of this id or it still runs. */
export async function findEndedSession(db: Queryable, sessionId: string): Promise<KnownSession | undefined> {
  const bucket = bucketOf(sessionId);
  const { rows } = await db.query<StoredEvidence & { person_id: string; viewed: string | null }>(
    `select ${evidenceColumns}, s.person_id, p.viewed::text as viewed
     from study_session s
     join study_evidence e on e.bucket = s.bucket and e.session_id = s.id and e.kind in (1, 4)
     left join lesson_progress p
       on p.bucket = s.bucket and p.person_id = s.person_id and p.lesson_version_id = s.lesson_version_id
     where s.bucket = $1 and s.id = $2 and e.session_id = $2
     order by e.index`,
    [bucket, sessionId],
  );
  const facts = rows.map(columnsToFact);
  const opened = facts.find((fact): fact is OpenedFact => fact.kind === 'opened');
  const closed = facts.find((fact): fact is ClosedFact => fact.kind === 'closed');
  const [row] = rows;
  if (!row || !opened || !closed) return undefined;
  const viewed = stretchesOf(row.viewed ?? '{}');
  const waiting = await findWaitingForQuiz(db, row.person_id, [opened.lessonVersionId]);
  // Viewing that waits for the quiz is not lost: the player goes on showing it.
  const quizSeconds = lengthOf(subtract(waiting.get(opened.lessonVersionId) ?? [], viewed));
  return {
    personId: row.person_id,
    status: {
      sessionId,
      state: 'ended',
      reason: closed.reason,
      creditedSeconds: lengthOf(viewed) + quizSeconds,
      creditableSeconds: creditableSecondsOf(opened.durationMs),
      creditedToMs: 0,
      goToMs: null,
      prompt: null,
      check: null,
      snapshot: null,
      awaitingSeconds: 0,
      quizSeconds: opened.quiz ? quizSeconds : null,
      nextBeatMs: 0,
      lastSeq: 0,
    },
  };
}

/** The person whose session it is, running or ended; undefined if there is none of this id. */
export async function findOwnerOfSession(db: Queryable, sessionId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ person_id: string }>(
    'select person_id from study_session where bucket = $1 and id = $2',
    [bucketOf(sessionId), sessionId],
  );
  return rows[0]?.person_id;
}
