import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeThumbs } from './place-thumbs.ts';

const thumb = (key: number, leftPercent: number, weighty = false) => ({ key, leftPercent, weighty });
const wide = { plotPx: 1000, thumbPx: 48, wordsPx: 72 };

describe('small pictures under their moments', () => {
  it('stand centred under their moment with words where there is room', () => {
    expect(placeThumbs([thumb(1, 20), thumb(2, 60)], wide)).toEqual([
      { key: 1, leftPx: 176, worded: true },
      { key: 2, leftPx: 576, worded: true },
    ]);
  });

  it('stay inside the plot at both ends', () => {
    expect(placeThumbs([thumb(1, 0), thumb(2, 100)], wide).map((one) => one.leftPx)).toEqual([0, 880]);
  });

  it('move apart when their moments are close', () => {
    const [first, second] = placeThumbs([thumb(1, 50), thumb(2, 51)], wide);
    expect((second?.leftPx ?? 0) - (first?.leftPx ?? 0)).toBe(124);
  });

  it('lose the words of ordinary ones first, then all words', () => {
    const seven = Array.from({ length: 7 }, (_, key) => thumb(key, key * 15, key === 3));
    expect(placeThumbs(seven, { ...wide, plotPx: 864 }).every((one) => one.worded)).toBe(true);
    expect(
      placeThumbs(seven, { ...wide, plotPx: 863 })
        .filter((one) => one.worded)
        .map((one) => one.key),
    ).toEqual([3]);
    expect(placeThumbs(seven, { ...wide, plotPx: 431 }).filter((one) => one.worded)).toEqual([]);
  });

  it('leave out ordinary ones when not even the pictures fit, never those that must be seen', () => {
    const many = Array.from({ length: 12 }, (_, key) => thumb(key, key * 9, key >= 10));
    const kept = placeThumbs(many, { ...wide, plotPx: 308 }).map((one) => one.key);
    expect(kept).toHaveLength(6);
    expect(kept).toEqual(expect.arrayContaining([10, 11]));
  });

  it('never overlap, never leave the plot, never change the order of time', () => {
    const any = fc.array(
      fc.record({ leftPercent: fc.double({ min: 0, max: 100, noNaN: true }), weighty: fc.boolean() }),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(any, fc.integer({ min: 60, max: 1400 }), fc.constantFrom(0, 72), (list, plotPx, wordsPx) => {
        const thumbs = list.map((one, key) => ({ ...one, key }));
        const placed = placeThumbs(thumbs, { plotPx, thumbPx: 48, wordsPx });
        let free = 0;
        let before = -1;
        for (const one of placed) {
          expect(one.leftPx).toBeGreaterThanOrEqual(free - 1e-6);
          free = one.leftPx + 48 + (one.worded ? wordsPx : 0) + 4;
          const at = thumbs[one.key]?.leftPercent ?? 0;
          expect(at).toBeGreaterThanOrEqual(before);
          before = at;
        }
        expect(free - 4).toBeLessThanOrEqual(plotPx + 1e-6);
      }),
    );
  });
});
