import type { LivenessPrompt } from './challenge.ts';
import type { FaceLimits } from './face-limits.ts';
import { findReplays } from './find-replays.ts';
import { faceDistance, findFaceProblems } from './judge-frame.ts';
import type { FrameMeasures, IdentityProblem, JudgedFrame, SuspicionSign } from './measures.ts';
import { follows, isAtRest, movementsIn, type RestPose, restPoseOf } from './movements.ts';
import { orderProblems } from './problem-order.ts';

export interface LivenessVerdict {
  /** None: a live person followed the prompts. The most useful first. */
  readonly problems: readonly IdentityProblem[];
  readonly signs: readonly SuspicionSign[];
}

/**
 * Whether one living person did what was asked, when it was asked. Pictures are not mirrored. What a flat picture can do – be
 * moved, turned in its plane, brought closer – is never enough: every challenge has a turn of the head, and a turn is the
 * nose moving between the ends of the jaw.
 * @param prompts those of the challenge, in their order
 * @param frames in the order of arrival; step -1 looks ahead
 */
export function judgeLiveness(
  prompts: readonly LivenessPrompt[],
  frames: readonly JudgedFrame[],
  limits: FaceLimits,
): LivenessVerdict {
  if (!isInOrder(prompts.length, frames)) return { problems: ['unreadable'], signs: [] };
  const start = frames.filter(({ step }) => step === -1).map(({ measures }) => measures);
  const problems = judgeStart(start, limits);
  if (frames.some(({ measures }) => measures.faces > 1)) problems.push('two-faces');
  const replays = findReplays(frames, limits);
  const signs = [...replays.signs, ...screenSigns(frames, limits)];
  const good = start.filter((measures) => findFaceProblems(measures, limits).length === 0);
  const rest = restPoseOf(good.length > 0 ? good : start);
  if (rest === null) return { problems: orderProblems([...problems, ...replays.problems]), signs };
  const steps = prompts.map((prompt, step) =>
    judgeStep({
      prompt,
      previous: prompts[step - 1] ?? null,
      frames: frames.filter((frame) => frame.step === step),
      earlier: frames.filter((frame) => frame.step < step),
      rest,
      limits,
    }),
  );
  problems.push(...steps.flat(), ...replays.problems, ...findOtherFace(frames, start, rest, limits));
  // Not even one movement is more than clumsiness.
  if (steps.every((step) => step.includes('prompt-missed'))) problems.push('not-live');
  return { problems: orderProblems(problems), signs };
}

/** Steps one after the other, none left out, none that was not asked; the stopwatch only ever goes on. */
function isInOrder(prompts: number, frames: readonly JudgedFrame[]): boolean {
  const steps = new Set(frames.map(({ step }) => step));
  return (
    frames[0]?.step === -1 &&
    steps.size === prompts + 1 &&
    frames.every(({ step, atMs }, at) => {
      const before = frames[at - 1];
      return !before || ((step === before.step || step === before.step + 1) && atMs > before.atMs);
    })
  );
}

/** Enough pictures of somebody who looks ahead; otherwise what was wrong with them. */
function judgeStart(start: readonly FrameMeasures[], limits: FaceLimits): IdentityProblem[] {
  const found = start.map((measures) => findFaceProblems(measures, limits));
  if (found.filter((problems) => problems.length === 0).length >= limits.startFramesLeast) return [];
  const all = found.flat();
  return all.length > 0 ? all : ['not-frontal'];
}

type Step = {
  prompt: LivenessPrompt;
  /** The movement from which the head may still be coming back. */
  previous: LivenessPrompt | null;
  frames: readonly JudgedFrame[];
  /** Those of the steps before, so that what was not shown yet when the prompt came up is known. */
  earlier: readonly JudgedFrame[];
  rest: RestPose;
  limits: FaceLimits;
};

/**
 * The movement has to begin in its step: a picture before it, be it the last one before the prompt came up, does not show it
 * yet. That it is shown at rest in the step itself is not asked: quick people have moved by the first picture.
 */
function judgeStep({ prompt, previous, frames, earlier, rest, limits }: Step): IdentityProblem[] {
  const problems: IdentityProblem[] = [];
  const restAt = frames.findIndex(({ measures }) => isAtRest(measures, rest, limits));
  const doneAt = frames.findIndex((_, at) => isDone({ prompt, frames, earlier, rest, limits }, at));
  const back = Math.min(...[restAt, doneAt].map((at) => (at === -1 ? frames.length : at)));
  const isOther = ({ measures }: JudgedFrame, at: number) =>
    movementsIn(measures, rest, limits).some((shown) => shown !== prompt && !(shown === previous && at < back));
  if (frames.some(isOther)) problems.push('wrong-movement');
  const done = frames[doneAt];
  if (!done || frames.length < limits.stepFramesLeast) {
    problems.push('prompt-missed');
    if (frames.some(({ measures }) => measures.faces === 0)) problems.push('no-face');
  } else if (done.atMs - (frames[0]?.atMs ?? 0) > limits.stepMostSeconds * 1000) problems.push('too-slow');
  return problems;
}

function isDone({ prompt, frames, earlier, rest, limits }: Omit<Step, 'previous'>, at: number): boolean {
  const measures = frames[at]?.measures;
  const until = frames.slice(0, at);
  const before = [...earlier, ...until].findLast((frame) => isAtRest(frame.measures, rest, limits))?.measures;
  if (!measures || !before || !follows(prompt, measures, { rest, before }, limits)) return false;
  return [...earlier.slice(-1), ...until].some(
    (frame) =>
      frame.measures.faces === 1 && !follows(prompt, frame.measures, { rest, before }, limits, limits.restPart),
  );
}

/** One person from the first to the last picture. */
function findOtherFace(
  frames: readonly JudgedFrame[],
  start: readonly FrameMeasures[],
  rest: RestPose,
  limits: FaceLimits,
): IdentityProblem[] {
  const known = start.flatMap(({ descriptor }) => (descriptor ? [descriptor] : []));
  const isOther = ({ measures }: JudgedFrame) => {
    const { descriptor } = measures;
    if (!descriptor || known.length === 0) return false;
    const most = isAtRest(measures, rest, limits) ? limits.sameFaceDistance : limits.sameFaceMovingDistance;
    return Math.min(...known.map((one) => faceDistance(one, descriptor))) > most;
  };
  // Compared with the nearest start frame, each of these would only be compared with itself.
  const [first] = known;
  const startDiffers = known.some((one) => first && faceDistance(first, one) > limits.sameFaceDistance);
  return startDiffers || frames.some(isOther) ? ['face-changed'] : [];
}

/** What points to a screen or a print, if it is there in half of the pictures. */
function screenSigns(frames: readonly JudgedFrame[], limits: FaceLimits): SuspicionSign[] {
  const isUsual = (has: (measures: FrameMeasures) => boolean) =>
    frames.filter(({ measures }) => has(measures)).length * 2 >= frames.length;
  const signs: SuspicionSign[] = [];
  if (isUsual(({ frame }) => frame >= limits.frameLeast)) signs.push('screen-edges');
  if (isUsual(({ moire }) => moire >= limits.moireLeast)) signs.push('moire');
  return signs;
}
