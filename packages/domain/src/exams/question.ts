import type { SchemeCode } from '../study/rule-sets.ts';

/** 判断, 单选, 多选, 填空, 案例 (a stem with several questions). */
export const questionKinds = ['judgement', 'single', 'multiple', 'fill', 'case'] as const;
export type QuestionKind = (typeof questionKinds)[number];
/** Kinds that a case is made of. */
export const simpleKinds = ['judgement', 'single', 'multiple', 'fill'] as const;
export type SimpleKind = (typeof simpleKinds)[number];

/** 1 易, 2 中, 3 难. */
export const difficulties = [1, 2, 3] as const;
export type Difficulty = (typeof difficulties)[number];

/** Options are keyed A to H in the order in which they were written; a paper may show them in another. */
export const optionKeys = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type OptionKey = (typeof optionKeys)[number];

/** A picture or short video of a stem or option: a file of the question bank. */
export interface QuestionFile {
  readonly fileId: string;
  readonly kind: 'picture' | 'video';
  /** What it shows, for those who cannot see it. */
  readonly alt: string;
  /** Address for the one who is asked: only in what goes to candidates, never in the bank. */
  readonly url?: string | undefined;
}

export interface QuestionOption {
  readonly key: OptionKey;
  readonly text: string;
  readonly file: QuestionFile | null;
}

interface Stem {
  /** Plain text; a blank of a fill-in question is four underscores or more. */
  readonly stem: string;
  readonly files: readonly QuestionFile[];
}
export interface JudgementQuestion extends Stem {
  readonly kind: 'judgement';
  /** The statement is right. */
  readonly answer: boolean;
}
export interface SingleQuestion extends Stem {
  readonly kind: 'single';
  readonly options: readonly QuestionOption[];
  readonly answer: OptionKey;
}
export interface MultipleQuestion extends Stem {
  readonly kind: 'multiple';
  readonly options: readonly QuestionOption[];
  /** At least two, in the order of the keys. */
  readonly answer: readonly OptionKey[];
}
export interface FillQuestion extends Stem {
  readonly kind: 'fill';
  /** For each blank of the stem the wordings that count as right. */
  readonly accepted: readonly (readonly string[])[];
}
export type SimpleQuestion = JudgementQuestion | SingleQuestion | MultipleQuestion | FillQuestion;
export interface CaseQuestion extends Stem {
  readonly kind: 'case';
  readonly parts: readonly SimpleQuestion[];
}
/** What is asked, with what is right. Never leaves the server before the end of an attempt. */
export type Question = SimpleQuestion | CaseQuestion;

/** Everything about a question but what it asks. */
export interface QuestionFacts {
  readonly scheme: SchemeCode;
  /** Topic of a syllabus of the scheme. */
  readonly topicId: string;
  /** Posts for which it is meant (班线客运驾驶员 …); empty = everybody of the scheme. */
  readonly posts: readonly string[];
  readonly difficulty: Difficulty;
  /** Law and article that make the answer right. */
  readonly clause: string;
  readonly explanation: string;
  /** China days, YYYY-MM-DD; the last one included, null = no end known. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  /** Questions of one group give each other away: a paper holds one of them at most. */
  readonly exclusionGroup: string | null;
}

/**
 * What a candidate gives: judgement a boolean, single a key, multiple keys, fill a text per blank, case an answer per part.
 * Null = not answered.
 */
export type SimpleAnswer = boolean | OptionKey | readonly OptionKey[] | readonly string[] | null;
export type Answer = SimpleAnswer | readonly SimpleAnswer[];

/** A question as a candidate sees it: without what is right, without explanation. */
export type AskedQuestion =
  | { readonly kind: 'judgement'; readonly stem: string; readonly files: readonly QuestionFile[] }
  | {
      readonly kind: 'single' | 'multiple';
      readonly stem: string;
      readonly files: readonly QuestionFile[];
      readonly options: readonly QuestionOption[];
    }
  | { readonly kind: 'fill'; readonly stem: string; readonly files: readonly QuestionFile[]; readonly blanks: number }
  | {
      readonly kind: 'case';
      readonly stem: string;
      readonly files: readonly QuestionFile[];
      readonly parts: readonly Exclude<AskedQuestion, { kind: 'case' }>[];
    };
