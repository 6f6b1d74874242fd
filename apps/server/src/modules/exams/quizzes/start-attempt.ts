import { randomBytes } from 'node:crypto';
import {
  bucketOf,
  drawQuiz,
  fewestQuizQuestions,
  getQuizRuleSet,
  type PaperItem,
  placeInBucket,
  quizEndsAtMs,
  type QuizLimits,
  quizLimitsOf,
} from '@antu/domain';
import type { QuizAttempt } from '@antu/contract';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { type QuizProgress, readQuizProgress } from '../../learning/index.ts';
import { type QuizTaker, requireLessonIdentity } from '../identity/index.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { itemsOf, listAttempts } from './attempt-rows.ts';
import { endAttempt, isTimeUp } from './end-attempt.ts';
import { countDrawable, findBankQuestions, findQuizFor, ofTopics, type QuizOfLesson } from './lesson-quiz.ts';
import { holdStandingRound, findNewestRound, type QuizRound } from './round-rows.ts';
import { readAttempt } from './write-attempt.ts';

/**
 * Begins an attempt, or goes on with the one that runs. Its questions and its end are fixed now.
 * Errors: `quizzes.none`, `quizzes.study_first`, `quizzes.study_again`, `quizzes.passed`, `quizzes.not_needed`,
 * `quizzes.questions_missing`, `exams.quiz_identity_needed`
 */
export async function startAttempt(ctx: OwnContext, lessonVersionId: string): Promise<QuizAttempt> {
  const personId = requireOwnPerson(ctx.actor);
  const quiz = await findQuizFor(ctx.pool, personId, lessonVersionId);
  if (!quiz) throw new AppError('quizzes.none');
  const nowMs = ctx.nowMs();
  const taker = { personId, loginSessionId: ctx.actor.sessionId };
  // The end of an attempt whose time was up is kept, whatever the new one is refused for.
  const begun = await transaction(ctx.pool, (tx) => beginOnce(tx, quiz, taker, nowMs), { retries: 3 });
  if (begun instanceof AppError) throw begun;
  return readAttempt(ctx, begun);
}

/** @returns the id of the attempt, or why there is none */
async function beginOnce(tx: Tx, quiz: QuizOfLesson, taker: QuizTaker, nowMs: number): Promise<string | AppError> {
  const about = { personId: taker.personId, lessonVersionId: quiz.lessonVersionId };
  const round = await holdStandingRound(tx, about, 'for update');
  const progress = await readQuizProgress(tx, { ...about, gateId: round?.id ?? null });
  if (!round) {
    if (await findNewestRound(tx, about)) return new AppError('quizzes.study_again');
    return isCounted(progress) ? new AppError('quizzes.not_needed') : studyFirst(progress);
  }
  if (round.state === 'passed') return new AppError('quizzes.passed');
  const attempts = await listAttempts(tx, round);
  const last = attempts.at(-1);
  if (last?.endedAt === null) {
    if (!isTimeUp(last, nowMs)) return last.id;
    const state = await endAttempt(tx, round, last, nowMs);
    if (state === 'passed') return new AppError('quizzes.passed');
    if (state === 'failed') return new AppError('quizzes.study_again');
  }
  if (isCounted(progress)) return new AppError('quizzes.not_needed');
  const limits = quizLimitsOf(getQuizRuleSet(round.ruleSetId));
  if (limits.wholeLessonFirst && progress.viewedSeconds < progress.creditableSeconds) return studyFirst(progress);
  await requireLessonIdentity(tx, taker, limits, nowMs);
  const asked = new Set(attempts.flatMap(itemsOf).map(({ questionId }) => questionId));
  const fewest = fewestQuizQuestions(progress.creditableSeconds * 1000, limits);
  const items = await drawItems(tx, quiz, fewest, asked, nowMs);
  if (!items) return new AppError('quizzes.questions_missing');
  return insertAttempt(tx, round, attempts.length + 1, items, limits, nowMs);
}

const isCounted = ({ creditedSeconds, creditableSeconds }: QuizProgress): boolean =>
  creditedSeconds >= creditableSeconds;

const studyFirst = ({ creditableSeconds, viewedSeconds }: QuizProgress): AppError =>
  new AppError('quizzes.study_first', { leftSeconds: creditableSeconds - viewedSeconds });

/** The questions of an attempt. Where the bank has become smaller, as many as there are, if the rules are content with them. */
async function drawItems(
  tx: Tx,
  quiz: QuizOfLesson,
  fewest: number,
  asked: ReadonlySet<string>,
  nowMs: number,
): Promise<readonly PaperItem[] | null> {
  const questions = ofTopics(await findBankQuestions(tx, quiz, nowMs), quiz.topicIds);
  const count = Math.min(quiz.asked, countDrawable(questions));
  return count < fewest ? null : drawQuiz(questions, count, asked, randomBytes(16).toString('hex'));
}

async function insertAttempt(
  tx: Tx,
  round: QuizRound,
  number: number,
  items: readonly PaperItem[],
  limits: QuizLimits,
  nowMs: number,
): Promise<string> {
  const bucket = bucketOf(round.personId);
  const id = placeInBucket(uuidv7(nowMs), bucket);
  await tx.query(
    `insert into quiz_attempt (bucket, id, round_id, person_id, number, paper, seconds_per_question, started_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      bucket,
      id,
      round.id,
      round.personId,
      number,
      JSON.stringify(items),
      limits.secondsPerQuestion,
      new Date(nowMs),
      new Date(quizEndsAtMs(nowMs, items.length, limits)),
    ],
  );
  return id;
}
