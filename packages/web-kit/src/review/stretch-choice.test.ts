import { describe, expect, it } from 'vitest';
import {
  commonStretches,
  effectOfVoid,
  longestOpenStretch,
  moveEdge,
  parseClock,
  secondsOfStretches,
  snapTo,
  tidyStretches,
} from './stretch-choice.ts';

const LESSON = 1500;

describe('choice of stretches', () => {
  it.each([
    [
      'in order',
      [
        [10, 20],
        [30, 40],
      ],
      [
        [10, 20],
        [30, 40],
      ],
    ],
    [
      'turned round',
      [
        [30, 40],
        [10, 20],
      ],
      [
        [10, 20],
        [30, 40],
      ],
    ],
    [
      'touching',
      [
        [10, 20],
        [20, 40],
      ],
      [[10, 40]],
    ],
    [
      'one second apart',
      [
        [10, 20],
        [21, 40],
      ],
      [
        [10, 20],
        [21, 40],
      ],
    ],
    [
      'one inside the other',
      [
        [10, 40],
        [15, 20],
      ],
      [[10, 40]],
    ],
    ['empty', [[10, 10]], []],
  ] as const)('tidies stretches that are %s', (_name, given, expected) => {
    expect(tidyStretches(given)).toEqual(expected);
  });

  it('keeps what both have, over several holes', () => {
    expect(
      commonStretches(
        [[0, 100]],
        [
          [10, 20],
          [40, 50],
          [90, 200],
        ],
      ),
    ).toEqual([
      [10, 20],
      [40, 50],
      [90, 100],
    ]);
    expect(commonStretches([[0, 10]], [[10, 20]])).toEqual([]);
    expect(commonStretches([[0, 11]], [[10, 20]])).toEqual([[10, 11]]);
  });

  it('counts what is chosen twice once', () => {
    expect(
      secondsOfStretches([
        [0, 60],
        [30, 90],
      ]),
    ).toBe(90);
    expect(secondsOfStretches([])).toBe(0);
  });
});

describe('what follows from a void', () => {
  const counted = [
    [0, 600],
    [900, 1500],
  ] as const;
  it.each([
    ['nothing chosen', [], 0, 1200],
    ['only what never counted', [[600, 900]], 0, 1200],
    ['one second over the edge', [[599, 900]], 1, 1199],
    ['the hole with both edges', [[540, 960]], 120, 1080],
    [
      'the same twice',
      [
        [0, 60],
        [0, 60],
      ],
      60,
      1140,
    ],
    ['the whole lesson', [[0, 1500]], 1200, 0],
  ] as const)('%s', (_name, chosen, voidedSeconds, leftSeconds) => {
    expect(effectOfVoid(counted, chosen)).toEqual({ voidedSeconds, leftSeconds });
  });

  it('offers the longest stretch that is still open', () => {
    expect(
      longestOpenStretch(
        [
          [0, 100],
          [200, 500],
        ],
        [],
      ),
    ).toEqual([200, 500]);
    expect(
      longestOpenStretch(
        [
          [0, 100],
          [200, 500],
        ],
        [[200, 450]],
      ),
    ).toEqual([0, 100]);
    expect(
      longestOpenStretch(
        [
          [0, 100],
          [200, 300],
        ],
        [],
      ),
    ).toEqual([0, 100]);
    expect(longestOpenStretch([[0, 100]], [[0, 100]])).toBeNull();
    expect(longestOpenStretch([], [])).toBeNull();
  });
});

describe('ends of a stretch', () => {
  it.each([
    ['from', 40, [40, 100]],
    ['from', -5, [0, 100]],
    ['from', 99, [99, 100]],
    ['from', 100, [99, 100]],
    ['from', 1400, [99, 100]],
    ['to', 200, [50, 200]],
    ['to', 1500, [50, 1500]],
    ['to', 1501, [50, 1500]],
    ['to', 51, [50, 51]],
    ['to', 50, [50, 51]],
    ['to', 0, [50, 51]],
    ['to', 99.6, [50, 100]],
  ] as const)('moves %s to %d s', (edge, second, expected) => {
    expect(moveEdge([50, 100], edge, second, LESSON)).toEqual(expected);
  });

  it.each([
    [94, 94],
    [95, 100],
    [100, 100],
    [105, 100],
    [106, 106],
    [148, 150],
  ])('%d s stops at %d', (second, expected) => {
    expect(snapTo(second, [100, 150], 5)).toBe(expected);
  });

  it.each([
    ['12:35', 755],
    [' 12：35 ', 755],
    ['755', 755],
    ['1:02:05', 3725],
    ['75:00', 4500],
    ['0:59', 59],
    ['0:60', null],
    ['1:60:00', null],
    ['12.35', null],
    ['12:', null],
    ['-5', null],
    ['', null],
    ['1:2:3:4', null],
  ])('reads %j as %j', (text, seconds) => {
    expect(parseClock(text)).toBe(seconds);
  });
});
