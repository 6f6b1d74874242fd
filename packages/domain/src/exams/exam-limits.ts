import type { Limit } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';
import type { MultipleScoring } from './mark-answer.ts';

/** What a candidate sees of the questions after the end. */
export const itemReviews = ['all', 'points', 'none'] as const;
export type ItemReview = (typeof itemReviews)[number];

/** Whose one-time code stands for the check of who sits there: of whoever supervises the exam, or of anybody who may give codes. */
export const codeGivers = ['invigilators', 'anybody'] as const;
export type CodeGivers = (typeof codeGivers)[number];

/** The numbers of an exam, already picked out of a rule set. Units in the names. */
export interface ExamLimits {
  readonly durationSeconds: number;
  readonly totalPoints: number;
  readonly passPoints: number;
  /** Questions of a paper; null = as many as the plan has. */
  readonly questions: number | null;
  /** Of them 判断 and 单选; null = as the plan has it. */
  readonly judgementQuestions: number | null;
  readonly singleQuestions: number | null;
  /** How a question with several right options is marked. */
  readonly multipleScoring: MultipleScoring;
  /** Times that one person may sit; null = as often as wanted. */
  readonly mostAttempts: number | null;
  /** A sitting that was begun and declared void is one of them. */
  readonly voidedCounts: boolean;
  /** China days between a failed attempt and the next one. */
  readonly resitWaitDays: number;
  /** First and last month of the year in which it is held. */
  readonly firstMonth: number;
  readonly lastMonth: number;
  /** The candidate signs a pledge of safe driving before the start. */
  readonly pledge: boolean;
  /** Who sits there is checked before the start, and on another device. */
  readonly identityAtStart: boolean;
  /** Whose code on site opens the start. */
  readonly codesFrom: CodeGivers;
  /** A check of this exam opens the start for this long. */
  readonly identityFreshSeconds: number;
  /** Longest time between two pictures in passing; null = none. */
  readonly snapshotGapSeconds: number | null;
  /** A picture that has not arrived this long after it was due is missing: the invigilator is told. */
  readonly snapshotWaitSeconds: number;
  /** Leaves of the page before the invigilator is told; null = never. */
  readonly mostLeaves: number | null;
  /** Booking and cancelling end this long before the window opens. */
  readonly bookingEndsSeconds: number;
  /** Papers are drawn this long before the window opens. */
  readonly freezeSeconds: number;
  /** Answers that were given in time and arrive this late still count. */
  readonly lateGraceSeconds: number;
  /** China days after the result in which it may be appealed. */
  readonly appealDays: number;
  readonly itemReview: ItemReview;
}

/** The numbers of one exam, region and time. Stored results name `id`; a change is a new row, never an edit. */
export interface ExamRuleSet {
  readonly id: string;
  /** Which exam it is, the same over all its versions. */
  readonly exam: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly scheme: SchemeCode;
  /** GB/T 2260 prefix (`44` Guangdong); empty = everywhere. */
  readonly regionPrefix: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof ExamLimits]: Limit<ExamLimits[Name]> };
}
