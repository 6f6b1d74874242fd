import type { Locale } from '../composables/use-locale.ts';
import { formatStudyHours } from './format-duration.ts';

/** A number with its unit, apart so that a screen can draw them in two sizes. */
export interface Amount {
  number: string;
  unit: string;
}

/**
 * Training time in 学时, or in minutes where the whole is less than one 学时 and would read 0.0. Rounded down.
 * @param seconds what to say
 * @param wholeSeconds the whole that it belongs to; both are said in the same unit
 * @param hourSeconds seconds of one 学时 by the rule set; 45 minutes unless it says otherwise
 */
export function formatAmount(
  seconds: number,
  wholeSeconds: number,
  hourSeconds = 2700,
  locale: Locale = 'zh-CN',
): Amount {
  const english = locale === 'en';
  if (wholeSeconds < hourSeconds) {
    return { number: String(Math.floor(seconds / 60)), unit: english ? 'min' : '分钟' };
  }
  const number = formatStudyHours(seconds, hourSeconds).replace(/\.0$/, '');
  return { number, unit: english ? 'hours' : '学时' };
}

/** Done of a whole: `4 / 18 分钟`, `5.2 / 12 学时`. */
export function formatProgress(
  doneSeconds: number,
  wholeSeconds: number,
  hourSeconds = 2700,
  locale: Locale = 'zh-CN',
): string {
  const whole = formatAmount(wholeSeconds, wholeSeconds, hourSeconds, locale);
  return `${formatAmount(doneSeconds, wholeSeconds, hourSeconds, locale).number} / ${whole.number} ${whole.unit}`;
}
