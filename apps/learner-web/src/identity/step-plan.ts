import type { IdentityChallenge } from '@antu/contract';

/** When the pictures of a step are taken, ms after its prompt came up. */
export interface StepPlan {
  readonly atMs: readonly number[];
  /** The last picture may wait this long for a movement that has not come to rest. */
  readonly latestMs: number;
}

interface Span {
  readonly firstMs: number;
  readonly lastMs: number;
}
/** Looking ahead: time to find the oval, and for the camera to find its brightness. */
const AHEAD: Span = { firstMs: 700, lastMs: 1_500 };
/** A movement that can be watched: quick people have done it by then, the others are waited for. */
const WATCHED: Span = { firstMs: 600, lastMs: 1_500 };
/** A mouth is too small to be watched: reading takes half a second, opening it one. */
const UNWATCHED: Span = { firstMs: 600, lastMs: 2_000 };
const SLOWEST_MS = 3_200;
/** Left of the time of a step for making and sending the pictures. */
const RESERVE_MS = 1_500;

/** Spreads the pictures of a step over the movement. */
export function planStep({ prompt, framesPerStep, stepMs }: IdentityChallenge): StepPlan {
  const watched = prompt !== null && prompt !== 'open-mouth';
  const span = watched ? WATCHED : prompt === null ? AHEAD : UNWATCHED;
  const latestMs = Math.max(500, Math.min(SLOWEST_MS, stepMs - RESERVE_MS));
  const last = Math.min(span.lastMs, latestMs);
  const first = Math.min(span.firstMs, last / 2);
  const atMs = Array.from({ length: framesPerStep }, (_, at) =>
    Math.round(framesPerStep > 1 ? first + ((last - first) * at) / (framesPerStep - 1) : last),
  );
  return { atMs, latestMs: watched ? latestMs : last };
}
