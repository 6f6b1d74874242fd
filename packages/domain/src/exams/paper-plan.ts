import type { Blueprint, Candidate } from './blueprint.ts';
import { type DrawnPaper, groupsOf, type PaperDrawer, preparePapers } from './draw-paper.ts';
import type { ExamRuleSet } from './exam-limits.ts';
import { arrangePicked, type PickedQuestion } from './picked-paper.ts';
import type { Difficulty, QuestionKind } from './question.ts';

/** Either a blueprint, or questions picked by hand. */
export interface PaperSource extends Omit<Blueprint, 'lines'> {
  readonly lines: Blueprint['lines'] | null;
  readonly picked: readonly PickedQuestion[] | null;
}

/** Most questions of a paper: nobody prints or sits more. */
export const MOST_PAPER_QUESTIONS = 300;

export const planProblemCodes = [
  'no-questions',
  'too-many-questions',
  'points',
  'questions',
  'judgement-questions',
  'single-questions',
  'question-twice',
  'question-gone',
  'one-group',
] as const;
export type PlanProblemCode = (typeof planProblemCodes)[number];
export interface PlanProblem {
  readonly code: PlanProblemCode;
  /** The plan cannot be kept like this; false: the rules say otherwise, but not for sure. */
  readonly blocks: boolean;
  readonly wanted: number;
  readonly found: number;
}

/** Draws papers of a plan, whatever it draws from. */
export const preparePlan = (source: PaperSource, candidates: readonly Candidate[]): PaperDrawer => {
  const { lines, picked } = source;
  return lines
    ? preparePapers({ ...source, lines }, candidates)
    : (seed): DrawnPaper => arrangePicked(picked ?? [], source, candidates, seed);
};

interface Sum {
  readonly questions: number;
  readonly centipoints: number;
  readonly ofKind: ReadonlyMap<QuestionKind, number>;
}

/** What a paper of the plan has in all. */
export function sumOf({ lines, picked }: PaperSource, candidates: readonly Candidate[]): Sum {
  const of = new Map(candidates.map((one) => [one.questionId, one]));
  const parts = lines
    ? lines.map(({ kind, count, centipoints }) => ({ kind, count, centipoints: count * centipoints }))
    : (picked ?? []).map(({ questionId, centipoints }) => ({ kind: of.get(questionId)?.kind, count: 1, centipoints }));
  const ofKind = new Map<QuestionKind, number>();
  for (const { kind, count } of parts) if (kind) ofKind.set(kind, (ofKind.get(kind) ?? 0) + count);
  return {
    questions: parts.reduce((sum, { count }) => sum + count, 0),
    centipoints: parts.reduce((sum, part) => sum + part.centipoints, 0),
    ofKind,
  };
}

/**
 * What is wrong with a plan under the rules of its exam; nothing is missing in the bank for it to be said, `preparePlan` says that.
 * Points must add up to those of the rules, or the pass mark means nothing. Numbers of questions that no text gives for sure do not
 * block.
 */
export function findPlanProblems(
  source: PaperSource,
  { limits }: ExamRuleSet,
  candidates: readonly Candidate[],
): PlanProblem[] {
  const { questions, centipoints, ofKind } = sumOf(source, candidates);
  const problems: PlanProblem[] = [];
  const add = (code: PlanProblemCode, wanted: number, found: number, blocks = true): void => {
    problems.push({ code, blocks, wanted, found });
  };
  if (questions === 0) add('no-questions', 1, 0);
  if (questions > MOST_PAPER_QUESTIONS) add('too-many-questions', MOST_PAPER_QUESTIONS, questions);
  if (centipoints !== limits.totalPoints.value * 100) add('points', limits.totalPoints.value, centipoints / 100);
  for (const [code, limit, found] of [
    ['questions', limits.questions, questions],
    ['judgement-questions', limits.judgementQuestions, ofKind.get('judgement') ?? 0],
    ['single-questions', limits.singleQuestions, ofKind.get('single') ?? 0],
  ] as const) {
    const isSure = limit.certainty === 'stated' || limit.certainty === 'verified';
    if (limit.value !== null && limit.value !== found) add(code, limit.value, found, isSure);
  }
  return [...problems, ...findPickProblems(source.picked ?? [], candidates)];
}

function findPickProblems(picked: readonly PickedQuestion[], candidates: readonly Candidate[]): PlanProblem[] {
  const ids = picked.map(({ questionId }) => questionId);
  const distinct = new Set(ids);
  const usable = candidates.filter(({ questionId }) => distinct.has(questionId));
  const groups = groupsOf(usable).length;
  const problem = (code: PlanProblemCode, wanted: number, found: number, blocks: boolean): PlanProblem[] =>
    wanted === found ? [] : [{ code, blocks, wanted, found }];
  return [
    ...problem('question-twice', ids.length, distinct.size, true),
    ...problem('question-gone', distinct.size, usable.length, false),
    ...problem('one-group', usable.length, groups, true),
  ];
}

/** How many questions a topic has of a kind and difficulty. */
export interface AvailableCount {
  readonly topicId: string;
  readonly kind: QuestionKind;
  readonly difficulty: Difficulty;
  /** Questions of one exclusion group count once: a paper holds one of them. */
  readonly count: number;
}

/** From what a blueprint can choose, cell by cell. Cells without a question are left out. */
export function countAvailable(candidates: readonly Candidate[]): AvailableCount[] {
  const cells = Map.groupBy(candidates, ({ topicId, kind, difficulty }) => `${topicId} ${kind} ${difficulty}`);
  return [...cells.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { topicId, kind, difficulty } = first;
    return [{ topicId, kind, difficulty, count: groupsOf(own).length }];
  });
}
