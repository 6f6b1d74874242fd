/** What the server itself measured in one picture. A client's measures are worth nothing and are never taken. */
export interface FrameMeasures {
  /** Of the picture as it was analysed: upright, its longer side at most 640 px. All other pixels refer to it. */
  readonly imageWidthPx: number;
  readonly imageHeightPx: number;
  /**
   * How many faces were found, without those below 40 % of the largest; the rest describes the largest. Without any
   * it is 0 or null, but for light and grid, which then are those of the whole picture.
   */
  readonly faces: number;
  /** Width of the box around the landmarks, 1.2 times the width of the jaw. */
  readonly faceWidthPx: number;
  /** Nose between the ends of the jaw: 0.5 looks ahead, less is turned to the person's own right, more to their own left. */
  readonly yaw: number;
  /** Nose tip between brows and chin: about 0.4 looks ahead, more is tilted down. */
  readonly pitch: number;
  /** Gap of the inner lips divided by the width of the mouth. */
  readonly mouthOpen: number;
  /** Mean luma inside the face, 0 to 255. */
  readonly brightness: number;
  /** Standard deviation of luma inside the face. */
  readonly contrast: number;
  /** Variance of the Laplacian inside the face scaled to 160 px: small is blurred. */
  readonly sharpness: number;
  /** Mean luma of the eyes divided by that of the face: dark glasses are small. */
  readonly eyeLight: number;
  /** How complete a straight frame surrounds the face, 0 to 1: a print or a screen has one. */
  readonly frame: number;
  /** Strongest fine regular pattern in the face divided by what is usual there: a camera gives 5 to 15, a screen may give 100. */
  readonly moire: number;
  /** 128 numbers; null unless there is exactly one face. */
  readonly descriptor: readonly number[] | null;
  /**
   * 256 luma values, means of a 16 x 16 grid over the whole picture: equal grids at different times are a replay. Not over the face: its
   * box follows the noise, and two shots of a still head differ there as much as those of a head that moved.
   */
  readonly grid: readonly number[];
}

/** One picture of a check as the rules see it. */
export interface JudgedFrame {
  /** Which prompt was on the screen; -1 before the first one. */
  readonly step: number;
  /** Client's stopwatch since the challenge began, ms: a claim. */
  readonly atMs: number;
  readonly measures: FrameMeasures;
}

/** Why a picture or a check is not accepted; every one has words for the learner in `identityProblemNames` of the contract. */
export const identityProblems = [
  'no-face',
  'two-faces',
  'too-small',
  'too-dark',
  'too-bright',
  'blurred',
  'not-frontal',
  'eyes-covered',
  'picture-of-picture',
  'other-person',
  'not-live',
  'prompt-missed',
  'wrong-movement',
  'face-changed',
  'too-slow',
  'replayed',
  'unreadable',
  'not-enrolled',
  'provider-away',
] as const;
export type IdentityProblem = (typeof identityProblems)[number];

/** Signs that something may be wrong. They lead to a look by a person and never decide alone. */
export const suspicionSigns = [
  'still-frames',
  'looped-frames',
  'seen-before',
  'screen-edges',
  'moire',
  'near-threshold',
] as const;
export type SuspicionSign = (typeof suspicionSigns)[number];
