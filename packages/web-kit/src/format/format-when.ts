import type { Locale } from '../composables/use-locale.ts';

const DAY_MS = 86_400_000;
/** China keeps UTC+8 all year, for everybody, whatever the device says. */
const CHINA_OFFSET_MS = 8 * 3_600_000;
const EN_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;

const two = (n: number) => String(n).padStart(2, '0');

interface ChinaTime {
  day: number;
  year: number;
  month: number;
  date: number;
  clock: string;
}

function toChina(at: Date): ChinaTime {
  const shifted = new Date(at.getTime() + CHINA_OFFSET_MS);
  return {
    day: Math.floor(shifted.getTime() / DAY_MS),
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    date: shifted.getUTCDate(),
    clock: `${two(shifted.getUTCHours())}:${two(shifted.getUTCMinutes())}`,
  };
}

function dayWords(then: ChinaTime, now: ChinaTime, locale: Locale): string {
  const near = then.day - now.day;
  const sameYear = then.year === now.year;
  if (locale === 'en') {
    if (near === 0) return 'today';
    if (near === -1) return 'yesterday';
    if (near === 1) return 'tomorrow';
    const text = `${then.date} ${EN_MONTHS[then.month - 1]}`;
    return sameYear ? text : `${text} ${then.year}`;
  }
  if (near === 0) return '今天';
  if (near === -1) return '昨天';
  if (near === 1) return '明天';
  const text = `${then.month} 月 ${then.date} 日`;
  return sameYear ? text : `${then.year} 年 ${text}`;
}

/**
 * Says an instant as people do: 今天 14:05, 昨天 09:30, 6 月 30 日, 2025 年 6 月 30 日.
 * A date without a time (YYYY-MM-DD) gets no clock; a masked or unreadable value passes through unchanged.
 * @param value ISO instant, plain date or Date
 * @param now the moment that 今天 is measured from
 */
export function formatWhen(value: string | Date, now: Date = new Date(), locale: Locale = 'zh-CN'): string {
  const plain = typeof value === 'string' && PLAIN_DATE.test(value);
  const at = typeof value === 'string' ? new Date(plain ? `${value}T00:00:00+08:00` : value) : value;
  if (Number.isNaN(at.getTime())) return String(value);
  const then = toChina(at);
  const today = toChina(now);
  const words = dayWords(then, today, locale);
  const withClock = !plain && Math.abs(then.day - today.day) <= 1;
  return withClock ? `${words} ${then.clock}` : words;
}

/** Exact China time for a title or a record: 2026-06-30 14:05:09. A value that is no time passes through. */
export function formatExact(value: string | Date): string {
  const at = typeof value === 'string' ? new Date(value) : value;
  if (Number.isNaN(at.getTime())) return String(value);
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Clock of an instant in China time: 14:05, or 14:05:09 with seconds. */
export function formatClock(value: string | Date, withSeconds = false): string {
  const exact = formatExact(value);
  return PLAIN_DATE.test(exact.slice(0, 10)) ? exact.slice(11, withSeconds ? 19 : 16) : exact;
}
