import { describe, expect, it, test } from 'vitest';
import { findQuestionProblems } from './question-problems.ts';
import type { FillQuestion, MultipleQuestion, OptionKey, Question, QuestionFacts, SingleQuestion } from './question.ts';
import { optionKeys } from './question.ts';

const facts: QuestionFacts = {
  scheme: 'road-transport',
  topicId: 'topic',
  posts: ['客运驾驶员'],
  difficulty: 1,
  clause: '道路交通安全法第四十二条',
  explanation: '限速标志标明的是最高时速。',
  validFrom: '2024-01-01',
  validUntil: '2026-12-31',
  exclusionGroup: null,
};
const options = (...texts: string[]) =>
  texts.map((text, at) => ({ key: optionKeys[at] as OptionKey, text, file: null }));
const single: SingleQuestion = {
  kind: 'single',
  stem: '雨天行车应当怎样做？',
  files: [],
  options: options('减速', '加速'),
  answer: 'A',
};
const multiple: MultipleQuestion = {
  ...single,
  kind: 'multiple',
  options: options('减速', '开灯', '加速'),
  answer: ['A', 'B'],
};
const fill: FillQuestion = { kind: 'fill', stem: '最高时速____公里。', files: [], accepted: [['60', '六十']] };
const picture = { fileId: 'f', kind: 'picture', alt: '' } as const;

const codes = (question: Question, changes: Partial<QuestionFacts> = {}): string[] =>
  findQuestionProblems(question, { ...facts, ...changes }).map(({ code }) => code);

const long = (length: number): string => '字'.repeat(length);

describe('findQuestionProblems', () => {
  it.each<[string, Question]>([
    ['a judgement', { kind: 'judgement', stem: '雨天应当减速。', files: [], answer: true }],
    ['a single choice', single],
    ['a multiple choice', multiple],
    ['a fill-in', fill],
    ['a case', { kind: 'case', stem: '客车爆胎。', files: [], parts: [single, fill] }],
    [
      'options that are pictures',
      {
        ...single,
        options: options('', '').map((one, at) => ({ ...one, file: { ...picture, fileId: String(at), alt: '标志' } })),
      },
    ],
  ])('finds nothing wrong with %s', (_, question) => {
    expect(codes(question)).toEqual([]);
  });

  it.each<[string, Question, string[]]>([
    ['an empty stem', { ...single, stem: '  ' }, ['stem-empty']],
    ['a stem of 2,000 characters', { ...single, stem: long(2000) }, []],
    ['a stem of 2,001 characters', { ...single, stem: long(2001) }, ['stem-too-long']],
    [
      'five pictures',
      { ...single, files: Array.from({ length: 5 }, () => ({ ...picture, alt: '图' })) },
      ['files-too-many'],
    ],
    ['a picture without words', { ...single, files: [picture] }, ['alt-missing']],
    ['one option', { ...single, options: options('减速') }, ['options-too-few']],
    ['eight options', { ...single, options: options('1', '2', '3', '4', '5', '6', '7', '8') }, []],
    [
      'nine options',
      { ...single, options: [...options('1', '2', '3', '4', '5', '6', '7', '8'), { key: 'H', text: '9', file: null }] },
      ['options-too-many'],
    ],
    [
      'a gap in the keys',
      { ...single, options: options('减速', '加速').map((one, at) => ({ ...one, key: at === 0 ? 'A' : 'C' })) },
      ['option-keys'],
    ],
    ['an empty option', { ...single, options: options('减速', ' ') }, ['option-empty']],
    ['an option of 500 characters', { ...single, options: options('减速', long(500)) }, []],
    ['an option of 501 characters', { ...single, options: options('减速', long(501)) }, ['option-too-long']],
    ['two options that differ in a space', { ...single, options: options('减 速', '减速') }, ['options-alike']],
    ['an answer that is no option', { ...single, answer: 'C' }, ['answer-not-an-option']],
    ['one right option of a multiple choice', { ...multiple, answer: ['A'] }, ['answer-too-few']],
    ['the same right option twice', { ...multiple, answer: ['A', 'A'] }, ['answer-too-few', 'answer-order']],
    ['right options out of order', { ...multiple, answer: ['B', 'A'] }, ['answer-order']],
    ['no blank', { ...fill, stem: '最高时速多少公里。' }, ['blanks-missing']],
    ['three underscores', { ...fill, stem: '最高时速___公里。' }, ['blanks-missing']],
    ['a blank without an answer', { ...fill, stem: '从____到____。' }, ['blanks-mismatch']],
    ['an answer without wording', { ...fill, accepted: [[]] }, ['accepted-empty']],
    ['an empty wording', { ...fill, accepted: [['60', ' ']] }, ['accepted-empty']],
    ['a wording twice', { ...fill, accepted: [['a', 'A ']] }, ['accepted-alike']],
    ['a case without questions', { kind: 'case', stem: '客车爆胎。', files: [], parts: [] }, ['parts-missing']],
    [
      'eleven parts',
      { kind: 'case', stem: '客车爆胎。', files: [], parts: Array.from({ length: 11 }, () => single) },
      ['parts-too-many'],
    ],
  ])('%s', (_, question, expected) => {
    expect(codes(question)).toEqual(expected);
  });

  it.each<[string, Partial<QuestionFacts>, string[]]>([
    ['no clause', { clause: ' ' }, ['clause-missing']],
    ['no explanation', { explanation: '' }, ['explanation-missing']],
    ['a day that is none', { validFrom: '2024-02-30' }, ['valid-from-wrong']],
    ['an end that is no day', { validUntil: '2024/03/01' }, ['valid-until-wrong']],
    ['valid for one day', { validFrom: '2024-03-01', validUntil: '2024-03-01' }, []],
    ['an end before the beginning', { validFrom: '2024-03-02', validUntil: '2024-03-01' }, ['valid-until-before']],
    ['a post twice', { posts: ['客运', '客运'] }, ['posts-wrong']],
    ['a post without a name', { posts: [''] }, ['posts-wrong']],
    ['a group without a name', { exclusionGroup: '' }, ['group-wrong']],
  ])('%s', (_, changes, expected) => {
    expect(codes(single, changes)).toEqual(expected);
  });

  test('what a draft may lack stops its review, everything else stops saving', () => {
    const question = { ...single, files: [picture], answer: 'D' } as const;
    const found = findQuestionProblems(question, { ...facts, clause: '', explanation: '' });
    expect(found.map(({ code, stops }) => [code, stops])).toEqual([
      ['alt-missing', 'review'],
      ['answer-not-an-option', 'saving'],
      ['clause-missing', 'review'],
      ['explanation-missing', 'review'],
    ]);
  });

  test('a problem of a part says which part, in both languages, with its details filled in', () => {
    const question: Question = {
      kind: 'case',
      stem: '客车爆胎。',
      files: [],
      parts: [single, { ...single, answer: 'D' }],
    };
    expect(findQuestionProblems(question, facts)).toEqual([
      {
        code: 'answer-not-an-option',
        stops: 'saving',
        field: 'answer',
        part: 1,
        zh: '第 2 小题：正确答案 D 不在选项中。',
        en: 'Question 2: The right answer D is not among the options.',
      },
    ]);
  });
});
