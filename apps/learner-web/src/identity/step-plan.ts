import type { IdentityChallenge } from '@antu/contract';

/** When the pictures of a step are taken, ms after its prompt came up. */
export interface StepPlan {
  readonly atMs: readonly number[];
  /** The last picture may wait this long for a movement that has not come to rest. */
  readonly latestMs: number;
}

/** Looking ahead: time to find the oval, and for the camera to find its brightness. */
const AHEAD = { firstMs: 800, lastMs: 1_600 } as const;
/** A movement: reading it takes half a second, a slow turn of the head one and a half. */
const MOVE = { firstMs: 700, lastMs: 2_000 } as const;
const SLOWEST_MS = 3_200;
/** Left of the time of a step for making and sending the pictures. */
const RESERVE_MS = 1_500;

/** Spreads the pictures of a step over the movement. */
export function planStep({ prompt, framesPerStep, stepMs }: IdentityChallenge): StepPlan {
  const latestMs = Math.max(500, Math.min(SLOWEST_MS, stepMs - RESERVE_MS));
  const { firstMs, lastMs } = prompt === null ? AHEAD : MOVE;
  const span = Math.min(lastMs, latestMs) - Math.min(firstMs, latestMs / 2);
  const first = Math.min(lastMs, latestMs) - span;
  const atMs = Array.from({ length: framesPerStep }, (_, at) =>
    Math.round(first + (framesPerStep > 1 ? (span * at) / (framesPerStep - 1) : span)),
  );
  return { atMs, latestMs: prompt === null || prompt === 'open-mouth' ? (atMs.at(-1) ?? 0) : latestMs };
}
