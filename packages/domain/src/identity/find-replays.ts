import type { FaceLimits } from './face-limits.ts';
import type { IdentityProblem, JudgedFrame, SuspicionSign } from './measures.ts';

/** Pairs that may look alike by chance before a person is asked to look. */
const PAIRS_BY_CHANCE = 2;

/**
 * Recordings: the same shot in two steps although the head moved in between, which no camera delivers; and steps without even the
 * noise of a camera.
 */
export function findReplays(
  frames: readonly JudgedFrame[],
  limits: FaceLimits,
): { problems: IdentityProblem[]; signs: SuspicionSign[] } {
  const shown = frames.filter(({ measures }) => measures.faces > 0);
  let repeats = 0;
  let nearRepeats = 0;
  for (const [later, frame] of shown.entries())
    for (const [earlier, other] of shown.slice(0, later).entries()) {
      if (other.step === frame.step) continue;
      const distance = gridDistance(frame, other);
      if (distance > limits.loopGridDistance) continue;
      const between = shown.slice(earlier + 1, later);
      if (!between.some((one) => gridDistance(one, other) >= limits.movedGridDistance)) continue;
      nearRepeats += 1;
      if (distance <= limits.replayGridDistance) repeats += 1;
    }
  const signs: SuspicionSign[] = [];
  if (nearRepeats > PAIRS_BY_CHANCE) signs.push('looped-frames');
  if (hasStillStep(shown, limits)) signs.push('still-frames');
  return { problems: repeats > 0 ? ['replayed'] : [], signs };
}

function hasStillStep(frames: readonly JudgedFrame[], limits: FaceLimits): boolean {
  const steps = Map.groupBy(frames, ({ step }) => step);
  return [...steps.values()].some(
    (step) =>
      step.length > 1 &&
      step.every((frame, at) => {
        const before = step[at - 1];
        return !before || gridDistance(before, frame) <= limits.stillGridDistance;
      }),
  );
}

/** Mean difference of two grids, in steps of luma. Grids that cannot be compared are as different as can be. */
export function gridDistance({ measures: one }: JudgedFrame, { measures: other }: JudgedFrame): number {
  if (one.grid.length === 0 || one.grid.length !== other.grid.length) return 255;
  return one.grid.reduce((sum, value, at) => sum + Math.abs(value - (other.grid[at] ?? 0)), 0) / one.grid.length;
}
