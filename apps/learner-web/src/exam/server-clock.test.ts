import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const T0 = Date.parse('2026-12-01T01:00:00.000Z');

describe('ServerClock', () => {
  it('takes the middle between asking and answering', () => {
    let stopwatch = 1_000;
    const clock = new ServerClock(() => stopwatch);
    stopwatch = 1_400;
    clock.hear(iso(T0), 1_000);
    expect(clock.nowMs()).toBe(T0 + 200);
    stopwatch += 5_000;
    expect(clock.nowMs()).toBe(T0 + 5_200);
  });

  it('is set anew when the stopwatch stood still while the device slept', () => {
    let stopwatch = 0;
    const clock = new ServerClock(() => stopwatch);
    clock.hear(iso(T0), 0);
    stopwatch = 2_000; // ten minutes went by
    clock.hear(iso(T0 + 600_000), 2_000);
    expect(clock.nowMs()).toBe(T0 + 600_000);
  });

  it('lets any answer replace an estimate', () => {
    const clock = new ServerClock(() => 50);
    expect(clock.known).toBe(false);
    clock.assume(T0 - 3_600_000);
    expect(clock.nowMs()).toBe(T0 - 3_600_000);
    clock.hear(iso(T0), 50);
    expect(clock.nowMs()).toBe(T0);
  });

  it('is never further off than half the quickest answer, however slow the others are', () => {
    const answer = fc.record({ there: fc.nat(5_000), back: fc.nat(5_000), pause: fc.nat(60_000) });
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 20 }), (answers) => {
        let stopwatch = 0;
        const clock = new ServerClock(() => stopwatch);
        for (const { there, back, pause } of answers) {
          stopwatch += pause;
          const asked = stopwatch;
          const now = iso(T0 + stopwatch + there);
          stopwatch += there + back;
          clock.hear(now, asked);
        }
        const quickest = Math.min(...answers.map(({ there, back }) => there + back));
        expect(Math.abs(clock.nowMs() - (T0 + stopwatch))).toBeLessThanOrEqual(quickest / 2 + 1);
      }),
    );
  });
});
