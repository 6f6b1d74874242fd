import type { LivenessPrompt } from './challenge.ts';
import type { FaceLimits } from './face-limits.ts';
import { findFaceProblems } from './judge-frame.ts';
import { judgeLiveness } from './judge-liveness.ts';
import { judgeMatch, type MatchStrictness } from './judge-match.ts';
import type { IdentityProblem, JudgedFrame, SuspicionSign } from './measures.ts';
import { orderProblems } from './problem-order.ts';

/** All that a check is decided on. */
export interface CheckMaterial {
  /** Empty: pictures taken in passing. They are compared and nothing more, and prove no living person. */
  readonly prompts: readonly LivenessPrompt[];
  readonly frames: readonly JudgedFrame[];
  /** Descriptors of the enrolment. */
  readonly templates: readonly (readonly number[])[];
  readonly strictness: MatchStrictness;
}

export interface CheckVerdict {
  readonly outcome: 'passed' | 'failed';
  readonly problems: readonly IdentityProblem[];
  readonly signs: readonly SuspicionSign[];
  readonly distance: number | null;
  readonly bestFrame: number | null;
}

/** Passed: a living person followed the prompts and is the enrolled one. One problem is enough to fail, signs never are. */
export function judgeCheck(
  { prompts, frames, templates, strictness }: CheckMaterial,
  limits: FaceLimits,
): CheckVerdict {
  const liveness =
    prompts.length > 0
      ? judgeLiveness(prompts, frames, limits)
      : { problems: frames.flatMap(({ measures }) => findFaceProblems(measures, limits)), signs: [] };
  const match = judgeMatch(frames, templates, strictness, limits);
  // What kept every frame from being compared has been said already.
  const isSaid = match.bestFrame === null && templates.length > 0 && liveness.problems.length > 0;
  const problems = orderProblems([...liveness.problems, ...(isSaid ? [] : match.problems)]);
  return {
    outcome: problems.length === 0 ? 'passed' : 'failed',
    problems,
    signs: [...liveness.signs, ...match.signs],
    distance: match.distance,
    bestFrame: match.bestFrame,
  };
}
