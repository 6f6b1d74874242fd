import type { Certainty, ExamRuleSet } from '@antu/domain';

/** Numbers that somebody who plans an exam has to know, in this order; the months stand together. */
export const shownNumbers = [
  'durationSeconds',
  'totalPoints',
  'passPoints',
  'questions',
  'multipleScoring',
  'mostAttempts',
  'voidedCounts',
  'resitWaitDays',
  'months',
  'pledge',
  'identityAtStart',
  'codesFrom',
  'mostLeaves',
  'bookingEndsSeconds',
  'lateGraceSeconds',
  'appealDays',
  'itemReview',
] as const;
export type ShownNumber = (typeof shownNumbers)[number];

/** Surest first. */
const CERTAINTIES: readonly Certainty[] = ['stated', 'verified', 'assumed', 'unknown'];

export interface ShownLimit {
  readonly name: ShownNumber;
  readonly certainty: Certainty;
  readonly source: string;
}

/** The numbers of a rule set with how sure they are; two numbers in one row are as sure as the less sure one. */
export function limitsShown({ limits }: ExamRuleSet): ShownLimit[] {
  return shownNumbers.map((name) => {
    if (name !== 'months') return { name, certainty: limits[name].certainty, source: limits[name].source };
    const { firstMonth, lastMonth } = limits;
    const isFirst = CERTAINTIES.indexOf(firstMonth.certainty) >= CERTAINTIES.indexOf(lastMonth.certainty);
    const less = isFirst ? firstMonth : lastMonth;
    return { name, certainty: less.certainty, source: less.source };
  });
}

/** Whether somebody should ask before relying on it. */
export const isUnsure = ({ certainty }: ShownLimit): boolean => certainty === 'assumed' || certainty === 'unknown';
