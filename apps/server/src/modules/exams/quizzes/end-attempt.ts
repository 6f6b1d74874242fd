import {
  bucketOf,
  getQuizRuleSet,
  isQuizPassed,
  quizLimitsOf,
  type QuizRoundState,
  quizRoundStateOf,
} from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { queueQuizSettling } from '../../learning/index.ts';
import { recordUses } from '../bank/index.ts';
import { type AttemptRow, hashOfAttempt, itemsOf, listAnswers, listAttempts } from './attempt-rows.ts';
import { markItems, versionsOfPapers } from './mark-attempt.ts';
import type { QuizRound } from './round-rows.ts';

/** Whether the time of a running attempt is up. */
export const isTimeUp = ({ endsAt, endedAt }: AttemptRow, nowMs: number): boolean =>
  endedAt === null && nowMs >= endsAt.getTime();

/**
 * Ends a running attempt, at the latest when its time was up, and marks what was answered. When that decides the round, the hours
 * that wait for it are settled by a job of the same transaction. Expects the round to be locked for update.
 * @returns how the round stands now
 */
export async function endAttempt(
  tx: Tx,
  round: QuizRound,
  attempt: AttemptRow,
  nowMs: number,
): Promise<QuizRoundState> {
  const bucket = bucketOf(round.personId);
  const limits = quizLimitsOf(getQuizRuleSet(round.ruleSetId));
  const items = itemsOf(attempt);
  const answers = await listAnswers(tx, attempt);
  const marked = markItems(items, answers, await versionsOfPapers(tx, [items]));
  const right = marked.filter((one) => one.isRight).length;
  const passed = isQuizPassed(right, items.length, limits);
  const endedAt = new Date(Math.min(nowMs, attempt.endsAt.getTime()));
  const hash = hashOfAttempt({ ...attempt, endedAt, right, passed }, answers);
  await tx.query(
    `update quiz_attempt set ended_at = $3, right_count = $4, passed = $5, hash = decode($6, 'hex') where bucket = $1 and id = $2`,
    [bucket, attempt.id, endedAt, right, passed, hash],
  );
  const ended = (await listAttempts(tx, round)).flatMap((one) => (one.passed === null ? [] : { passed: one.passed }));
  const state = quizRoundStateOf(ended, limits);
  if (state !== 'open') {
    await tx.query('update quiz_round set state = $3, settled_at = $4 where bucket = $1 and id = $2', [
      bucket,
      round.id,
      state,
      new Date(nowMs),
    ]);
    await queueQuizSettling(tx, { personId: round.personId, gateId: round.id });
  }
  await recordUses(
    tx,
    marked.map((one) => ({
      versionId: one.paper.versionId,
      question: one.version.question,
      answer: one.answer,
      score: one.isRight ? 1 : 0,
      restScore: items.length > 1 ? (right - (one.isRight ? 1 : 0)) / (items.length - 1) : null,
      source: 'quiz' as const,
    })),
  );
  return state;
}
