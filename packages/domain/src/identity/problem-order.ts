import type { IdentityProblem } from './measures.ts';

/**
 * What helps the learner most comes first: a service that is away explains everything; then what the camera sees, because bad
 * light looks like a missing face and a missing face like another person; then who it is; then how the movements went. A
 * replay is told last: a covered lens gives the same black picture twice.
 */
const byUse: readonly IdentityProblem[] = [
  'provider-away',
  'not-enrolled',
  'unreadable',
  'too-dark',
  'too-bright',
  'no-face',
  'two-faces',
  'too-small',
  'blurred',
  'eyes-covered',
  'not-frontal',
  'other-person',
  'face-changed',
  'picture-of-picture',
  'too-slow',
  'wrong-movement',
  'prompt-missed',
  'not-live',
  'replayed',
];

/** Problems without repeats, the most useful first. */
export function orderProblems(problems: readonly IdentityProblem[]): IdentityProblem[] {
  return [...new Set(problems)].sort((a, b) => byUse.indexOf(a) - byUse.indexOf(b));
}
