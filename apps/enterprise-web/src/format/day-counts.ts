import { chinaDateOf, daysBetween } from '@antu/domain';
import type { Locale } from '@antu/web-kit';

/** Whole China days from today to a day: 0 today, negative when past. */
export function daysUntil(day: string, nowMs: number = Date.now()): number {
  return daysBetween(chinaDateOf(nowMs), day);
}

/** Today in China, YYYY-MM-DD. */
export function todayInChina(nowMs: number = Date.now()): string {
  return chinaDateOf(nowMs);
}

/** Today in China as a heading says it: 2026 年 11 月 26 日，星期四. */
export function describeToday(locale: Locale, nowMs: number = Date.now()): string {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'Asia/Shanghai' }).format(nowMs);
  if (locale === 'en') return date;
  return date.replace(/(\d+)(年|月)/g, '$1 $2 ').replace(/(\d+)日/, '$1 日，');
}

/** First and last day of the month that lies `back` months before the one of `day`. */
export function monthBefore(day: string, back: number): { from: string; to: string } {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - back;
  const year = Math.floor(at / 12);
  const month = (at % 12) + 1;
  // Day 0 of the next month is the last of this one; UTC keeps the device's zone out of it.
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const start = `${year}-${String(month).padStart(2, '0')}`;
  return { from: `${start}-01`, to: `${start}-${String(last).padStart(2, '0')}` };
}
