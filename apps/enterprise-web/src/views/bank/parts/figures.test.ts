import { expect, it, test } from 'vitest';
import { discriminationWords, figureHints, percentWords } from './figures.ts';

test('figures in words, a dash before there are any', () => {
  expect([percentWords(null), percentWords(0), percentWords(0.666), percentWords(1)]).toEqual([
    '—',
    '0%',
    '67%',
    '100%',
  ]);
  expect([discriminationWords(undefined), discriminationWords(0.314), discriminationWords(-0.2)]).toEqual([
    '—',
    '0.31',
    '−0.20',
  ]);
});

it.each([
  [29, 0.1, -1, []],
  [30, 0.1, -0.01, ['hintHard', 'hintReverse']],
  [30, 0.2, 0, []],
  [30, 0.95, null, []],
  [30, 0.951, null, ['hintEasy']],
] as const)('%i answers, score %f, discrimination %f', (answered, pValue, discrimination, expected) => {
  expect(figureHints({ answered, pValue, discrimination })).toEqual(expected);
});
