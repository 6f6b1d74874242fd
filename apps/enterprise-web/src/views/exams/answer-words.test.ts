import { describe, expect, it } from 'vitest';
import { answerLines } from './answer-words.ts';

const words = { isTrue: '正确', isFalse: '错误', none: '没有作答', join: '；' };
const option = (key: 'A' | 'B' | 'C', text: string) => ({ key, text, file: null });
const multiple = {
  kind: 'multiple' as const,
  stem: '哪些情况应当减速？',
  files: [],
  options: [option('A', '雨天'), option('B', '学校门口'), option('C', '')],
};
const judgement = { kind: 'judgement' as const, stem: '雨天应当减速。', files: [] };
const fill = { kind: 'fill' as const, stem: '限速 __ 公里，保持 __ 米。', files: [], blanks: 2 };

describe('an answer in words', () => {
  it.each([
    ['options with their texts', multiple, ['A', 'B'], ['A 雨天', 'B 学校门口']],
    ['an option that is a picture', multiple, ['C'], ['C']],
    ['nothing chosen', multiple, [], ['没有作答']],
    ['right', judgement, true, ['正确']],
    ['wrong', judgement, false, ['错误']],
    ['left out', judgement, null, ['没有作答']],
    ['blanks', fill, ['30', '50'], ['30', '50']],
  ])('%s', (_name, question, given, expected) => {
    expect(answerLines(question, given, words)).toEqual(expected);
  });

  it('says each part of a case on a line, also those that were left', () => {
    const question = { kind: 'case' as const, stem: '一辆大客车……', files: [], parts: [judgement, multiple] };
    expect(answerLines(question, [true, ['A', 'C']], words)).toEqual(['1. 正确', '2. A 雨天；C']);
    expect(answerLines(question, null, words)).toEqual(['1. 没有作答', '2. 没有作答']);
  });
});
