import type { answerPracticeQuestion, PracticeVerdict } from '@antu/contract';
import {
  afterPracticeAnswer,
  type Answer,
  answerFits,
  askQuestion,
  bucketOf,
  findPracticeLimits,
  isRight,
  markAnswer,
  type OptionKey,
  type PracticeLimits,
  type PracticeStanding,
  rightAsShown,
  toOriginalAnswer,
  withLatest,
} from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { type LoadedVersion, loadVersions, recordUses } from '../bank/index.ts';
import type { OwnContext } from '../own-context.ts';
import { findOpenQuestion, type Practiser, standingOf } from './open-questions.ts';
import { practiserOf } from './practiser.ts';
import { shownOrder } from './shown-order.ts';
import { findLastAnswer, findLatest, lockPractice, saveLatest, saveStanding } from './standing-rows.ts';

type Given = z.output<(typeof answerPracticeQuestion)['body']>;

const WORTH_CENTIPOINTS = 100_000;

/** Marks an answer and says at once what is right. The same answer sent twice counts once and is answered the same. */
export async function answerQuestion(ctx: OwnContext, given: Given): Promise<PracticeVerdict> {
  const who = practiserOf(ctx);
  return transaction(
    ctx.pool,
    async (tx) => {
      await lockPractice(tx, who.personId);
      return answerOnce(tx, who, given, ctx.now());
    },
    { retries: 3 },
  );
}

async function answerOnce(tx: Tx, who: Practiser, given: Given, at: Date): Promise<PracticeVerdict> {
  const { personId } = who;
  const { versionId, turn } = given;
  const row = await findOpenQuestion(tx, who, versionId);
  const version = (await loadVersions(tx, [versionId])).get(versionId);
  if (!row || !version) throw new AppError('practice.question_gone');
  const { question } = version;
  const orders = shownOrder(question, { personId, versionId, turn });
  if (!answerFits(askQuestion(question, orders), given.answer)) throw new AppError('practice.answer_does_not_fit');
  const answer = toOriginalAnswer(question, orders, given.answer);
  const limits = findPracticeLimits(who.day);
  const before = standingOf(row);
  const right = isRight(question, answer);
  if (turn !== before.answered) {
    await requireSentAgain(tx, who, { questionId: version.questionId, versionId, turn, answer }, before);
    return verdict(version, orders, right, { wasInBook: null, after: before }, limits);
  }
  const after = afterPracticeAnswer(before, right, limits);
  const key = { bucket: bucketOf(personId), personId, questionId: version.questionId };
  await saveStanding(tx, key, { standing: after, inBookSince: row.in_book_since, versionId, answer, at });
  const { topicId } = version.facts;
  await saveLatest(tx, who, topicId, withLatest(await findLatest(tx, who, topicId), right, limits));
  const score = markAnswer(question, answer, WORTH_CENTIPOINTS, 'all-or-nothing') / WORTH_CENTIPOINTS;
  await recordUses(tx, [{ versionId, question, answer, score, restScore: null, source: 'practice' }]);
  return verdict(version, orders, right, { wasInBook: before.inBook, after }, limits);
}

/** An answer to an earlier turn is fine if it is the last one once more: its own reply was lost on the way. */
async function requireSentAgain(
  tx: Tx,
  { personId }: Practiser,
  sent: { questionId: string; versionId: string; turn: number; answer: Answer },
  { answered }: PracticeStanding,
): Promise<void> {
  const last = await findLastAnswer(tx, personId, sent.questionId);
  const isSame = last?.versionId === sent.versionId && last.answer === JSON.stringify(sent.answer);
  if (sent.turn !== answered - 1 || !isSame) throw new AppError('practice.answered_elsewhere');
}

function verdict(
  { question, facts }: LoadedVersion,
  orders: readonly (readonly OptionKey[])[],
  right: boolean,
  { wasInBook, after }: { wasInBook: boolean | null; after: PracticeStanding },
  { rightsToLeaveBook }: PracticeLimits,
): PracticeVerdict {
  // Sent again, the question was in the book before if this right answer was just the one that takes it out.
  const leftBook =
    wasInBook === null
      ? right && !after.inBook && after.rightsInARow === rightsToLeaveBook && after.answered > after.right
      : wasInBook && !after.inBook;
  return {
    isRight: right,
    right: rightAsShown(question, orders) as PracticeVerdict['right'],
    explanation: facts.explanation,
    clause: facts.clause,
    inBook: after.inBook,
    leftBook,
    rightsNeeded: after.inBook ? rightsToLeaveBook - after.rightsInARow : 0,
  };
}
