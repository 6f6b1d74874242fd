import type { Difficulty, OptionKey, QuestionKind } from './question.ts';

/** One line of a blueprint: so many questions of a topic, kind and difficulty, each worth so much. */
export interface BlueprintLine {
  /** Null = any topic of the scheme. */
  readonly topicId: string | null;
  readonly kind: QuestionKind;
  /** Null = any difficulty. */
  readonly difficulty: Difficulty | null;
  readonly count: number;
  /** Points of each question, in hundredths, so that halves add up. */
  readonly centipoints: number;
}

/** From what a paper is drawn. */
export interface Blueprint {
  readonly lines: readonly BlueprintLine[];
  readonly shuffleQuestions: boolean;
  readonly shuffleOptions: boolean;
}

/** A question that may be drawn. */
export interface Candidate {
  readonly questionId: string;
  /** The version that would be asked. */
  readonly versionId: string;
  readonly topicId: string;
  readonly kind: QuestionKind;
  readonly difficulty: Difficulty;
  readonly exclusionGroup: string | null;
  /** Number of options of the question, or of each part of a case; 0 where there are none. */
  readonly optionCounts: readonly number[];
}

/** A question of a drawn paper. */
export interface PaperItem {
  readonly questionId: string;
  readonly versionId: string;
  readonly centipoints: number;
  /** For each part (one, but for cases) the original keys in the order shown: shown as A, B, C … */
  readonly optionOrders: readonly (readonly OptionKey[])[];
}

/** What a blueprint line lacks. */
export interface Shortage {
  /** Place of the line in the blueprint. */
  readonly line: number;
  readonly wanted: number;
  readonly available: number;
}
