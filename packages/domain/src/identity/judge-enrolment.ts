import type { FaceLimits } from './face-limits.ts';
import { findFaceProblems } from './judge-frame.ts';
import type { FrameMeasures, IdentityProblem } from './measures.ts';

/**
 * Everything that keeps a picture from being the one to compare with later; empty if it is good. Stricter than for a frame of a
 * check: every later check is only as good as this picture.
 */
export function judgeEnrolment(measures: FrameMeasures, limits: FaceLimits): IdentityProblem[] {
  const problems = findFaceProblems(measures, {
    ...limits,
    brightnessLeast: limits.enrolBrightnessLeast,
    brightnessMost: limits.enrolBrightnessMost,
    sharpnessLeast: limits.enrolSharpnessLeast,
    frontalYawLeast: limits.enrolYawLeast,
    frontalYawMost: limits.enrolYawMost,
  });
  if (measures.faces === 0) return problems;
  if (measures.mouthOpen > limits.enrolMouthMost && !problems.includes('not-frontal')) problems.push('not-frontal');
  if (measures.eyeLight < limits.enrolEyeLightLeast) problems.push('eyes-covered');
  if (measures.frame >= limits.frameLeast || measures.moire >= limits.moireLeast) problems.push('picture-of-picture');
  return problems;
}
