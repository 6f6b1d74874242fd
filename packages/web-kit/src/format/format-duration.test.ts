import { describe, expect, it } from 'vitest';
import { formatDuration, formatStudyHours } from './format-duration.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [59, '0:59'],
    [60, '1:00'],
    [755, '12:35'],
    [755.999, '12:35'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [3725, '1:02:05'],
    [-5, '0:00'],
  ])('%d s is shown as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatStudyHours rounds down to a tenth', () => {
  it.each([
    [0, '0.0'],
    [269, '0.0'],
    [270, '0.1'],
    [809, '0.2'],
    [810, '0.3'],
    [2699, '0.9'],
    [2700, '1.0'],
    [14_309, '5.2'],
    [14_310, '5.3'],
    [-1, '0.0'],
  ])('%d s of 45 minutes each is %s', (seconds, text) => {
    expect(formatStudyHours(seconds)).toBe(text);
  });

  it('follows the rule set when an hour has 60 minutes', () => {
    expect(formatStudyHours(3599, 3600)).toBe('0.9');
    expect(formatStudyHours(3600, 3600)).toBe('1.0');
  });

  it('never shows more than was earned, for every second of two hours', () => {
    for (let seconds = 0; seconds <= 5400; seconds += 1) {
      const tenths = Math.round(Number(formatStudyHours(seconds)) * 10);
      expect(tenths * 270).toBeLessThanOrEqual(seconds);
      expect((tenths + 1) * 270).toBeGreaterThan(seconds);
    }
  });
});
