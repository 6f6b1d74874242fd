import { bucketOf, creditableSecondsOf, lengthOf, unite } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { findAwaited } from './review/awaited-hours.ts';
import { stretchesOf } from './review/session-hours.ts';

/** What a learner has of a lesson with a quiz, whole seconds. */
export interface QuizProgress {
  readonly creditedSeconds: number;
  /** Viewed for this round and not counted yet. */
  readonly waitingSeconds: number;
  /** Counted or waiting, each second once. */
  readonly viewedSeconds: number;
  readonly creditableSeconds: number;
}

/**
 * How far a learner has viewed a lesson. What a running session has not sealed yet is not in it.
 * @param gateId the round that the seconds wait for; null: none
 */
export async function readQuizProgress(
  db: Queryable,
  { personId, lessonVersionId, gateId }: { personId: string; lessonVersionId: string; gateId: string | null },
): Promise<QuizProgress> {
  const { rows } = await db.query<{ viewed: string | null; duration_ms: number | null }>(
    `select p.viewed::text as viewed, coalesce(l.duration_ms, m.duration_ms) as duration_ms
     from lesson_version l
       left join media_asset m on m.id = l.media_id
       left join lesson_progress p on p.bucket = $1 and p.person_id = $2 and p.lesson_version_id = l.id
     where l.id = $3`,
    [bucketOf(personId), personId, lessonVersionId],
  );
  const viewed = stretchesOf(rows[0]?.viewed ?? '{}');
  const awaited = gateId === null ? [] : await findAwaited(db, { personId, kind: 'quiz', id: gateId });
  const all = unite(viewed, ...awaited.map(({ media }) => media));
  const creditedSeconds = lengthOf(viewed);
  const viewedSeconds = lengthOf(all);
  return {
    creditedSeconds,
    waitingSeconds: viewedSeconds - creditedSeconds,
    viewedSeconds,
    creditableSeconds: creditableSecondsOf(rows[0]?.duration_ms ?? 0),
  };
}
