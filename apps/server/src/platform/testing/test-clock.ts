import type { Clock } from '../clock.ts';

export type TestClock = Clock & {
  /** Moves the clock on. */
  advance(ms: number): void;
  /** Sets the clock. */
  set(instant: string | Date): void;
};

/** A clock that stands until it is moved. */
export function fixedClock(instant: string | Date = '2026-11-21T08:00:00.000Z'): TestClock {
  let ms = new Date(instant).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${String(instant)}`);
  return {
    now: () => new Date(ms),
    nowMs: () => ms,
    advance: (byMs) => {
      ms += byMs;
    },
    set: (next) => {
      ms = new Date(next).getTime();
    },
  };
}
