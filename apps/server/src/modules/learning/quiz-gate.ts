import type { Queryable, Tx } from '../../platform/database/pool.ts';

/** A round of attempts at the quiz of a lesson, for which viewed seconds wait. */
export interface QuizGate {
  readonly id: string;
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly state: 'open' | 'passed' | 'failed';
  /** When it was passed or failed for good, epoch ms; null while it is open. */
  readonly settledAtMs: number | null;
}

/** A round as `verify` needs it: what its stored attempts, marked again, lead to. */
export interface ProvedGate extends QuizGate {
  readonly openedAtMs: number;
  /** Why its state is not what its attempts say: table, key and what is wrong; empty when they agree. */
  readonly problems: readonly { readonly table: string; readonly key: string; readonly what: string }[];
}

/** Everything that the rounds of some people prove. */
export interface ProvedGates {
  readonly rounds: readonly ProvedGate[];
  /** Since when lessons have a quiz, epoch ms by lesson version. */
  readonly quizSinceMs: ReadonlyMap<string, number>;
}

/** Where quizzes are kept. Study sessions know nothing of questions; they ask whether a lesson waits for a quiz. */
export interface QuizKeeper {
  /**
   * The open round of a person and lesson, made now if the lesson has a quiz that the person has not passed; it stays as it is until the
   * end of the transaction. undefined: nothing waits.
   */
  openGate(
    tx: Tx,
    asked: { bucket: number; personId: string; lessonVersionId: string; courseId: string; nowMs: number },
  ): Promise<string | undefined>;
  /** A round as it stands now, held so until the end of the transaction. */
  holdGate(tx: Tx, bucket: number, gateId: string): Promise<QuizGate | undefined>;
  /** Of these lessons, those whose quiz the person has still to pass. */
  lessonsToPass(db: Queryable, personId: string, lessonVersionIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Recomputes the rounds of people of one bucket. */
  proveGates(db: Queryable, bucket: number, personIds: readonly string[]): Promise<ProvedGates>;
}

const none: QuizKeeper = {
  openGate: async () => undefined,
  holdGate: async () => undefined,
  lessonsToPass: async () => new Set(),
  proveGates: async () => ({ rounds: [], quizSinceMs: new Map() }),
};

let keeper: QuizKeeper = none;

/** Registers where quizzes are kept; exactly one module does. @returns takes it back, for tests */
export function keepQuizzes(one: QuizKeeper): () => void {
  const before = keeper;
  keeper = one;
  return () => {
    keeper = before;
  };
}

/** The registered keeper; without one no lesson has a quiz. */
export const quizKeeper = (): QuizKeeper => keeper;
