import type { Locale } from '@antu/web-kit';
import { formatStudyHours } from '@antu/web-kit/format/format-duration.ts';

/** A number with its unit, apart so that a screen can draw them in two sizes. */
export interface Amount {
  number: string;
  unit: string;
}

/**
 * Training time in 学时, or in minutes where the whole is less than one 学时 and would read 0.0. Rounded down.
 * @param seconds what to say
 * @param wholeSeconds the whole that it belongs to; both are said in the same unit
 */
export function formatAmount(seconds: number, wholeSeconds: number, hourSeconds: number, locale: Locale): Amount {
  const english = locale === 'en';
  if (wholeSeconds < hourSeconds) {
    return { number: String(Math.floor(seconds / 60)), unit: english ? 'min' : '分钟' };
  }
  const number = formatStudyHours(seconds, hourSeconds).replace(/\.0$/, '');
  return { number, unit: english ? 'hours' : '学时' };
}

/**
 * Whole minutes still to go. They and the minutes done, both rounded down, add up to the minutes of the whole as it is
 * shown; while anything is left it is 1 at least.
 */
export function minutesLeft(doneSeconds: number, wholeSeconds: number): number {
  if (doneSeconds >= wholeSeconds) return 0;
  return Math.max(1, Math.floor(wholeSeconds / 60) - Math.floor(doneSeconds / 60));
}
