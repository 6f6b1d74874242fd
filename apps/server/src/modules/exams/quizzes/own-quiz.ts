import type { LessonQuiz } from '@antu/contract';
import { type QuizLimits, getQuizRuleSet, quizLimitsOf, quizPercent } from '@antu/domain';
import { type QuizProgress, readQuizProgress } from '../../learning/index.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { type AttemptRow, itemsOf, listAttempts } from './attempt-rows.ts';
import { isTimeUp } from './end-attempt.ts';
import { findQuizFor, quizRulesAt } from './lesson-quiz.ts';
import { findNewestRound, type QuizRound } from './round-rows.ts';
import { endIfTimeUp } from './write-attempt.ts';

/** The quiz of a lesson and how the learner stands with it; null if there is none for this learner. */
export async function readOwnQuiz(ctx: OwnContext, lessonVersionId: string): Promise<LessonQuiz | null> {
  const personId = requireOwnPerson(ctx.actor);
  const quiz = await findQuizFor(ctx.pool, personId, lessonVersionId);
  if (!quiz) return null;
  const { round, attempts } = await readRound(ctx, personId, lessonVersionId);
  const limits = quizLimitsOf(round ? getQuizRuleSet(round.ruleSetId) : quizRulesAt(quiz, ctx.nowMs()));
  const gateId = round?.id ?? null;
  const progress = await readQuizProgress(ctx.pool, { personId, lessonVersionId, gateId });
  const last = attempts.at(-1);
  return {
    lessonVersionId,
    courseId: quiz.courseId,
    titleZh: quiz.titleZh,
    titleEn: quiz.titleEn,
    state: stateOf(round, last, progress, limits),
    questions: last ? itemsOf(last).length : quiz.asked,
    secondsPerQuestion: limits.secondsPerQuestion,
    passPercent: limits.passPercent,
    attempts: limits.attempts,
    attemptsUsed: attempts.length,
    afterLastAttempt: limits.afterLastAttempt,
    waitingSeconds: progress.waitingSeconds,
    viewedSeconds: progress.viewedSeconds,
    creditableSeconds: progress.creditableSeconds,
    attemptId: last?.id ?? null,
    latest: latestOf(attempts),
  };
}

/** The newest round with its attempts; one whose time is up is ended first. */
async function readRound(ctx: OwnContext, personId: string, lessonVersionId: string) {
  const round = await findNewestRound(ctx.pool, { personId, lessonVersionId });
  const attempts = round ? await listAttempts(ctx.pool, round) : [];
  const last = attempts.at(-1);
  if (!round || !last || !isTimeUp(last, ctx.nowMs())) return { round, attempts };
  await endIfTimeUp(ctx, personId, last.id);
  const ended = await findNewestRound(ctx.pool, { personId, lessonVersionId });
  return { round: ended, attempts: ended ? await listAttempts(ctx.pool, ended) : [] };
}

function stateOf(
  round: QuizRound | undefined,
  last: AttemptRow | undefined,
  progress: QuizProgress,
  { wholeLessonFirst }: QuizLimits,
): LessonQuiz['state'] {
  if (round?.state === 'passed') return 'passed';
  if (round?.state === 'failed') return 'study-again';
  if (last && last.endedAt === null) return 'running';
  if (progress.creditedSeconds >= progress.creditableSeconds) return 'counted';
  if (!round) return 'study-first';
  return wholeLessonFirst && progress.viewedSeconds < progress.creditableSeconds ? 'study-first' : 'ready';
}

function latestOf(attempts: readonly AttemptRow[]): LessonQuiz['latest'] {
  const ended = attempts.findLast(({ endedAt }) => endedAt !== null);
  if (!ended?.endedAt) return null;
  return {
    number: ended.number,
    percent: quizPercent(ended.right ?? 0, itemsOf(ended).length),
    passed: ended.passed ?? false,
    endedAt: ended.endedAt.toISOString(),
  };
}
