import type { ExamItem } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import { itemHints } from './item-hints.ts';

const option = (key: 'A' | 'B' | 'C', text: string) => ({ key, text, file: null });
const single = {
  kind: 'single' as const,
  stem: '题',
  files: [],
  options: [option('A', '一'), option('B', '二'), option('C', '三')],
  answer: 'A' as const,
};
const counts = (a: number, b: number, c: number, none = 0) => [
  { part: 0, choice: 'A', count: a },
  { part: 0, choice: 'B', count: b },
  { part: 0, choice: 'C', count: c },
  { part: 0, choice: 'none', count: none },
];
type Item = Pick<ExamItem, 'question' | 'answered' | 'pValue' | 'discrimination' | 'choices'>;
const item = (changes: Partial<Item>): Item => ({
  question: single,
  answered: 40,
  pValue: 0.6,
  discrimination: 0.4,
  choices: counts(24, 8, 8),
  ...changes,
});
const codesOf = (changes: Partial<Item>) => itemHints(item(changes)).map(({ code }) => code);

describe('itemHints', () => {
  it('says nothing of a good question, and of one that too few answered', () => {
    expect(codesOf({})).toEqual([]);
    expect(codesOf({ answered: 29, pValue: 0, discrimination: -1, choices: counts(0, 29, 0) })).toEqual([]);
  });
  it.each([
    ['hard', { answered: 30, pValue: 0.19, choices: counts(11, 10, 9) }, ['hintHard']],
    ['at the border of hard', { pValue: 0.2 }, []],
    ['reversed', { discrimination: -0.01 }, ['hintReverse']],
    ['flat', { discrimination: 0.09 }, ['flat']],
    ['at the border of flat', { discrimination: 0.1 }, []],
    ['easy, which is flat anyway', { pValue: 0.96, discrimination: 0.01 }, ['hintEasy']],
    ['left out by more than a fifth', { choices: counts(15, 8, 8, 9) }, ['left-out']],
    ['left out by a fifth', { choices: counts(16, 8, 8, 8) }, []],
  ])('names what is %s', (_, changes, expected) => {
    expect(codesOf(changes)).toEqual(expected);
  });
  it('names a wrong option that leads, and those that nobody took', () => {
    expect(itemHints(item({ choices: counts(15, 25, 0) }))).toEqual([
      { code: 'wrong-leads', part: null, choices: ['B'] },
      { code: 'unused', part: null, choices: ['C'] },
    ]);
  });
  it('compares with the weakest right option where several are right', () => {
    const question = { ...single, kind: 'multiple' as const, answer: ['A' as const, 'B' as const] };
    expect(codesOf({ question, choices: counts(35, 10, 12) })).toEqual(['wrong-leads']);
    expect(codesOf({ question, choices: counts(35, 12, 12) })).toEqual([]);
  });
  it('names the part of a case', () => {
    const question = { kind: 'case' as const, stem: '案例', files: [], parts: [single, single] };
    const choices = [...counts(30, 5, 5), ...counts(10, 25, 5).map((one) => ({ ...one, part: 1 }))];
    expect(itemHints(item({ question, choices }))).toEqual([{ code: 'wrong-leads', part: 1, choices: ['B'] }]);
  });
  it('does not call the other half of a judgement unused', () => {
    const question = { kind: 'judgement' as const, stem: '对吗', files: [], answer: true };
    const choices = [
      { part: 0, choice: 'true', count: 40 },
      { part: 0, choice: 'false', count: 0 },
      { part: 0, choice: 'none', count: 0 },
    ];
    expect(codesOf({ question, choices })).toEqual([]);
  });
});
