import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examLimitsOf, examRuleSets } from './exam-rules.ts';
import { askedPicture, missingPictures, pictureMoments } from './picture-moments.ts';

const limits = { snapshotGapSeconds: 600, snapshotWaitSeconds: 90 };
const HOUR_MS = 3_600_000;
const uniform = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 40,
  maxLength: 40,
});
const drawOf =
  (numbers: readonly number[]) =>
  (index: number): number =>
    numbers[index % numbers.length] ?? 0;

describe('Moments of pictures', () => {
  it('are never further apart than the rules allow', () => {
    fc.assert(
      fc.property(uniform, fc.integer({ min: 1, max: 3 * HOUR_MS }), (numbers, lastsMs) => {
        const moments = pictureMoments({ startedAtMs: 0, untilMs: lastsMs }, limits, drawOf(numbers));
        const gaps = [...moments, lastsMs].map((atMs, at) => atMs - (moments[at - 1] ?? 0));
        for (const gap of gaps) expect(gap).toBeLessThanOrEqual(600_000);
        expect(moments.every((atMs) => atMs < lastsMs)).toBe(true);
      }),
    );
  });

  it('of a longer sitting begin with those of a shorter one', () => {
    fc.assert(
      fc.property(uniform, fc.integer({ min: 1, max: HOUR_MS }), (numbers, lastsMs) => {
        const short = pictureMoments({ startedAtMs: 0, untilMs: lastsMs }, limits, drawOf(numbers));
        const long = pictureMoments({ startedAtMs: 0, untilMs: 2 * HOUR_MS }, limits, drawOf(numbers));
        expect(long.slice(0, short.length)).toEqual(short);
      }),
    );
  });

  it('show one picture at least within four minutes, and another may follow after any of them', () => {
    expect(pictureMoments({ startedAtMs: 0, untilMs: 240_000 }, limits, () => 0.999)).toHaveLength(1);
    expect(pictureMoments({ startedAtMs: 0, untilMs: 31_000 }, limits, () => 0)).toEqual([30_000]);
    expect(pictureMoments({ startedAtMs: 0, untilMs: 181_000 }, limits, () => 0)).toEqual([30_000, 180_000]);
  });

  it('are none where the rules want none', () => {
    const none = { snapshotGapSeconds: null, snapshotWaitSeconds: 90 };
    expect(pictureMoments({ startedAtMs: 0, untilMs: HOUR_MS }, none, () => 0)).toEqual([]);
  });

  it('leave each picture its time before the next one, in every rule set', () => {
    for (const { snapshotGapSeconds, snapshotWaitSeconds } of examRuleSets.map(examLimitsOf)) {
      if (snapshotGapSeconds !== null) expect(snapshotWaitSeconds).toBeLessThan(snapshotGapSeconds / 4);
    }
  });
});

describe('A picture', () => {
  const moments = [100_000, 400_000];
  it.each([
    [-1, null],
    [0, 0],
    [90_000, 0],
    [90_001, null],
    [300_000, 1],
  ])('%i ms after the first was due, asked is %j', (afterMs, asked) => {
    expect(askedPicture(moments, 0, 100_000 + afterMs, limits)).toBe(asked);
  });

  it('that was taken is not asked for again', () => {
    expect(askedPicture(moments, 1, 110_000, limits)).toBeNull();
    expect(askedPicture(moments, 1, 400_000, limits)).toBe(1);
  });

  it.each([
    ['not missing', 90_000, []],
    ['missing', 90_001, [0]],
  ])('is %s, %i ms after the picture was due', (_, afterMs, missing) => {
    expect(missingPictures(moments, 0, 100_000 + afterMs, limits)).toEqual(missing);
  });

  it('is missing once: what is settled is not told again', () => {
    expect(missingPictures(moments, 0, HOUR_MS, limits)).toEqual([0, 1]);
    expect(missingPictures(moments, 1, HOUR_MS, limits)).toEqual([1]);
    expect(missingPictures(moments, 2, HOUR_MS, limits)).toEqual([]);
  });
});
