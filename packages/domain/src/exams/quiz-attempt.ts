import { arrangePaper } from './arrange-paper.ts';
import type { Candidate, PaperItem } from './blueprint.ts';
import { groupsOf } from './draw-paper.ts';
import type { QuestionKind } from './question.ts';
import type { QuizLimits } from './quiz-rules.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

/** Kinds of questions of a quiz. A case asks several things, and each question of a quiz has the same short time. */
export const quizKinds = ['judgement', 'single', 'multiple', 'fill'] as const satisfies readonly QuestionKind[];

/** Every question of a quiz is worth one point. */
const QUIZ_CENTIPOINTS = 100;

/** The instant, epoch ms, from which on no answer counts any more. */
export const quizEndsAtMs = (
  startedAtMs: number,
  asked: number,
  { secondsPerQuestion }: Pick<QuizLimits, 'secondsPerQuestion'>,
): number => startedAtMs + asked * secondsPerQuestion * 1000;

/** Share of right answers, whole per cent, rounded down: what is shown never says more than what passes. */
export const quizPercent = (right: number, asked: number): number => Math.floor((right * 100) / asked);

/** Whether so many right answers pass. */
export const isQuizPassed = (right: number, asked: number, { passPercent }: Pick<QuizLimits, 'passPercent'>): boolean =>
  right * 100 >= passPercent * asked;

export type QuizRoundState = 'open' | 'passed' | 'failed';

/** How a round stands after these ended attempts. */
export function quizRoundStateOf(
  ended: readonly { readonly passed: boolean }[],
  { attempts }: Pick<QuizLimits, 'attempts'>,
): QuizRoundState {
  if (ended.some(({ passed }) => passed)) return 'passed';
  return ended.length >= attempts ? 'failed' : 'open';
}

/**
 * Draws the questions of an attempt: of each exclusion group at most one, first those that earlier attempts did not ask.
 * @param askedBefore ids of questions
 * @returns null if there are too few
 */
export function drawQuiz(
  candidates: readonly Candidate[],
  count: number,
  askedBefore: ReadonlySet<string>,
  seed: string,
): readonly PaperItem[] | null {
  const random = seededRandom(seed);
  const isNew = ({ questionId }: Candidate): boolean => !askedBefore.has(questionId);
  const one = shuffled(groupsOf(candidates), random).flatMap((group) => {
    const mixed = shuffled(group, random);
    return mixed.find(isNew) ?? mixed[0] ?? [];
  });
  const chosen = [...one.filter(isNew), ...one.filter((each) => !isNew(each))].slice(0, count);
  if (chosen.length < count) return null;
  return arrangePaper(
    chosen.map((candidate) => ({ candidate, centipoints: QUIZ_CENTIPOINTS })),
    { shuffleQuestions: true, shuffleOptions: true },
    random,
  );
}
