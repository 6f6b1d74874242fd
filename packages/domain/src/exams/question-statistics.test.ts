import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Question } from './question.ts';
import {
  addMoments,
  choiceCounts,
  type MarkedAnswer,
  momentsOf,
  NO_MOMENTS,
  type QuestionMoments,
  statisticsOf,
} from './question-statistics.ts';

const question: Question = {
  kind: 'single',
  stem: '题',
  files: [],
  options: [
    { key: 'A', text: '甲', file: null },
    { key: 'B', text: '乙', file: null },
    { key: 'C', text: '丙', file: null },
  ],
  answer: 'A',
};
const sum = (answers: readonly MarkedAnswer[]): QuestionMoments =>
  answers.map(momentsOf).reduce(addMoments, NO_MOMENTS);
const marked = (score: number, restScore: number | null): MarkedAnswer => ({ question, answer: 'A', score, restScore });

/** Pearson's coefficient as the textbook writes it, over deviations from the means. */
function pearson(pairs: readonly (readonly [number, number])[]): number {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  const part = (f: (dx: number, dy: number) => number) => pairs.reduce((all, [x, y]) => all + f(x - mx, y - my), 0);
  return part((dx, dy) => dx * dy) / Math.sqrt(part((dx) => dx * dx) * part((_, dy) => dy * dy));
}

describe('statistics of a question', () => {
  test('nobody answered: nothing is said', () => {
    expect(statisticsOf(NO_MOMENTS)).toEqual({ answered: 0, right: 0, pValue: null, discrimination: null });
  });

  it.each<[string, MarkedAnswer[], number | null, number | null]>([
    ['one answer', [marked(1, 0.5)], 1, null],
    ['half points count half', [marked(1, null), marked(0.5, null)], 0.75, null],
    ['the good ones know it', [marked(1, 1), marked(0, 0)], 0.5, 1],
    ['only the weak ones know it', [marked(1, 0), marked(0, 1)], 0.5, -1],
    ['everybody knows it', [marked(1, 0.2), marked(1, 0.9)], 1, null],
    ['everybody is as good as the others', [marked(1, 0.7), marked(0, 0.7)], 0.5, null],
    ['asked alone', [marked(1, null), marked(0, null)], 0.5, null],
  ])('%s', (_, answers, pValue, discrimination) => {
    expect(statisticsOf(sum(answers))).toMatchObject({ pValue, discrimination });
  });

  const pairs = fc.array(fc.tuple(fc.constantFrom(0, 0.5, 1), fc.integer({ min: 0, max: 1000 })), {
    minLength: 2,
    maxLength: 200,
  });
  test('discrimination is Pearson’s coefficient of the attempts', () => {
    fc.assert(
      fc.property(pairs, (scores) => {
        const found = statisticsOf(sum(scores.map(([x, y]) => marked(x, y / 1000)))).discrimination;
        const expected = pearson(scores.map(([x, y]) => [x * 1000, y]));
        if (found === null)
          expect(
            Number.isNaN(expected) ||
              new Set(scores.map(([x]) => x)).size === 1 ||
              new Set(scores.map(([, y]) => y)).size === 1,
          ).toBe(true);
        else expect(found).toBeCloseTo(expected, 9);
      }),
    );
  });

  test('sums do not depend on the order or the grouping of attempts', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 200 }), (scores, cut) => {
        const answers = scores.map(([x, y]) => marked(x, y / 1000));
        const grouped = addMoments(sum(answers.slice(cut)), sum(answers.slice(0, cut)));
        expect(grouped).toEqual(sum(answers));
      }),
    );
  });

  test('a million equal attempts have no spread', () => {
    const million = {
      ...sum([marked(1, 0.333)]),
      answered: 1e6,
      paired: 1e6,
      sumX: 1e9,
      sumY: 333e6,
      sumXX: 1e12,
      sumYY: 333 * 333 * 1e6,
      sumXY: 333e9,
    };
    expect(statisticsOf(million).discrimination).toBeNull();
  });

  test('a score outside 0 to 1 is a mistake', () => {
    expect(() => momentsOf(marked(1.01, null))).toThrow(RangeError);
    expect(() => momentsOf(marked(Number.NaN, null))).toThrow(RangeError);
  });

  test('choices are counted by part, in the keys of the question', () => {
    const whole: Question = {
      kind: 'case',
      stem: '案例',
      files: [],
      parts: [
        { ...question, kind: 'multiple', answer: ['A', 'B'] },
        { kind: 'judgement', stem: '对', files: [], answer: true },
        { kind: 'fill', stem: '____', files: [], accepted: [['A']] },
      ],
    };
    const answers = [
      [['A', 'C'], false, ['A']],
      [['A'], null, [' ']],
      [[], true, null],
    ] as const;
    const { choices } = sum(answers.map((answer) => ({ question: whole, answer, score: 0, restScore: null })));
    const shown = choiceCounts(whole, choices).map(({ part, choice, count }) => `${part} ${choice} ${count}`);
    expect(shown).toEqual([
      '0 A 2',
      '0 B 0',
      '0 C 1',
      '0 none 1',
      '1 true 1',
      '1 false 1',
      '1 none 1',
      '2 given 1',
      '2 none 2',
    ]);
  });
});
