import { type AskedQuestion, answerFits } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { answeredOf, type AskedCase, type AskedSimple, choose, fillBlank, partAnswersOf, withPart } from './answers.ts';

const stem = { stem: '题', files: [] };
const option = (key: 'A' | 'B' | 'C') => ({ key, text: key, file: null });
const options = [option('A'), option('B'), option('C')];
const judgement: AskedSimple = { kind: 'judgement', ...stem };
const single: AskedSimple = { kind: 'single', ...stem, options };
const multiple: AskedSimple = { kind: 'multiple', ...stem, options };
const fill: AskedSimple = { kind: 'fill', ...stem, blanks: 2 };
const kase: AskedCase = { kind: 'case', ...stem, parts: [single, multiple, fill] };

describe('choose', () => {
  it.each([
    ['judgement right', judgement, null, 'A', true],
    ['judgement wrong', judgement, true, 'B', false],
    ['single exchanges', single, 'A', 'C', 'C'],
    ['multiple adds in the order shown', multiple, ['C'], 'A', ['A', 'C']],
    ['multiple takes away', multiple, ['A', 'C'], 'A', ['C']],
    ['multiple with nothing left is no answer', multiple, ['C'], 'C', null],
  ] as const)('%s', (_name, question, before, key, after) => {
    expect(choose(question, before, key)).toEqual(after);
  });
});

describe('fillBlank', () => {
  it('writes one blank and keeps the others', () => {
    expect(fillBlank(fill, ['甲', ''], 1, '乙')).toEqual(['甲', '乙']);
    expect(fillBlank(fill, null, 1, '乙')).toEqual(['', '乙']);
  });
  it('is no answer when only spaces are left', () => {
    expect(fillBlank(fill, ['甲', ''], 0, ' ')).toBeNull();
  });
});

describe('answeredOf', () => {
  it.each<[string, AskedQuestion, Parameters<typeof answeredOf>[1], string]>([
    ['wrong is an answer too', judgement, false, 'whole'],
    ['no answer', judgement, null, 'open'],
    ['a chosen key', single, 'B', 'whole'],
    ['an empty list', multiple, [], 'open'],
    ['one blank of two', fill, ['甲', ''], 'part'],
    ['spaces only', fill, ['  ', ''], 'open'],
    ['both blanks', fill, ['甲', '乙'], 'whole'],
    ['a case without answers', kase, [null, null, null], 'open'],
    ['a case never touched', kase, null, 'open'],
    ['a case in the middle', kase, ['A', null, null], 'part'],
    ['a case all done', kase, ['A', ['B'], ['甲', '乙']], 'whole'],
  ])('%s', (_name, question, answer, expected) => {
    expect(answeredOf(question, answer)).toBe(expected);
  });
});

describe('answers fit what the server asks for', () => {
  it('a case answered part by part', () => {
    let answer = withPart(kase, null, 1, choose(multiple, null, 'B'));
    expect(answerFits(kase, answer)).toBe(true);
    answer = withPart(kase, answer, 2, fillBlank(fill, partAnswersOf(kase, answer)[2] ?? null, 0, '甲'));
    expect(answer).toEqual([null, ['B'], ['甲', '']]);
    expect(answerFits(kase, answer)).toBe(true);
  });
});
