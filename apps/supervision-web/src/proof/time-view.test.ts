import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followTo, instantAt, percentAt, placeSpan, ticksOf, zoomTo } from './time-view.ts';

const view = { fromMs: 1_000, toMs: 11_000 };
const MINUTE = 60_000;

describe('a window on the time line', () => {
  it('places instants in percent and finds them again', () => {
    expect(percentAt(view, 6_000)).toBe(50);
    expect(instantAt(view, 0.25)).toBe(3_500);
    expect(instantAt(view, 7)).toBe(11_000);
    expect(percentAt({ fromMs: 5, toMs: 5 }, 5)).toBe(0);
  });

  it('cuts spans at its ends and leaves out what lies beside it', () => {
    expect(placeSpan(view, { fromMs: 0, toMs: 2_000 })).toEqual({ leftPercent: 0, widthPercent: 10 });
    expect(placeSpan(view, { fromMs: 10_000, toMs: 20_000 })).toEqual({ leftPercent: 90, widthPercent: 10 });
    expect(placeSpan(view, { fromMs: 12_000, toMs: 20_000 })).toBeNull();
    expect(placeSpan(view, { fromMs: 0, toMs: 1_000 })).toBeNull();
  });

  it('never draws outside, whatever the span', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 50_000 }), fc.nat(60_000), (fromMs, length) => {
        const placed = placeSpan(view, { fromMs, toMs: fromMs + length });
        if (!placed) return;
        expect(placed.leftPercent).toBeGreaterThanOrEqual(0);
        expect(placed.leftPercent + placed.widthPercent).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });
});

describe('ticks', () => {
  it('stand at round times, free of each other and of the ends', () => {
    const half = { fromMs: 42 * MINUTE + 6_000, toMs: 73 * MINUTE + 46_000 };
    const { major, minor } = ticksOf(half, 960);
    expect(major.length).toBeGreaterThan(3);
    expect(major.every((at) => at % (5 * MINUTE) === 0)).toBe(true);
    expect(minor.every((at) => at % MINUTE === 0)).toBe(true);
    const clear = ((half.toMs - half.fromMs) * 72) / 960;
    expect(Math.min(...major) - half.fromMs).toBeGreaterThanOrEqual(clear);
  });

  it('are fewer on a telephone and never none of a kind forever', () => {
    const hour = { fromMs: 0, toMs: 60 * MINUTE };
    expect(ticksOf(hour, 300).major.length).toBeLessThan(ticksOf(hour, 1200).major.length);
    expect(ticksOf({ fromMs: 0, toMs: 0 }, 300)).toEqual({ major: [], minor: [] });
  });
});

describe('zoom', () => {
  const whole = { fromMs: 0, toMs: 40 * MINUTE };

  it('keeps the window inside the whole', () => {
    expect(zoomTo(whole, MINUTE, 15 * MINUTE)).toEqual({ fromMs: 0, toMs: 15 * MINUTE });
    expect(zoomTo(whole, 39 * MINUTE, 5 * MINUTE)).toEqual({ fromMs: 35 * MINUTE, toMs: 40 * MINUTE });
    expect(zoomTo(whole, 20 * MINUTE, null)).toBe(whole);
    expect(zoomTo({ fromMs: 0, toMs: MINUTE }, 0, 5 * MINUTE)).toEqual({ fromMs: 0, toMs: MINUTE });
  });

  it('follows the cursor out of the window and not within', () => {
    const window = { fromMs: 10 * MINUTE, toMs: 20 * MINUTE };
    expect(followTo(whole, window, 15 * MINUTE)).toBe(window);
    const later = followTo(whole, window, 22 * MINUTE);
    expect(later.fromMs).toBeGreaterThan(window.fromMs);
    expect(later.toMs).toBeGreaterThan(22 * MINUTE);
    expect(followTo(whole, window, 40 * MINUTE).toMs).toBe(40 * MINUTE);
  });
});
