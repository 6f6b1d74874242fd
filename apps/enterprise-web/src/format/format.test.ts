import { describe, expect, it } from 'vitest';
import { daysUntil, describeToday, monthBefore, todayInChina } from './day-counts.ts';
import { formatBytes, formatPercent } from './format-bytes.ts';
import { describeRow, shareDone } from './row-standing.ts';

/** 18 June 2026, 23:30 in China: the UTC day is still the 18th, half an hour later China has the 19th. */
const NOW_MS = Date.parse('2026-06-18T15:30:00Z');

describe('days are China days', () => {
  it.each([
    ['2026-06-18', 0],
    ['2026-06-19', 1],
    ['2026-06-12', -6],
    ['2027-06-18', 365],
  ])('%s is %d days away', (day, days) => {
    expect(daysUntil(day, NOW_MS)).toBe(days);
  });
  it('names today with its weekday', () => {
    expect(describeToday('zh-CN', NOW_MS)).toBe('2026 年 6 月 18 日，星期四');
    expect(describeToday('en', NOW_MS)).toBe('Thursday, June 18, 2026');
  });
  it('turns at midnight of China', () => {
    expect(todayInChina(NOW_MS)).toBe('2026-06-18');
    expect(todayInChina(NOW_MS + 30 * 60_000)).toBe('2026-06-19');
  });
  it.each([
    ['2026-06-18', 0, '2026-06-01', '2026-06-30'],
    ['2026-01-05', 1, '2025-12-01', '2025-12-31'],
    ['2028-03-31', 1, '2028-02-01', '2028-02-29'],
  ])('%s, %d months back', (day, back, from, to) => {
    expect(monthBefore(day, back)).toEqual({ from, to });
  });
});

describe('describeRow', () => {
  const row = { obligations: 2, done: 1, overdue: 0, nextDueOn: '2026-06-30' };
  it.each([
    [{}, 'ok', 'left', 12, true],
    [{ nextDueOn: '2026-07-18' }, 'ok', 'left', 30, true],
    [{ nextDueOn: '2026-07-19' }, 'ok', 'left', 31, false],
    [{ nextDueOn: '2026-06-18' }, 'ok', 'today', 0, true],
    [{ nextDueOn: '2026-06-12', overdue: 1 }, 'stop', 'overdue', 6, false],
    [{ nextDueOn: null }, 'ok', 'open', 0, false],
    [{ done: 2, nextDueOn: null }, 'ok', 'done', 0, false],
    [{ obligations: 0, done: 0 }, 'off', 'none', 0, false],
  ])('%o is %s, %s, %d, soon %s', (change, tone, text, days, dueSoon) => {
    expect(describeRow({ ...row, ...change }, NOW_MS)).toEqual({ tone, text, days, dueSoon });
  });
  it('keeps shares between nothing and all', () => {
    expect([shareDone(5, 0), shareDone(5, 10), shareDone(11, 10)]).toEqual([0, 0.5, 1]);
  });
});

describe('sizes and percents', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [1_500_000, '1.4 MB'],
    [5_000_000_000, '4.7 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
  it('says 100 only when all is there', () => {
    expect([formatPercent(999_999, 1_000_000), formatPercent(10, 10), formatPercent(0, 0)]).toEqual([99, 100, 0]);
  });
});
