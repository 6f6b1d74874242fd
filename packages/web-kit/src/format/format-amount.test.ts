import { expect, it } from 'vitest';
import { formatAmount, formatProgress } from './format-amount.ts';

it.each([
  [14_309, 32_400, '5.2', '学时'],
  [5_400, 5_400, '2', '学时'],
  [179, 600, '2', '分钟'],
  [2_699, 2_699, '44', '分钟'],
  [2_700, 2_700, '1', '学时'],
  [0, 600, '0', '分钟'],
])(
  '%s s of %s s are %s %s: never rounded up, and no 0.0 where something is counted',
  (seconds, whole, number, unit) => {
    expect(formatAmount(seconds, whole)).toEqual({ number, unit });
  },
);

it('follows the rule set and speaks English', () => {
  expect(formatAmount(3_599, 3_599, 3_600, 'en')).toEqual({ number: '59', unit: 'min' });
  expect(formatAmount(3_600, 7_200, 3_600, 'en')).toEqual({ number: '1', unit: 'hours' });
});

it('says how much of a whole is done in one unit', () => {
  expect(formatProgress(267, 1_128)).toBe('4 / 18 分钟');
  expect(formatProgress(14_309, 32_400)).toBe('5.2 / 12 学时');
  expect(formatProgress(3_000, 5_400, 2_700, 'en')).toBe('1.1 / 2 hours');
});
