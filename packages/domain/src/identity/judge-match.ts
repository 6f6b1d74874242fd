import type { FaceLimits } from './face-limits.ts';
import { faceDistance, findFaceProblems } from './judge-frame.ts';
import type { IdentityProblem, JudgedFrame, SuspicionSign } from './measures.ts';

/** `strict` for what a certificate hangs on. */
export type MatchStrictness = 'normal' | 'strict';

export interface MatchVerdict {
  readonly problems: readonly IdentityProblem[];
  readonly signs: readonly SuspicionSign[];
  /** Of the best frame; null if no frame could be compared. */
  readonly distance: number | null;
  /** Index of the best frame. */
  readonly bestFrame: number | null;
}

/**
 * Whether the person is the enrolled one: the best of the frames that look ahead decides, because bad light and half-closed eyes
 * only ever make a face less alike.
 * @param templates descriptors of the enrolment
 */
export function judgeMatch(
  frames: readonly JudgedFrame[],
  templates: readonly (readonly number[])[],
  strictness: MatchStrictness,
  limits: FaceLimits,
): MatchVerdict {
  if (templates.length === 0) return { problems: ['not-enrolled'], signs: [], distance: null, bestFrame: null };
  let best: { distance: number; at: number } | null = null;
  for (const [at, { measures }] of frames.entries()) {
    const { descriptor } = measures;
    if (!descriptor || findFaceProblems(measures, limits).length > 0) continue;
    const distance = Math.min(...templates.map((template) => faceDistance(descriptor, template)));
    if (best === null || distance < best.distance) best = { distance, at };
  }
  if (best === null) return { problems: ['not-frontal'], signs: [], distance: null, bestFrame: null };
  const most = strictness === 'strict' ? limits.strictDistance : limits.normalDistance;
  return {
    problems: best.distance <= most ? [] : ['other-person'],
    signs: Math.abs(best.distance - most) < limits.nearDistance ? ['near-threshold'] : [],
    distance: best.distance,
    bestFrame: best.at,
  };
}
