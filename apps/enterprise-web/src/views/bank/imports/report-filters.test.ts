import { describe, expect, it } from 'vitest';
import { filterCounts, firstLook, goodPercent } from './report-filters.ts';

describe('firstLook', () => {
  it.each([
    [{ total: 10, good: 9, hinted: 3 }, 'bad'],
    [{ total: 10, good: 10, hinted: 3 }, 'hinted'],
    [{ total: 10, good: 10, hinted: 0 }, 'all'],
    [{ total: 0, good: 0, hinted: 0 }, 'all'],
  ])('of %o opens with %s', (counts, expected) => {
    expect(firstLook(counts)).toBe(expected);
  });
});

it('counts what each filter shows', () => {
  expect(filterCounts({ total: 10, good: 7, hinted: 2 })).toEqual({ bad: 3, hinted: 2, good: 7, all: 10 });
});

describe('goodPercent', () => {
  it.each([
    [1000, 1000, 100],
    [1000, 999, 99],
    [1000, 1, 1],
    [1000, 0, 0],
    [0, 0, 0],
    [312, 272, 87],
  ])('of %i with %i good is %i', (total, good, percent) => {
    expect(goodPercent({ total, good, hinted: 0 })).toBe(percent);
  });
});
