import { describe, expect, it } from 'vitest';
import { daysUntil, describeDue, formatPlainDate } from './format-due.ts';
import { formatMegabytes, formatRoughSpan, formatSpan } from './format-span.ts';
import { minutesLeft } from './minutes-left.ts';

/** Units hang on their numbers by a no-break space; tests are easier to read without. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatSpan', () => {
  it.each([
    [0, '0 秒'],
    [59.9, '59 秒'],
    [130, '2 分 10 秒'],
    [120, '2 分'],
    [2_239, '37 分'],
    [3_600, '1 小时'],
    [10_079, '2 小时 47 分'],
  ])('%s s', (seconds, words) => {
    expect(plain(formatSpan(seconds, 'zh-CN'))).toBe(words);
  });
  it('speaks English', () => {
    expect(plain(formatSpan(10_079, 'en'))).toBe('2 h 47 min');
  });
});

it.each([
  [1, '1 分钟'],
  [661, '12 分钟'],
  [3_601, '1.5 小时'],
  [17_000, '5 小时'],
])('says roughly %s s, never less', (seconds, words) => {
  expect(plain(formatRoughSpan(seconds, 'zh-CN'))).toBe(words);
});

it('says volumes of data', () => {
  expect([3_000, 6_420_000, 60_400_000].map((bytes) => plain(formatMegabytes(bytes)))).toEqual([
    '0.1 MB',
    '6.4 MB',
    '60 MB',
  ]);
});

it.each([
  [0, 485, 8],
  [267, 485, 4],
  [484, 485, 1],
  [485, 485, 0],
  [500, 485, 0],
  [59, 60, 1],
])('%s s of %s s done leave %s minutes, so that what is shown adds up', (done, whole, minutes) => {
  expect(minutesLeft(done, whole)).toBe(minutes);
});

describe('due dates', () => {
  // 2026-06-29 23:30 in China
  const now = new Date('2026-06-29T15:30:00Z');
  it('counts days of China', () => {
    expect(daysUntil('2026-06-30', now)).toBe(1);
    expect(daysUntil('2026-06-29', now)).toBe(0);
    expect(daysUntil('2026-06-01', now)).toBe(-28);
  });
  it.each([
    ['2026-06-29', 'due.today', 'wait'],
    ['2026-06-30', 'due.tomorrow', 'wait'],
    ['2026-07-05', 'due.inDays', 'wait'],
    ['2026-09-30', 'due.by', 'quiet'],
    ['2026-06-28', 'due.overdue', 'stop'],
    [null, 'due.none', 'quiet'],
  ])('%s is %s', (date, key, tone) => {
    expect(describeDue(date, now, 'zh-CN')).toMatchObject({ key, tone });
  });
  it('names the date, with the year when it is another one', () => {
    expect(plain(formatPlainDate('2026-06-30', now, 'zh-CN'))).toBe('6 月 30 日');
    expect(plain(formatPlainDate('2027-01-05', now, 'zh-CN'))).toBe('2027 年 1 月 5 日');
    expect(plain(formatPlainDate('2026-06-30', now, 'en'))).toBe('30 Jun');
  });
});
