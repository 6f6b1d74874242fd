import { generationCache } from './generation-cache.ts';

/** A player sends one request in fifteen seconds, and a few more when the learner presses buttons. */
const BURST = 40;
const PER_SECOND = 4;

type Allowance = { left: number; atMs: number; isReported: boolean };

export type FloodGuard = {
  /**
   * Takes one request of a session into account: `pass`, or too many of them; `first` once per flood, so that it leaves
   * evidence and costs nothing more.
   */
  judge(sessionId: string, nowMs: number): 'pass' | 'first' | 'more';
};

/** Limits requests per session and process. */
export function floodGuard(): FloodGuard {
  const allowances = generationCache<Allowance>(60_000);
  return {
    judge(sessionId, nowMs) {
      const known = allowances.get(sessionId);
      const one = known ?? { left: BURST, atMs: nowMs, isReported: false };
      if (!known) allowances.set(sessionId, one);
      one.left = Math.min(BURST, one.left + (Math.max(0, nowMs - one.atMs) * PER_SECOND) / 1000);
      one.atMs = nowMs;
      if (one.left >= 1) {
        one.left -= 1;
        if (one.left > BURST / 2) one.isReported = false;
        return 'pass';
      }
      if (one.isReported) return 'more';
      one.isReported = true;
      return 'first';
    },
  };
}
