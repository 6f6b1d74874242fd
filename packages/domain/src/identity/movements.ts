import type { LivenessPrompt } from './challenge.ts';
import type { FaceLimits } from './face-limits.ts';
import type { FrameMeasures } from './measures.ts';

/** The head before it moves. */
export interface RestPose {
  readonly yaw: number;
  readonly mouthOpen: number;
}

/** Middle of the start frames; null without a face in any. */
export function restPoseOf(frames: readonly FrameMeasures[]): RestPose | null {
  const seen = frames.filter(({ faces }) => faces === 1);
  if (seen.length === 0) return null;
  return { yaw: medianOf(seen.map(({ yaw }) => yaw)), mouthOpen: medianOf(seen.map(({ mouthOpen }) => mouthOpen)) };
}

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (upper + lower) / 2;
};

/** Looks ahead with the mouth as in the beginning. How near the face is does not matter: people drift. */
export function isAtRest(measures: FrameMeasures, rest: RestPose, limits: FaceLimits): boolean {
  return (
    measures.faces === 1 &&
    Math.abs(measures.yaw - rest.yaw) < limits.restPart * limits.turnYawChange &&
    measures.mouthOpen - rest.mouthOpen < limits.restPart * limits.openMouthChange
  );
}

/**
 * Whether the picture shows the movement, or at least so much of it.
 * @param before the latest picture at rest, which closeness is compared with
 * @param part of the whole movement; default 1
 */
export function follows(
  prompt: LivenessPrompt,
  measures: FrameMeasures,
  { rest, before }: { rest: RestPose; before: FrameMeasures },
  limits: FaceLimits,
  part = 1,
): boolean {
  if (measures.faces !== 1) return false;
  switch (prompt) {
    case 'turn-left':
      return measures.yaw - rest.yaw >= part * limits.turnYawChange;
    case 'turn-right':
      return rest.yaw - measures.yaw >= part * limits.turnYawChange;
    case 'come-closer':
      return measures.faceWidthPx >= (1 + part * (limits.closerGrowth - 1)) * before.faceWidthPx;
    case 'open-mouth':
      return (
        measures.mouthOpen >= part * limits.openMouthLeast &&
        measures.mouthOpen - rest.mouthOpen >= part * limits.openMouthChange
      );
  }
}

/**
 * Movements that the picture shows clearly. Coming closer is left out: turning and speaking change the width of the face, and
 * nobody holds a telephone still.
 */
export function movementsIn(measures: FrameMeasures, rest: RestPose, limits: FaceLimits): LivenessPrompt[] {
  if (measures.faces !== 1) return [];
  const shown: LivenessPrompt[] = [];
  if (measures.yaw - rest.yaw >= limits.turnYawChange) shown.push('turn-left');
  if (rest.yaw - measures.yaw >= limits.turnYawChange) shown.push('turn-right');
  if (measures.mouthOpen >= limits.unaskedMouthLeast) shown.push('open-mouth');
  return shown;
}
