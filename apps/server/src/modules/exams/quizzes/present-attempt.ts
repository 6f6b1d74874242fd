import type { QuizAttempt, QuizReview } from '@antu/contract';
import { askQuestion, getQuizRuleSet, quizLimitsOf, quizPercent, rightAnswerOf, toShownAnswer } from '@antu/domain';
import { withFileUrls } from '../bank/index.ts';
import type { OwnContext } from '../own-context.ts';
import { type AttemptRow, itemsOf, listAnswers } from './attempt-rows.ts';
import { findQuiz } from './lesson-quiz.ts';
import { type MarkedItem, markItems, versionsOfPapers } from './mark-attempt.ts';
import type { QuizRound } from './round-rows.ts';

/** Addresses of pictures live so long beyond the attempt that its result can be looked at in peace. */
const FILES_GOOD_MS = 3_600_000;

/** An attempt as its owner sees it: nothing about what is right before it ended. */
export async function presentAttempt(ctx: OwnContext, round: QuizRound, attempt: AttemptRow): Promise<QuizAttempt> {
  const { pool, platform } = ctx;
  const nowMs = ctx.nowMs();
  const items = itemsOf(attempt);
  const limits = quizLimitsOf(getQuizRuleSet(round.ruleSetId));
  const [answers, versions] = await Promise.all([listAnswers(pool, attempt), versionsOfPapers(pool, [items])]);
  const marked = markItems(items, answers, versions);
  const files = { accountId: ctx.actor.accountId, untilMs: nowMs + FILES_GOOD_MS };
  const asked = marked.map(({ item, paper, version }) => ({
    item,
    question: withFileUrls(platform.keys, askQuestion(version.question, paper.optionOrders), files),
  }));
  const isAnswered = (item: number) => answers.some((one) => one.item === item);
  const { endedAt, right, passed } = attempt;
  return {
    id: attempt.id,
    lessonVersionId: round.lessonVersionId,
    number: attempt.number,
    attempts: limits.attempts,
    passPercent: limits.passPercent,
    startedAt: attempt.startedAt.toISOString(),
    endsAt: attempt.endsAt.toISOString(),
    serverNow: new Date(nowMs).toISOString(),
    items: asked,
    answers: marked.filter(({ item }) => isAnswered(item)).map((one) => ({ item: one.item, answer: givenOf(one) })),
    result:
      endedAt === null || right === null || passed === null
        ? null
        : {
            right,
            percent: quizPercent(right, items.length),
            passed,
            timedOut: endedAt.getTime() >= attempt.endsAt.getTime(),
            endedAt: endedAt.toISOString(),
            items: await reviewOf(ctx, round, marked, asked),
          },
  };
}

type Shown = QuizReview['given'];
/** Answers are read-only lists here and plain ones in the contract. */
const givenOf = ({ version, paper, answer }: MarkedItem) =>
  toShownAnswer(version.question, paper.optionOrders, answer) as Shown;
const rightOf = ({ version, paper }: MarkedItem) =>
  toShownAnswer(version.question, paper.optionOrders, rightAnswerOf(version.question)) as Shown;

async function reviewOf(
  { pool }: OwnContext,
  { lessonVersionId }: QuizRound,
  marked: readonly MarkedItem[],
  asked: QuizAttempt['items'],
): Promise<QuizReview[]> {
  // What is right is shown of questions that may be practised only: a bank can be closed for exams later.
  const isOpen = (await findQuiz(pool, lessonVersionId))?.isBankOpen ?? false;
  return marked.flatMap((one, at) => {
    const question = asked[at]?.question;
    if (!question) return [];
    const { facts } = one.version;
    return {
      item: one.item,
      question,
      given: givenOf(one),
      isRight: one.isRight,
      right: isOpen ? rightOf(one) : null,
      explanation: isOpen ? facts.explanation : null,
      clause: isOpen ? facts.clause : null,
    };
  });
}
