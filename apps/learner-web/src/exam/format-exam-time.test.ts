import { useLocale } from '@antu/web-kit/composables/use-locale.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { formatLeft, formatMinutes, formatWindow } from './format-exam-time.ts';

const { setLocale } = useLocale();
afterEach(() => setLocale('zh-CN'));

describe('formatWindow is China time', () => {
  it.each([
    ['2026-12-01T01:00:00Z', '2026-12-01T02:30:00Z', '12 月 1 日 周二 09:00–10:30', 'Tue 1 Dec 09:00–10:30'],
    [
      '2026-11-30T16:00:00Z',
      '2026-12-02T15:59:00Z',
      '12 月 1 日 00:00 到 12 月 2 日 23:59',
      '1 Dec 00:00 to 2 Dec 23:59',
    ],
  ])('%s', (opens, closes, zh, en) => {
    expect(formatWindow(opens, closes)).toBe(zh);
    setLocale('en');
    expect(formatWindow(opens, closes)).toBe(en);
  });
});

describe('formatLeft', () => {
  it.each([
    [42 * 60_000, '42 分钟'],
    [41 * 60_000 + 1, '42 分钟'],
    [60_001, '2 分钟'],
    [60_000, '1 分钟'],
    [59_000, '59 秒'],
    [0, '0 秒'],
    [120 * 60_000, '2 小时'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatLeft(ms)).toBe(words);
  });
  it('says hours from 100 minutes on', () => {
    expect(formatMinutes(99)).toBe('99 分钟');
    expect(formatMinutes(100)).toBe('1 小时 40 分钟');
  });
});
