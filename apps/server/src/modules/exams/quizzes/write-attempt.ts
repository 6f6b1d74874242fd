import type { answerQuizQuestion, QuizAttempt } from '@antu/contract';
import { answerFits, askQuestion, bucketOf, toOriginalAnswer } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { systemAuditContext } from '../../audit/index.ts';
import { settleQuizGate } from '../../learning/index.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { type AttemptRow, findAttempt, holdAttempt, itemsOf, listAnswers } from './attempt-rows.ts';
import { endAttempt, isTimeUp } from './end-attempt.ts';
import { versionsOfPapers } from './mark-attempt.ts';
import { presentAttempt } from './present-attempt.ts';
import { findRoundOf } from './round-rows.ts';

type Answered = z.input<(typeof answerQuizQuestion)['answer']>;
type Given = z.output<(typeof answerQuizQuestion)['body']>['answer'];

/** An attempt of one's own; one whose time is up is ended and marked first. Errors: `quizzes.attempt_not_found` */
export async function readAttempt(ctx: OwnContext, attemptId: string): Promise<QuizAttempt> {
  const personId = requireOwnPerson(ctx.actor);
  const seen = await findAttempt(ctx.pool, personId, attemptId);
  if (seen && isTimeUp(seen, ctx.nowMs())) await endIfTimeUp(ctx, personId, attemptId);
  return present(ctx, personId, attemptId);
}

/** Keeps an answer. The first one stays; the same again is fine. */
export async function answerItem(ctx: OwnContext, attemptId: string, item: number, given: Given): Promise<Answered> {
  const personId = requireOwnPerson(ctx.actor);
  const now = ctx.now();
  const kept = await transaction(ctx.pool, (tx) => answerOnce(tx, { personId, attemptId, item, given, now }), {
    retries: 3,
  });
  if (kept instanceof AppError) throw kept;
  return { item, answered: kept, serverNow: now.toISOString() };
}

interface AnswerToKeep {
  readonly personId: string;
  readonly attemptId: string;
  readonly item: number;
  readonly given: Given;
  readonly now: Date;
}

/** @returns how many questions are answered; or the refusal, where what was done on the way is kept */
async function answerOnce(tx: Tx, { personId, attemptId, item, given, now }: AnswerToKeep): Promise<number | AppError> {
  const held = await holdAttempt(tx, personId, attemptId);
  const paper = held && itemsOf(held.attempt)[item];
  if (!paper) throw new AppError('quizzes.attempt_not_found');
  const { round, attempt } = held;
  const question = (await versionsOfPapers(tx, [[paper]])).get(paper.versionId)?.question;
  if (!question) throw new RangeError(`a quiz asks for a question that is not there: ${paper.versionId}`);
  if (!answerFits(askQuestion(question, paper.optionOrders), given)) {
    throw new AppError('quizzes.answer_does_not_fit');
  }
  const answer = JSON.stringify(toOriginalAnswer(question, paper.optionOrders, given));
  const answers = await listAnswers(tx, attempt);
  const before = answers.find((one) => one.item === item);
  // Sent again because the reply was lost, perhaps after the end.
  if (before?.given === answer) return answers.length;
  if (isTimeUp(attempt, now.getTime())) {
    await endAttempt(tx, round, attempt, now.getTime());
    return new AppError('quizzes.over');
  }
  if (attempt.endedAt !== null) throw new AppError('quizzes.over');
  if (before) throw new AppError('quizzes.answered_otherwise');
  await tx.query('insert into quiz_answer (bucket, attempt_id, item, answered_at, given) values ($1, $2, $3, $4, $5)', [
    bucketOf(personId),
    attemptId,
    item,
    now,
    answer,
  ]);
  return answers.length + 1;
}

/** Ends an attempt of one's own. A second time is answered as the first. */
export async function submitAttempt(ctx: OwnContext, attemptId: string): Promise<QuizAttempt> {
  const personId = requireOwnPerson(ctx.actor);
  await endOwn(ctx, personId, attemptId, () => true);
  return present(ctx, personId, attemptId);
}

/** Ends an attempt whose time is up. */
export const endIfTimeUp = (ctx: OwnContext, personId: string, attemptId: string): Promise<void> =>
  endOwn(ctx, personId, attemptId, (attempt) => isTimeUp(attempt, ctx.nowMs()));

async function endOwn(
  ctx: OwnContext,
  personId: string,
  attemptId: string,
  isDue: (attempt: AttemptRow) => boolean,
): Promise<void> {
  const decided = await transaction(
    ctx.pool,
    async (tx) => {
      const held = await holdAttempt(tx, personId, attemptId);
      if (!held || held.attempt.endedAt !== null || !isDue(held.attempt)) return undefined;
      const state = await endAttempt(tx, held.round, held.attempt, ctx.nowMs());
      return state === 'open' ? undefined : held.round.id;
    },
    { retries: 3 },
  );
  if (decided === undefined) return;
  // The job of the same transaction does this as well: here only so that the learner sees it at once.
  const audit = systemAuditContext(() => ctx.now(), ctx.requestId);
  await settleQuizGate(ctx.pool, audit, { personId, gateId: decided }).catch((cause: unknown) => {
    ctx.log.warn({ err: cause, attemptId }, 'hours of a quiz are settled later');
  });
}

async function present(ctx: OwnContext, personId: string, attemptId: string): Promise<QuizAttempt> {
  const attempt = await findAttempt(ctx.pool, personId, attemptId);
  const round = attempt && (await findRoundOf(ctx.pool, attempt));
  if (!round) throw new AppError('quizzes.attempt_not_found');
  return presentAttempt(ctx, round, attempt);
}
