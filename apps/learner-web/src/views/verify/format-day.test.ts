import { expect, test } from 'vitest';
import { formatDay, formatLastDay } from './format-day.ts';

test.each([
  ['2026-06-17T15:59:59Z', '2026 年 6 月 17 日', '17 Jun 2026'],
  ['2026-06-17T16:00:00Z', '2026 年 6 月 18 日', '18 Jun 2026'],
])('%s is a day of China', (instant, zh, en) => {
  expect([formatDay(instant, 'zh-CN'), formatDay(instant, 'en')]).toEqual([zh, en]);
});

test('a term until midnight ends on the day before', () => {
  expect(formatLastDay('2029-06-17T16:00:00Z', 'zh-CN')).toBe('2029 年 6 月 17 日');
});
