import {
  answerFits,
  askQuestion,
  bucketOf,
  examLimitsOf,
  getExamRuleSet,
  markAnswer,
  type PaperItem,
  toOriginalAnswer,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { LoadedVersion, QuestionUse } from '../bank/index.ts';
import { versionsOf } from '../sittings/freeze-paper.ts';
import { readAnswers } from '../sittings/read-answers.ts';
import type { ExamResult } from './result-rows.ts';

/** The part of a result that follows from paper, saves and rules. */
export type Marks = Pick<
  ExamResult,
  'centipoints' | 'totalCentipoints' | 'passCentipoints' | 'passed' | 'earned' | 'accepted'
>;

export interface Marked {
  readonly marks: Marks;
  readonly uses: readonly Omit<QuestionUse, 'source'>[];
}

/** The items of a frozen paper; none where there is no paper. */
export async function readItems(db: Queryable, sittingId: string): Promise<PaperItem[]> {
  const { rows } = await db.query<{ items: string }>(
    'select items from exam_paper where bucket = $1 and sitting_id = $2',
    [bucketOf(sittingId), sittingId],
  );
  // Written by this module when the paper was frozen.
  return JSON.parse(rows[0]?.items ?? '[]') as PaperItem[];
}

/**
 * Marks what was saved in a sitting. Reads only.
 * @param accepted versions that count as right for everybody; what is told about the questions is told without them
 */
export async function markPaper(
  db: Queryable,
  sittingId: string,
  ruleSetId: string,
  accepted: ReadonlySet<string>,
): Promise<Marked> {
  const items = await readItems(db, sittingId);
  const versions = await versionsOf(db, items);
  const answers = await readAnswers(db, sittingId);
  const { multipleScoring, passPoints } = examLimitsOf(getExamRuleSet(ruleSetId));
  const marked = items.map(({ versionId, centipoints, optionOrders }, item) => {
    const { question } = versions.get(versionId) as LoadedVersion;
    const given = answers.get(item)?.answer ?? null;
    // Saves are taken whatever they hold: what does not fit its question is no answer.
    const isAnswer = answerFits(askQuestion(question, optionOrders), given);
    const answer = isAnswer ? toOriginalAnswer(question, optionOrders, given) : null;
    return {
      versionId,
      question,
      answer,
      centipoints,
      earned: markAnswer(question, answer, centipoints, multipleScoring),
    };
  });
  const total = marked.reduce((sum, one) => sum + one.centipoints, 0);
  const earnedInAll = marked.reduce((sum, one) => sum + one.earned, 0);
  return {
    marks: sumMarks(
      marked.map((one) => ({ ...one, isAccepted: accepted.has(one.versionId) })),
      passPoints * 100,
    ),
    uses: marked.map(({ versionId, question, answer, centipoints, earned }) => ({
      versionId,
      question,
      answer,
      score: earned / centipoints,
      restScore: total > centipoints ? (earnedInAll - earned) / (total - centipoints) : null,
    })),
  };
}

interface MarkedItem {
  readonly versionId: string;
  readonly centipoints: number;
  readonly earned: number;
  readonly isAccepted: boolean;
}

function sumMarks(items: readonly MarkedItem[], passCentipoints: number): Marks {
  const earned = items.map((one) => (one.isAccepted ? one.centipoints : one.earned));
  const centipoints = earned.reduce((sum, one) => sum + one, 0);
  return {
    centipoints,
    totalCentipoints: items.reduce((sum, one) => sum + one.centipoints, 0),
    passCentipoints,
    passed: centipoints >= passCentipoints,
    earned,
    accepted: items.flatMap(({ isAccepted, versionId }) => (isAccepted ? [versionId] : [])).sort(),
  };
}
