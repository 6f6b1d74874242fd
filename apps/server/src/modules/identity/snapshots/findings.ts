import type { IdentityProblem, SuspicionSign } from '@antu/domain';

/** What a picture that was taken in passing shows; stored as canonical JSON in `identity_capture.findings`. */
export type SnapshotFindings = {
  /** `unjudged`: it cannot be told, because it is dark or blurred, nobody is enrolled, or the picture is gone. */
  finding: 'match' | 'other-person' | 'no-face' | 'two-faces' | 'unjudged';
  problems: readonly IdentityProblem[];
  signs: readonly SuspicionSign[];
  /** Distance to the template times 1000. */
  distanceMilli?: number;
  provider?: string;
  ruleSetId?: string;
  enrolmentId?: string;
};

type Seen = { problems: readonly IdentityProblem[]; distance: number | null };

/** What one picture shows; liveness and pose are not asked of somebody who did not know of it. */
export function findingOf({ problems, distance }: Seen): SnapshotFindings['finding'] {
  for (const plain of ['no-face', 'two-faces', 'other-person'] as const) if (problems.includes(plain)) return plain;
  return distance === null ? 'unjudged' : 'match';
}
