import { useExamTimeTexts } from '../locales/exam-time-texts.ts';

const { t, locale } = useExamTimeTexts();
const CHINA_OFFSET_MS = 8 * 3_600_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The window of an exam in China time: 12 月 1 日 周二 09:00–10:30, or from one day to another. */
export function formatWindow(opensAt: string, closesAt: string): string {
  const english = locale.value === 'en';
  const at = (iso: string) => {
    const shifted = new Date(Date.parse(iso) + CHINA_OFFSET_MS);
    const text = shifted.toISOString();
    const names = english ? t('weekdays').split(',') : [...t('weekdays')];
    return {
      day: text.slice(0, 10),
      clock: text.slice(11, 16),
      month: english ? (MONTHS[shifted.getUTCMonth()] ?? '') : shifted.getUTCMonth() + 1,
      date: shifted.getUTCDate(),
      weekday: names[shifted.getUTCDay()] ?? '',
    };
  };
  const from = at(opensAt);
  const to = at(closesAt);
  const { month, date, weekday } = from;
  if (from.day === to.day) return t('span.day', { month, date, weekday, from: from.clock, to: to.clock });
  return t('span.days', { month, date, from: from.clock, month2: to.month, date2: to.date, to: to.clock });
}

/** Time left, calm: minutes rounded up, seconds only in the last minute. @param ms what is left */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 60) return seconds === 60 ? t('minutes', { n: 1 }) : t('seconds', { n: Math.max(0, seconds) });
  return formatMinutes(Math.ceil(seconds / 60));
}

/** Minutes as people say them: 42 分钟, 1 小时 30 分钟. */
export function formatMinutes(minutes: number): string {
  if (minutes < 100) return t('minutes', { n: minutes });
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  return m === 0 ? t('hoursOnly', { h }) : t('hours', { h, m });
}
