import { describe, expect, it } from 'vitest';
import {
  axisTop,
  monthName,
  monthsToChoose,
  passRate,
  periodOf,
  shareWords,
  shiftMonth,
  sortGroups,
} from './figures.ts';

describe('passRate', () => {
  it.each([
    [10, 8, 0.8],
    [1, 0, 0],
    [0, 0, null],
    [null, null, null],
  ])('of %s who sat and %s who passed is %s', (candidates, passed, rate) => {
    expect(passRate({ candidates, passed })).toBe(rate);
  });
});

describe('shareWords', () => {
  it.each([
    [0, '0%'],
    [0.004, '<1%'],
    [0.005, '1%'],
    [0.8, '80%'],
    [0.994, '99%'],
    [0.999, '>99%'],
    [1, '100%'],
    [null, '—'],
  ])('says %s as %s', (share, words) => {
    expect(shareWords(share)).toBe(words);
  });
});

describe('months', () => {
  it.each([
    ['2026-11', -11, '2025-12'],
    ['2026-01', -1, '2025-12'],
    ['2025-12', 1, '2026-01'],
    ['2026-05', 0, '2026-05'],
  ])('%s by %i is %s', (month, by, expected) => {
    expect(shiftMonth(month, by)).toBe(expected);
  });
  it.each([
    ['year', { from: '2025-12', to: '2026-11' }],
    ['thisYear', { from: '2026-01', to: '2026-11' }],
    ['lastYear', { from: '2025-01', to: '2025-12' }],
  ] as const)('%s in November 2026', (period, expected) => {
    expect(periodOf(period, '2026-11')).toEqual(expected);
  });
});

describe('axisTop', () => {
  it.each([
    [0, 5],
    [5, 5],
    [6, 6],
    [7, 8],
    [9, 10],
    [11, 15],
    [16, 20],
    [99, 100],
    [121, 150],
    [5001, 6000],
  ])('over %i is %i', (highest, top) => {
    expect(axisTop(highest)).toBe(top);
  });
});

it('sorts groups by size or by the weakest rate, hidden and empty ones last', () => {
  const group = (name: string, candidates: number | null, passed: number | null) => ({
    name,
    candidates,
    passed,
    meanShare: null,
    hidden: candidates === null,
  });
  const groups = [group('hidden', null, null), group('good', 10, 9), group('weak', 20, 10), group('empty', 0, 0)];
  expect(sortGroups(groups, 'candidates').map(({ name }) => name)).toEqual(['weak', 'good', 'empty', 'hidden']);
  expect(sortGroups(groups, 'rate').map(({ name }) => name)).toEqual(['weak', 'good', 'empty', 'hidden']);
  expect(sortGroups([group('b', 10, 5), group('a', 30, 15)], 'rate').map(({ name }) => name)).toEqual(['a', 'b']);
});

describe('months to choose', () => {
  it('are this year and five before, latest first, and what was chosen already', () => {
    const months = monthsToChoose('2026-02', ['2019-07', '2025-12']);
    expect(months[0]).toBe('2026-02');
    expect(months.slice(-2)).toEqual(['2021-01', '2019-07']);
    expect(months).toHaveLength(63);
  });
  it.each([
    ['zh-CN', '2025年12月'],
    ['en', 'December 2025'],
  ])('are named in %s: %s', (locale, name) => {
    expect(monthName('2025-12', locale)).toBe(name);
  });
});
