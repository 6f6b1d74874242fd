import type { IdentityProblem } from './measures.ts';

/** When the pictures of a step were taken by the client, and what the server knows of it. All in milliseconds. */
export interface StepTimes {
  /** Client's stopwatch since the challenge began, one per picture, in the order of sending: claims. */
  readonly atMs: readonly number[];
  /** The same of the last picture of the step before; null at the first step. */
  readonly previousAtMs: number | null;
  /** Server's clock: since the challenge began, and since this step was asked for. */
  readonly sinceStartMs: number;
  readonly sinceStepMs: number;
}

/** A client's stopwatch starts when the challenge arrives, so it can never be ahead of the server's; this much for drift. */
const DRIFT_MS = 1000;

/**
 * What is wrong with the times of a step, or nothing. The server's clock decides whether the step came in time; the
 * client's times must not contradict it or themselves.
 */
export function findTimeProblem(
  times: StepTimes,
  { stepSeconds, transferSeconds }: { stepSeconds: number; transferSeconds: number },
): IdentityProblem | undefined {
  if (times.sinceStepMs > (stepSeconds + transferSeconds) * 1000) return 'too-slow';
  const first = times.atMs[0] ?? 0;
  const last = times.atMs.at(-1) ?? 0;
  if (last - first > stepSeconds * 1000) return 'too-slow';
  const rises = times.atMs.every((one, at) => at === 0 || one > (times.atMs[at - 1] ?? 0));
  const follows = times.previousAtMs === null || first > times.previousAtMs;
  if (!rises || !follows || last > times.sinceStartMs + DRIFT_MS) return 'unreadable';
  return undefined;
}
