import type { Locale } from '@antu/web-kit';

/** A number and its unit stay on one line. */
const NBSP = '\u00a0';
const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;
const EN_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** From here on the days are counted down. */
const SOON_DAYS = 14;

/** Text key under `due` with its parameters, and how urgent it is. */
export interface DueWords {
  key: 'due.by' | 'due.today' | 'due.tomorrow' | 'due.inDays' | 'due.overdue' | 'due.none';
  params: { n: number; date: string };
  tone: 'quiet' | 'wait' | 'stop';
}

/** Days from today (China) to a date YYYY-MM-DD; negative when it lies behind. */
export function daysUntil(date: string, now: Date): number {
  const today = Math.floor((now.getTime() + CHINA_OFFSET_MS) / DAY_MS);
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS) - today;
}

/** 6 月 30 日 on one line, also when that is today; with the year when it is another one. */
export function formatPlainDate(date: string, now: Date, locale: Locale): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const other = year !== new Date(now.getTime() + CHINA_OFFSET_MS).getUTCFullYear();
  if (locale === 'en') return `${day}${NBSP}${EN_MONTHS[month - 1]}${other ? `${NBSP}${year}` : ''}`;
  return [...(other ? [year, '年'] : []), month, '月', day, '日'].join(NBSP);
}

/** Says a due date as people do; the day itself still counts as in time. */
export function describeDue(dueOn: string | null, now: Date, locale: Locale): DueWords {
  if (dueOn === null) return { key: 'due.none', params: { n: 0, date: '' }, tone: 'quiet' };
  const days = daysUntil(dueOn, now);
  const date = formatPlainDate(dueOn, now, locale);
  const params = { n: Math.abs(days), date };
  if (days < 0) return { key: 'due.overdue', params, tone: 'stop' };
  if (days === 0) return { key: 'due.today', params, tone: 'wait' };
  if (days === 1) return { key: 'due.tomorrow', params, tone: 'wait' };
  if (days <= SOON_DAYS) return { key: 'due.inDays', params, tone: 'wait' };
  return { key: 'due.by', params, tone: 'quiet' };
}
