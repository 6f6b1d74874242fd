import { bucketOf, type QuizRoundState } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';

/** A number of attempts of one person at the quiz of one lesson. */
export interface QuizRound {
  readonly id: string;
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly ruleSetId: string;
  readonly state: QuizRoundState;
  readonly openedAt: Date;
  readonly settledAt: Date | null;
}

export const roundColumns = `r.id, r.person_id as "personId", r.lesson_version_id as "lessonVersionId", r.rule_set_id as "ruleSetId",
  r.state, r.opened_at as "openedAt", r.settled_at as "settledAt"`;

type OfLesson = { readonly personId: string; readonly lessonVersionId: string };

/** The newest round of a person and lesson; undefined if there was none. */
export async function findNewestRound(
  db: Queryable,
  { personId, lessonVersionId }: OfLesson,
): Promise<QuizRound | undefined> {
  const { rows } = await db.query<QuizRound>(
    `select ${roundColumns} from quiz_round r where r.bucket = $1 and r.person_id = $2 and r.lesson_version_id = $3
     order by r.id desc limit 1`,
    [bucketOf(personId), personId, lessonVersionId],
  );
  return rows[0];
}

/** The round of a person and lesson that is open or passed. @param lock what keeps it as it is until the end of the transaction */
export async function holdStandingRound(
  tx: Tx,
  { personId, lessonVersionId }: OfLesson,
  lock: 'for share' | 'for update',
): Promise<QuizRound | undefined> {
  const { rows } = await tx.query<QuizRound>(
    `select ${roundColumns} from quiz_round r
     where r.bucket = $1 and r.person_id = $2 and r.lesson_version_id = $3 and r.state <> 'failed' ${lock}`,
    [bucketOf(personId), personId, lessonVersionId],
  );
  return rows[0];
}

/** A round by its id, held until the end of the transaction. */
export async function holdRound(
  tx: Tx,
  bucket: number,
  roundId: string,
  lock: 'for share' | 'for update',
): Promise<QuizRound | undefined> {
  const { rows } = await tx.query<QuizRound>(
    `select ${roundColumns} from quiz_round r where r.bucket = $1 and r.id = $2 ${lock}`,
    [bucket, roundId],
  );
  return rows[0];
}

/** The round of an attempt. */
export async function findRoundOf(
  db: Queryable,
  { personId, roundId }: { personId: string; roundId: string },
): Promise<QuizRound | undefined> {
  const { rows } = await db.query<QuizRound>(
    `select ${roundColumns} from quiz_round r where r.bucket = $1 and r.id = $2`,
    [bucketOf(personId), roundId],
  );
  return rows[0];
}
