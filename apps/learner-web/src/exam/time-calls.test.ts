import { describe, expect, it } from 'vitest';
import { timeCallDue } from './time-calls.ts';

describe('timeCallDue', () => {
  it.each([
    ['the moment before ten minutes', 601_000, 600_001, null],
    ['ten minutes', 600_001, 600_000, 600],
    ['not a second time', 600_000, 599_000, null],
    ['five minutes', 300_500, 299_500, 300],
    ['one minute', 60_500, 59_500, 60],
    ['asleep over two of them: the later', 700_000, 290_000, 300],
    ['asleep beyond the end', 700_000, 0, null],
    ['came in with nine minutes left', null, 540_000, null],
    ['more time was given', 590_000, 1_190_000, null],
  ])('%s', (_name, before, left, call) => {
    expect(timeCallDue(before, left)).toBe(call);
  });
});
