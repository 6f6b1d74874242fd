import type { Certainty, Limit } from '../study/limits.ts';

/** The numbers of practice, already picked out. Nothing official follows from practice: they only tell a learner where to study. */
export interface PracticeLimits {
  /** Right answers in a row after which a question leaves the wrong-answer book. */
  readonly rightsToLeaveBook: number;
  /** Latest answers of a topic that count for how well it is known. */
  readonly latestAnswers: number;
  /** With fewer answers nothing is said about a topic. */
  readonly leastAnswers: number;
  /** A topic is weak while fewer of its latest answers are right. */
  readonly weakBelowPercent: number;
}

/** The numbers of practice from a day on; a change is a new row, never an edit. */
export interface PracticeRuleSet {
  readonly id: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof PracticeLimits]: Limit<PracticeLimits[Name]> };
}

const limit =
  (certainty: Certainty, source: string) =>
  (value: number): Limit<number> => ({ value, certainty, source });
const assumed = limit('assumed', 'no public text; chosen for operation');

export const practiceRuleSets: readonly PracticeRuleSet[] = [
  {
    id: 'practice.2020-01-01',
    validFrom: '2020-01-01',
    limits: {
      rightsToLeaveBook: assumed(2),
      latestAnswers: assumed(20),
      leastAnswers: assumed(5),
      weakBelowPercent: limit('assumed', 'the share that passes most exams; chosen for operation')(80),
    },
  },
];

/** The numbers in force on a China day (YYYY-MM-DD). Throws RangeError before the first. */
export function findPracticeLimits(day: string, table: readonly PracticeRuleSet[] = practiceRuleSets): PracticeLimits {
  const found = table
    .filter(({ validFrom }) => validFrom <= day)
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  if (!found) throw new RangeError(`no practice rules on ${day}`);
  const { limits } = found;
  return {
    rightsToLeaveBook: limits.rightsToLeaveBook.value,
    latestAnswers: limits.latestAnswers.value,
    leastAnswers: limits.leastAnswers.value,
    weakBelowPercent: limits.weakBelowPercent.value,
  };
}

/** How a person stands with a question. */
export interface PracticeStanding {
  readonly answered: number;
  readonly right: number;
  /** Right answers since the last wrong one. */
  readonly rightsInARow: number;
  readonly inBook: boolean;
}
export const NEVER_PRACTISED: PracticeStanding = { answered: 0, right: 0, rightsInARow: 0, inBook: false };

/** The standing after one more answer: a wrong one puts the question into the book, enough right ones in a row take it out. */
export function afterPracticeAnswer(
  before: PracticeStanding,
  isRight: boolean,
  { rightsToLeaveBook }: PracticeLimits,
): PracticeStanding {
  const rightsInARow = isRight ? before.rightsInARow + 1 : 0;
  return {
    answered: before.answered + 1,
    right: before.right + (isRight ? 1 : 0),
    rightsInARow,
    inBook: !isRight || (before.inBook && rightsInARow < rightsToLeaveBook),
  };
}

/** The latest answers of a topic after one more, the newest last. */
export const withLatest = (
  latest: readonly boolean[],
  isRight: boolean,
  { latestAnswers }: PracticeLimits,
): readonly boolean[] => [...latest, isRight].slice(-latestAnswers);

/** How well a topic is known by its latest answers. */
export interface TopicKnowledge {
  /** Share of right ones in whole per cent; null while too few were given. */
  readonly rightPercent: number | null;
  readonly isWeak: boolean;
}

/** Judges the latest answers of a topic. */
export function topicKnowledge(
  latest: readonly boolean[],
  { latestAnswers, leastAnswers, weakBelowPercent }: PracticeLimits,
): TopicKnowledge {
  const counted = latest.slice(-latestAnswers);
  if (counted.length < leastAnswers) return { rightPercent: null, isWeak: false };
  const right = counted.filter(Boolean).length;
  return {
    rightPercent: Math.floor((right * 100) / counted.length),
    isWeak: right * 100 < weakBelowPercent * counted.length,
  };
}
