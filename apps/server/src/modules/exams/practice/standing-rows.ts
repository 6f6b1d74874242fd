import { type Answer, bucketOf, type PracticeStanding } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import type { Practiser } from './open-questions.ts';

/** Answers of one person are counted one after the other, until the end of the transaction. */
export async function lockPractice(tx: Tx, personId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('practice ' || $1::text, 0))`, [personId]);
}

/** The last answer that a person gave to a question, as JSON text in the keys of the version. */
export async function findLastAnswer(
  db: Queryable,
  personId: string,
  questionId: string,
): Promise<{ versionId: string; answer: string } | undefined> {
  const { rows } = await db.query<{ versionId: string; answer: string }>(
    `select last_version_id as "versionId", last_answer as answer from practice_question
     where bucket = $1 and person_id = $2 and question_id = $3`,
    [bucketOf(personId), personId, questionId],
  );
  return rows[0];
}

/** What is kept of an answer. */
interface AnsweredQuestion {
  readonly standing: PracticeStanding;
  /** Since when the question was in the book before; null if it was not. */
  readonly inBookSince: Date | null;
  readonly versionId: string;
  readonly answer: Answer;
  readonly at: Date;
}

/** Writes how a person stands with a question after an answer. */
export async function saveStanding(
  tx: Tx,
  { bucket, personId, questionId }: { bucket: number; personId: string; questionId: string },
  { standing, inBookSince, versionId, answer, at }: AnsweredQuestion,
): Promise<void> {
  await tx.query(
    `insert into practice_question (bucket, person_id, question_id, answered, right_count, rights_in_a_row, in_book_since,
       last_version_id, last_answer, last_answered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (bucket, person_id, question_id) do update set answered = excluded.answered, right_count = excluded.right_count,
       rights_in_a_row = excluded.rights_in_a_row, in_book_since = excluded.in_book_since,
       last_version_id = excluded.last_version_id, last_answer = excluded.last_answer, last_answered_at = excluded.last_answered_at`,
    [
      bucket,
      personId,
      questionId,
      standing.answered,
      standing.right,
      standing.rightsInARow,
      standing.inBook ? (inBookSince ?? at) : null,
      versionId,
      JSON.stringify(answer),
      at,
    ],
  );
}

/** Whether the latest answers in a topic were right, the newest last. */
export async function findLatest(db: Queryable, { personId }: Practiser, topicId: string): Promise<readonly boolean[]> {
  const { rows } = await db.query<{ latest: boolean[] }>(
    'select latest from practice_topic where bucket = $1 and person_id = $2 and topic_id = $3',
    [bucketOf(personId), personId, topicId],
  );
  return rows[0]?.latest ?? [];
}

export async function saveLatest(
  tx: Tx,
  { personId }: Practiser,
  topicId: string,
  latest: readonly boolean[],
): Promise<void> {
  await tx.query(
    `insert into practice_topic (bucket, person_id, topic_id, latest) values ($1, $2, $3, $4)
     on conflict (bucket, person_id, topic_id) do update set latest = excluded.latest`,
    [bucketOf(personId), personId, topicId, latest],
  );
}
