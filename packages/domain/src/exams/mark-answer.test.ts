import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerFits,
  askQuestion,
  movableOptionCounts,
  rightAnswerOf,
  rightAsShown,
  toOriginalAnswer,
} from './ask-question.ts';
import { isRight, markAnswer } from './mark-answer.ts';
import type { Answer, OptionKey, Question } from './question.ts';
import { seededRandom, shuffled } from './seeded-random.ts';
import { anyQuestion } from './testing/random-questions.ts';

const stem = { stem: '行车前应检查____和____。', files: [] };
const options = (['A', 'B', 'C', 'D'] as const).map((key) => ({ key, text: key, file: null }));
const judgement: Question = { kind: 'judgement', ...stem, answer: false };
const single: Question = { kind: 'single', ...stem, options, answer: 'B' };
const multiple: Question = { kind: 'multiple', ...stem, options, answer: ['A', 'C', 'D'] };
const fill: Question = { kind: 'fill', ...stem, accepted: [['制动', '刹车'], ['ABS']] };
const inCase: Question = { kind: 'case', ...stem, parts: [judgement, single, multiple] };

describe('Marking', () => {
  it.each<[string, Question, Answer, number, number]>([
    ['judgement right', judgement, false, 200, 200],
    ['judgement wrong', judgement, true, 0, 0],
    ['not answered', judgement, null, 0, 0],
    ['single right', single, 'B', 200, 200],
    ['single wrong', single, 'C', 0, 0],
    ['all of several', multiple, ['D', 'A', 'C'], 200, 200],
    ['some of several', multiple, ['A', 'C'], 0, 100],
    ['none of several', multiple, [], 0, 0],
    ['one wrong among several', multiple, ['A', 'B', 'C', 'D'], 0, 0],
    ['both blanks, other width and case', fill, ['刹 车', 'ａｂｓ。'], 200, 200],
    ['one blank', fill, ['制动', '轮胎'], 100, 100],
    ['blanks left empty', fill, ['', ''], 0, 0],
    ['case: 67, 67 and 66 of 200', inCase, [false, 'A', ['A', 'C', 'D']], 133, 133],
    ['case: half of the last part', inCase, [null, 'B', ['A']], 67, 100],
    ['a text where keys are wanted', single, ['B'], 0, 0],
  ])('%s', (_, question, answer, strict, lenient) => {
    expect(markAnswer(question, answer, 200, 'all-or-nothing')).toBe(strict);
    expect(markAnswer(question, answer, 200, 'half-for-some')).toBe(lenient);
  });

  it('gives everything for what is right and never more', () => {
    fc.assert(
      fc.property(anyQuestion, fc.integer({ min: 1, max: 10_000 }), fc.anything(), (question, worth, anything) => {
        expect(markAnswer(question, rightAnswerOf(question), worth, 'all-or-nothing')).toBe(worth);
        const given = markAnswer(question, anything as Answer, worth, 'half-for-some');
        expect(given).toBeGreaterThanOrEqual(0);
        expect(given).toBeLessThanOrEqual(worth);
        expect(markAnswer(question, anything as Answer, worth, 'all-or-nothing')).toBeLessThanOrEqual(given);
      }),
      { numRuns: 3_000, examples: [] },
    );
  });
});

describe('Asking in another order', () => {
  const ordersOf = (question: Question, seed: string): OptionKey[][] => {
    const random = seededRandom(seed);
    return movableOptionCounts(question).map((count) =>
      shuffled((['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const).slice(0, count), random),
    );
  };

  it('changes nothing about what is right', () => {
    fc.assert(
      fc.property(anyQuestion, fc.string(), (question, seed) => {
        const orders = ordersOf(question, seed);
        const shown = rightAsShown(question, orders);
        expect(answerFits(askQuestion(question, orders), shown)).toBe(true);
        expect(isRight(question, toOriginalAnswer(question, orders, shown))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('shows the text that belongs to a key', () => {
    const asked = askQuestion(single, [['C', 'B', 'A', 'D']]);
    expect(asked.kind === 'single' && asked.options.map(({ key, text }) => key + text)).toEqual([
      'AC',
      'BB',
      'CA',
      'DD',
    ]);
    expect(toOriginalAnswer(single, [['C', 'B', 'A', 'D']], 'A')).toBe('C');
  });

  it('tells nothing about what is right', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        expect(JSON.stringify(askQuestion(question, []))).not.toMatch(/"(answer|accepted)"/);
      }),
    );
  });

  it.each([
    ['以上都对', 0],
    ['A和B', 0],
    ['上述三项', 0],
    ['A、C', 0],
    ['检查 A 柱', 4],
    ['ABS 失效', 4],
  ])('options that speak of others keep their place: %s', (text, count) => {
    const last = [...options.slice(0, 3), { key: 'D' as const, text, file: null }];
    expect(movableOptionCounts({ ...single, options: last })).toEqual([count]);
  });

  it.each<[string, Question, unknown, boolean]>([
    ['a key that is not shown', single, 'E', false],
    ['a key twice', multiple, ['A', 'A'], false],
    ['one text for two blanks', fill, ['a'], false],
    ['a part too few', inCase, [true, 'A'], false],
    ['a case left open', inCase, null, true],
    ['a part left open', inCase, [null, 'A', null], true],
  ])('an answer fits its question or not: %s', (_, question, given, fitsIt) => {
    expect(answerFits(askQuestion(question, []), given as Answer)).toBe(fitsIt);
  });
});
