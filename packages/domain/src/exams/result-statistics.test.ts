import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addResults,
  type CountedResult,
  meanShare,
  NO_RESULTS,
  placesOf,
  resultSums,
  scoreBin,
} from './result-statistics.ts';
import { hiddenGroups, SMALLEST_SHOWN_GROUP } from './small-groups.ts';

const result = (centipoints: number, change: Partial<CountedResult> = {}): CountedResult => ({
  exam: 'two-kinds',
  month: '2026-11',
  regionCode: '440104',
  bodyId: 'b',
  employerId: 'e',
  centipoints,
  totalCentipoints: 10_000,
  passed: centipoints >= 8_000,
  topics: [],
  ...change,
});

describe('sums of results', () => {
  it.each([
    ['nothing', 0, 10_000, 0],
    ['just under 5 %', 499, 10_000, 0],
    ['5 %', 500, 10_000, 1],
    ['just under 80 %', 7_999, 10_000, 15],
    ['80 %', 8_000, 10_000, 16],
    ['everything', 10_000, 10_000, 19],
    ['7 of 20 questions', 700, 2_000, 7],
  ])('bin of %s', (_name, points, total, bin) => expect(scoreBin(points, total)).toBe(bin));

  it.each([[-1], [10_001], [Number.NaN]])('refuses %s points of 100', (points) =>
    expect(() => resultSums(result(points))).toThrow(RangeError),
  );

  it('are the same in any order, and nothing is left when everything is taken away again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 })), (points) => {
        const each = points.map((one) => resultSums(result(one)));
        const sum = each.reduce((a, b) => addResults(a, b), NO_RESULTS);
        expect(each.toReversed().reduce((a, b) => addResults(a, b), NO_RESULTS)).toEqual(sum);
        expect(sum.candidates).toBe(points.length);
        expect(sum.bins.reduce((a, b) => a + b, 0)).toBe(points.length);
        expect(sum.passed).toBe(points.filter((one) => one >= 8_000).length);
        const mean = points.length === 0 ? null : points.reduce((a, b) => a + b, 0) / points.length / 10_000;
        expect(meanShare(sum)).toEqual(mean === null ? null : expect.closeTo(mean, 9));
        expect(each.reduce((a, b) => addResults(a, b, -1), sum)).toEqual(NO_RESULTS);
      }),
    );
  });
});

describe('places of a result', () => {
  it.each([
    ['a county of a city', '440104', ['440000', '440100', '440104']],
    ['a city without counties', '441900', ['440000', '441900']],
    ['nowhere', null, []],
  ])('%s', (_name, regionCode, regions) => {
    const places = placesOf({ regionCode, bodyId: 'b', employerId: null });
    expect(places.filter(({ kind }) => kind === 'region').map(({ place }) => place)).toEqual(regions);
    expect(places.filter(({ kind }) => kind !== 'region')).toEqual([{ kind: 'body', place: 'b' }]);
  });

  it('an employer counts for itself and with the body', () => {
    const kinds = placesOf({ regionCode: null, bodyId: 'b', employerId: 'e' });
    expect(kinds).toEqual([
      { kind: 'body', place: 'b' },
      { kind: 'employer', place: 'e' },
      { kind: 'body-employer', place: 'b/e' },
    ]);
  });
});

describe('small groups', () => {
  it.each([
    ['five are shown, four are not', [4, 5, 3], true, [true, false, true]],
    ['an empty group is no secret', [0, 9, 12], true, [false, false, false]],
    ['one that could be found out takes another with it', [4, 20, 7], true, [true, false, true]],
    ['unless the sum is not shown', [4, 20, 7], false, [true, false, false]],
    ['one alone', [4], true, [true]],
    ['nothing', [], true, []],
  ])('%s', (_name, sizes, sumIsShown, expected) => expect(hiddenGroups(sizes, sumIsShown)).toEqual(expected));

  it('no hidden group can be worked out from what is shown, and none too small is shown', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 8 }), (sizes) => {
        const hidden = hiddenGroups(sizes, true);
        const unknown = sizes.filter((_, at) => hidden[at]);
        sizes.forEach((size, at) => {
          if (!hidden[at]) expect(size === 0 || size >= SMALLEST_SHOWN_GROUP).toBe(true);
        });
        const filled = sizes.filter((size) => size > 0).length;
        if (filled > 1) expect(unknown.length).not.toBe(1);
      }),
    );
  });
});
