import { faceLimitsOf, faceRuleSets, type FrameMeasures, type JudgedFrame, type LivenessPrompt } from '../index.ts';

const [ruleSet] = faceRuleSets;
if (!ruleSet) throw new Error('no face rule set');
/** Limits in force, for tests of the rules. */
export const faceLimits = faceLimitsOf(ruleSet);

/** A descriptor whose distance to `descriptorAt(0)` is the number. */
export const descriptorAt = (distance: number): number[] => [1 - distance, ...Array.from({ length: 127 }, () => 0)];

/** A grid whose distance to `gridAt(0)` is the number. */
export const gridAt = (distance: number): number[] => Array.from({ length: 256 }, () => distance);

/** A good picture of somebody who looks ahead, changed as told. */
export function pictureOf(changes: Partial<FrameMeasures> = {}): FrameMeasures {
  return {
    imageWidthPx: 480,
    imageHeightPx: 640,
    faces: 1,
    faceWidthPx: 200,
    yaw: 0.5,
    pitch: 0.4,
    mouthOpen: 0.1,
    brightness: 130,
    contrast: 45,
    sharpness: 200,
    eyeLight: 0.6,
    frame: 0.2,
    moire: 12,
    descriptor: descriptorAt(0),
    grid: gridAt(0),
    ...changes,
  };
}

/** What a picture shows that follows the prompt. */
export const moved: { readonly [Prompt in LivenessPrompt]: Partial<FrameMeasures> } = {
  'turn-left': { yaw: 0.65 },
  'turn-right': { yaw: 0.35 },
  'come-closer': { faceWidthPx: 260 },
  'open-mouth': { mouthOpen: 0.5 },
};

/** Changes of the pictures of each step, the first being the one before any prompt. */
export type Script = readonly (readonly Partial<FrameMeasures>[])[];

/** Somebody who does what is asked: at rest, halfway, there. */
export const obedient = (prompts: readonly LivenessPrompt[]): Script => [
  [{}, {}, {}],
  ...prompts.map((prompt) => [{}, {}, moved[prompt]]),
];

/** Pictures 400 ms apart; as with a real camera no two grids are alike. */
export function framesOf(script: Script): JudgedFrame[] {
  let taken = 0;
  return script.flatMap((pictures, index) =>
    pictures.map((changes) => {
      taken += 1;
      return { step: index - 1, atMs: taken * 400, measures: pictureOf({ grid: gridAt(taken * 2), ...changes }) };
    }),
  );
}
