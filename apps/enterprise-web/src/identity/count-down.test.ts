import { describe, expect, it } from 'vitest';
import { inGroups, LONGEST_CODE_MS, lifetimeMs } from './count-down.ts';

const NOW = Date.UTC(2026, 10, 25, 8);
const after = (ms: number): string => new Date(NOW + ms).toISOString();

describe('the life of a code', () => {
  it.each([
    ['a second', 1_000, 1_000],
    ['exactly two minutes', 120_000, 120_000],
    ['more than a code can live: this clock is behind', 120_001, LONGEST_CODE_MS],
    ['nothing: this clock is ahead', 0, LONGEST_CODE_MS],
    ['less than nothing: this clock is far ahead', -600_000, LONGEST_CODE_MS],
  ])('%s', (_name, leftMs, expected) => {
    expect(lifetimeMs(after(leftMs), NOW)).toBe(expected);
  });
});

it('reads digits in two groups', () => {
  expect(inGroups('012345')).toBe('012 345');
});
