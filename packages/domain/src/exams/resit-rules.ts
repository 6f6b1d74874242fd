import { chinaDateOf } from '../study/ledger.ts';
import type { ExamLimits } from './exam-limits.ts';

const DAY_MS = 86_400_000;

/** A marked attempt at an exam, whatever version of its rules it was marked by. */
export interface ExamAttempt {
  readonly passed: boolean;
  /** When it ended, epoch ms. An appeal that changes the result later does not move it. */
  readonly satAtMs: number;
}

/** How a formal sitting stands that was begun. */
export type AttemptState = 'marked' | 'voided';

/** Whether a sitting is one of the attempts that a person has. */
export const countsAsAttempt = ({ voidedCounts }: Pick<ExamLimits, 'voidedCounts'>, state: AttemptState): boolean =>
  state === 'marked' || voidedCounts;

type ResitLimits = Pick<ExamLimits, 'mostAttempts' | 'resitWaitDays'>;

/** First China day on which the next attempt may take place, YYYY-MM-DD; null before the first attempt. */
export function nextAttemptFrom(
  { resitWaitDays }: Pick<ResitLimits, 'resitWaitDays'>,
  attempts: readonly ExamAttempt[],
): string | null {
  if (attempts.length === 0) return null;
  const latest = Math.max(...attempts.map(({ satAtMs }) => satAtMs));
  return chinaDateOf(latest + resitWaitDays * DAY_MS);
}

/** Attempts that are left; null = as many as wanted. */
export const attemptsLeftOf = (
  { mostAttempts }: Pick<ResitLimits, 'mostAttempts'>,
  attempts: readonly ExamAttempt[],
): number | null => (mostAttempts === null ? null : Math.max(0, mostAttempts - attempts.length));

export type Resit =
  | { readonly state: 'passed' | 'none-left' }
  | { readonly state: 'possible'; readonly fromDay: string; readonly attemptsLeft: number | null };

/**
 * Whether somebody who has failed may sit again.
 * @param attempts every one at this exam, the failed one included; at least one
 */
export function resitOf(limits: ResitLimits, attempts: readonly ExamAttempt[]): Resit {
  if (attempts.some(({ passed }) => passed)) return { state: 'passed' };
  const attemptsLeft = attemptsLeftOf(limits, attempts);
  if (attemptsLeft === 0) return { state: 'none-left' };
  const fromDay = nextAttemptFrom(limits, attempts);
  if (fromDay === null) throw new RangeError('a resit comes after an attempt');
  return { state: 'possible', fromDay, attemptsLeft };
}
