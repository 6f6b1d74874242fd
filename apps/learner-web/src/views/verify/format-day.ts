import type { Locale } from '@antu/web-kit';

const CHINA_OFFSET_MS = 8 * 3_600_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Day of an instant in China with its year, as it is printed: 2026 年 6 月 18 日. */
export function formatDay(instant: string, locale: Locale): string {
  const day = new Date(Date.parse(instant) + CHINA_OFFSET_MS);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  return locale === 'en' ? `${date} ${MONTHS[month]} ${year}` : `${year} 年 ${month + 1} 月 ${date} 日`;
}

/** Last day of a term that ends at an instant: a term until midnight holds the whole day before. */
export const formatLastDay = (instant: string, locale: Locale): string =>
  formatDay(new Date(Date.parse(instant) - 1).toISOString(), locale);
