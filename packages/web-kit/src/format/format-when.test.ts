import { describe, expect, it } from 'vitest';
import { formatClock, formatExact, formatWhen } from './format-when.ts';

/** 18 June 2026, 14:00 in China. */
const NOW = new Date('2026-06-18T06:00:00.000Z');

describe('formatWhen says times as people do', () => {
  it.each([
    ['2026-06-18T06:05:00.000Z', '今天 14:05', 'today 14:05'],
    ['2026-06-17T16:00:00.000Z', '今天 00:00', 'today 00:00'],
    ['2026-06-17T15:59:59.000Z', '昨天 23:59', 'yesterday 23:59'],
    ['2026-06-18T15:59:59.000Z', '今天 23:59', 'today 23:59'],
    ['2026-06-18T16:00:00.000Z', '明天 00:00', 'tomorrow 00:00'],
    ['2026-06-11T02:00:00.000Z', '6 月 11 日', '11 Jun'],
    ['2025-12-31T15:59:00.000Z', '2025 年 12 月 31 日', '31 Dec 2025'],
    ['2025-12-31T16:00:00.000Z', '1 月 1 日', '1 Jan'],
    ['2026-06-30', '6 月 30 日', '30 Jun'],
    ['2026-06-18', '今天', 'today'],
    ['2026-06-17T16:00:00.000+08:00', '昨天 16:00', 'yesterday 16:00'],
  ])('%s is %s and %s', (value, chinese, english) => {
    expect(formatWhen(value, NOW)).toBe(chinese);
    expect(formatWhen(value, NOW, 'en')).toBe(english);
  });

  it('lets a masked value pass through', () => {
    expect(formatWhen('2026-**-**', NOW)).toBe('2026-**-**');
    expect(formatExact('****')).toBe('****');
    expect(formatClock('****')).toBe('****');
  });
});

describe('exact forms are China time', () => {
  it('formatExact gives date and seconds', () => {
    expect(formatExact('2026-06-18T16:00:09.900Z')).toBe('2026-06-19 00:00:09');
  });
  it('formatClock gives minutes, or seconds when asked', () => {
    expect(formatClock('2026-06-18T06:05:09Z')).toBe('14:05');
    expect(formatClock('2026-06-18T06:05:09Z', true)).toBe('14:05:09');
  });
});
