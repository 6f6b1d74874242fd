import type { FaceLimits } from './face-limits.ts';
import type { FrameMeasures, IdentityProblem } from './measures.ts';

type FrameLimits = Pick<
  FaceLimits,
  | 'faceWidthLeastPx'
  | 'brightnessLeast'
  | 'brightnessMost'
  | 'sharpnessLeast'
  | 'frontalYawLeast'
  | 'frontalYawMost'
  | 'frontalPitchLeast'
  | 'frontalPitchMost'
>;

/** What is wrong with a picture of somebody who looks ahead: all of it, so that one more try is enough. */
export function findFaceProblems(measures: FrameMeasures, limits: FrameLimits): IdentityProblem[] {
  const problems: IdentityProblem[] = [];
  if (measures.brightness < limits.brightnessLeast) problems.push('too-dark');
  if (measures.brightness > limits.brightnessMost) problems.push('too-bright');
  if (measures.faces === 0) return [...problems, 'no-face'];
  if (measures.faces > 1) problems.push('two-faces');
  if (measures.faceWidthPx < limits.faceWidthLeastPx) problems.push('too-small');
  if (measures.sharpness < limits.sharpnessLeast) problems.push('blurred');
  if (!isFrontal(measures, limits)) problems.push('not-frontal');
  return problems;
}

export function isFrontal({ yaw, pitch }: FrameMeasures, limits: FrameLimits): boolean {
  return (
    yaw >= limits.frontalYawLeast &&
    yaw <= limits.frontalYawMost &&
    pitch >= limits.frontalPitchLeast &&
    pitch <= limits.frontalPitchMost
  );
}

/** Euclidean distance of two descriptors; 0 is the same picture, above 0.6 are usually different people. */
export function faceDistance(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) throw new RangeError('descriptors of different lengths');
  return Math.sqrt(one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0));
}
