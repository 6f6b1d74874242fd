import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  findSimilarPairs,
  findSimilarTo,
  NEAR_IDENTICAL,
  questionStemKey,
  shinglesOf,
  stemKeyOf,
  stemSimilarity,
} from './similar-stems.ts';

const likeness = (a: string, b: string): number => stemSimilarity(shinglesOf(stemKeyOf(a)), shinglesOf(stemKeyOf(b)));

describe('near-identical stems', () => {
  test('spaces, punctuation, blanks, width and case do not count', () => {
    expect(stemKeyOf(' 车速 不得超过 ____ ｋｍ／ｈ（ ）。')).toBe('车速不得超过kmh');
    expect(likeness('ＡＢＳ的作用是什么？', 'abs 的作用是什么（ ）')).toBe(1);
  });

  it.each([
    [
      'another number',
      '高速公路上小客车最高车速不得超过每小时120公里',
      '高速公路上小客车最高车速不得超过每小时110公里',
      true,
    ],
    [
      'one more word',
      '夜间会车应当在距相对方向来车150米以外改用近光灯',
      '夜间会车时应当在距相对方向来车150米以外改用近光灯',
      true,
    ],
    ['a statement turned into its opposite', '雨天行车可以紧急制动', '雨天行车不可以紧急制动', true],
    [
      'the same beginning',
      '驾驶人在雨天行车时应当降低车速并保持车距',
      '驾驶人在夜间会车时应当改用近光灯并注意行人',
      false,
    ],
    ['another subject', '灭火器应当多久检查一次', '危险货物车辆应当悬挂什么标志', false],
  ])('%s', (_, a, b, isAlike) => {
    expect(likeness(a, b) >= NEAR_IDENTICAL).toBe(isAlike);
  });

  test('a case is compared with the stems of its parts', () => {
    const part = { kind: 'judgement', stem: '应当停车。', files: [], answer: true } as const;
    expect(questionStemKey({ kind: 'case', stem: '客车爆胎。', files: [], parts: [part] })).toBe('客车爆胎应当停车');
  });

  const stems = fc.array(fc.string({ unit: fc.constantFrom(...'雨天行车减速灯光'), maxLength: 12 }), { maxLength: 40 });
  test('the index finds exactly the pairs that comparing all with all finds', () => {
    fc.assert(
      fc.property(stems, fc.constantFrom(0.4, 0.6, 0.8, 1), (keys, threshold) => {
        const items = keys.map((stemKey, index) => ({ id: `q${index}`, stemKey }));
        const expected = new Set<string>();
        for (const [at, a] of items.entries()) {
          for (const b of items.slice(at + 1)) {
            if (stemSimilarity(shinglesOf(a.stemKey), shinglesOf(b.stemKey)) >= threshold)
              expected.add([a.id, b.id].sort().join(' '));
          }
        }
        const found = findSimilarPairs(items, threshold).map(({ a, b }) => [a, b].sort().join(' '));
        expect(found.length).toBe(expected.size);
        expect(new Set(found)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('one stem finds the same as the pairs it is in, most alike first', () => {
    const items = ['雨天行车应当减速', '雨天行车应当减速慢行', '雨天行车应该减速', '灭火器多久检查一次'].map(
      (text, index) => ({
        id: `q${index}`,
        stemKey: stemKeyOf(text),
      }),
    );
    expect(findSimilarTo(stemKeyOf('雨天行车应当减速！'), items).map(({ id }) => id)).toEqual(['q0', 'q1']);
    expect(findSimilarPairs(items)).toEqual([{ a: 'q0', b: 'q1', similarity: 7 / 9 }]);
  });
});
