import { createHash } from 'node:crypto';
import { type Answer, bucketOf, canonicalJson, type PaperItem } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { holdRound, type QuizRound } from './round-rows.ts';

export interface AttemptRow {
  readonly id: string;
  readonly roundId: string;
  readonly personId: string;
  readonly number: number;
  readonly paper: string;
  readonly startedAt: Date;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
  readonly right: number | null;
  readonly passed: boolean | null;
  readonly hash: Buffer | null;
}

export const attemptColumns = `a.id, a.round_id as "roundId", a.person_id as "personId", a.number, a.paper, a.started_at as "startedAt",
  a.ends_at as "endsAt", a.ended_at as "endedAt", a.right_count as "right", a.passed, a.hash`;

/** The questions of an attempt. Only this module writes the column. */
export const itemsOf = ({ paper }: Pick<AttemptRow, 'paper'>): readonly PaperItem[] => JSON.parse(paper) as PaperItem[];

export interface GivenAnswer {
  readonly item: number;
  readonly answeredAt: Date;
  /** JSON of an `Answer` in the keys of the question. */
  readonly given: string;
}

/** The answer of a row. Only this module writes the column, after `answerFits`. */
export const answerOf = ({ given }: Pick<GivenAnswer, 'given'>): Answer => JSON.parse(given) as Answer;

/** An attempt of a person; undefined also for attempts of others. */
export async function findAttempt(db: Queryable, personId: string, attemptId: string): Promise<AttemptRow | undefined> {
  const { rows } = await db.query<AttemptRow>(
    `select ${attemptColumns} from quiz_attempt a where a.bucket = $1 and a.id = $2 and a.person_id = $3`,
    [bucketOf(personId), attemptId, personId],
  );
  return rows[0];
}

/** The same with its round, both as they stay until the end of the transaction: one writer of a round at a time. */
export async function holdAttempt(
  tx: Tx,
  personId: string,
  attemptId: string,
): Promise<{ round: QuizRound; attempt: AttemptRow } | undefined> {
  const seen = await findAttempt(tx, personId, attemptId);
  if (!seen) return undefined;
  const round = await holdRound(tx, bucketOf(personId), seen.roundId, 'for update');
  // Read again: somebody may have ended it while this transaction waited.
  const attempt = await findAttempt(tx, personId, attemptId);
  return round && attempt ? { round, attempt } : undefined;
}

/** Attempts of a round in their order. */
export async function listAttempts(db: Queryable, { personId, id }: QuizRound): Promise<AttemptRow[]> {
  const { rows } = await db.query<AttemptRow>(
    `select ${attemptColumns} from quiz_attempt a where a.bucket = $1 and a.round_id = $2 order by a.number`,
    [bucketOf(personId), id],
  );
  return rows;
}

/** Answers to an attempt in the order of its questions. */
export async function listAnswers(
  db: Queryable,
  { personId, id }: Pick<AttemptRow, 'personId' | 'id'>,
): Promise<GivenAnswer[]> {
  const { rows } = await db.query<GivenAnswer>(
    `select item, answered_at as "answeredAt", given from quiz_answer where bucket = $1 and attempt_id = $2 order by item`,
    [bucketOf(personId), id],
  );
  return rows;
}

/** An attempt that is over, with all that was decided. */
export type EndedAttempt = Omit<AttemptRow, 'hash' | 'endedAt' | 'right' | 'passed'> & {
  readonly endedAt: Date;
  readonly right: number;
  readonly passed: boolean;
};

/** SHA-256 over everything that an attempt was and came to, hexadecimal. */
export function hashOfAttempt(attempt: EndedAttempt, answers: readonly GivenAnswer[]): string {
  const { id, roundId, personId, number, paper, right, passed } = attempt;
  const text = canonicalJson({
    id,
    roundId,
    personId,
    number,
    paper,
    right,
    passed,
    startedAtMs: attempt.startedAt.getTime(),
    endsAtMs: attempt.endsAt.getTime(),
    endedAtMs: attempt.endedAt.getTime(),
    answers: answers.map(({ item, answeredAt, given }) => ({ item, answeredAtMs: answeredAt.getTime(), given })),
  });
  return createHash('sha256').update(text).digest('hex');
}
