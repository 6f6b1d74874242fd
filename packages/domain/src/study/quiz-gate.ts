import { type Interval, type IntervalSet, lengthOf, unite } from './intervals.ts';
import type { SessionState } from './session-state.ts';

/** What an opening says about the quiz of its lesson, where the learner has not passed it yet. */
export interface QuizOpening {
  /** The open round of this person and lesson: what is viewed waits until it is decided. */
  readonly gateId: string;
  /** What earlier sessions left to this round alone, whole seconds in ms. */
  readonly waiting: readonly Interval[];
}

/** What the rules remember of it. Seconds that wait are known: viewing them again neither counts nor waits twice. */
export interface QuizState {
  readonly gateId: string;
  readonly waiting: IntervalSet;
}

/** Everything of the lesson that is in the ledger or waits for the quiz alone. */
export function knownOf({ viewed, quiz }: Pick<SessionState, 'viewed' | 'quiz'>): IntervalSet {
  return quiz && quiz.waiting.length > 0 ? unite(viewed, quiz.waiting) : viewed;
}

/** Hands safe seconds of a segment over: to the ledger, or to the quiz that was not passed yet. */
export function dividedByQuiz(
  { quiz }: SessionState,
  safe: readonly Interval[],
): { credited: readonly Interval[]; waits: readonly Interval[]; quiz: QuizState | undefined } {
  if (!quiz) return { credited: safe, waits: [], quiz };
  return { credited: [], waits: safe, quiz: { ...quiz, waiting: unite(quiz.waiting, safe) } };
}

/** Length of what is shown as viewed and waits for the quiz, whole seconds. @param seen everything that is shown as viewed */
export function quizSecondsOf({ quiz, viewed }: SessionState, seen: number): number {
  return quiz ? Math.max(0, seen - Math.floor(lengthOf(viewed) / 1000)) : 0;
}
