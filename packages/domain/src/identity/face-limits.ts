import type { Limit } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';

/** Who decides about faces: the engine inside, an outside service, or nobody (then only the other ways are open). */
export type FaceProviderName = 'builtin' | 'http' | 'refuse';

/** What a picture and a check have to be like. Measures are those of `FrameMeasures`; distances are between descriptors. */
export interface FaceLimits {
  readonly provider: FaceProviderName;
  /** How long the picture of an enrolment is kept; the template stays as long as the consent. */
  readonly pictureRetentionDays: number;
  /** How long the pictures of a check are kept. */
  readonly captureRetentionDays: number;

  /** Most alike that counts as the same person, for ordinary checks … */
  readonly normalDistance: number;
  /** … and for what a certificate hangs on. */
  readonly strictDistance: number;
  /** Nearer than this to the threshold, on either side, a person should look. */
  readonly nearDistance: number;
  /** Two enrolled faces at most this far apart may be one person: a sign for people, among all that are stored. */
  readonly doubleDistance: number;
  /** Within one check, looking ahead: further apart is another face. */
  readonly sameFaceDistance: number;
  /** The same while turning or speaking, which change a descriptor by themselves. */
  readonly sameFaceMovingDistance: number;

  readonly faceWidthLeastPx: number;
  readonly brightnessLeast: number;
  readonly brightnessMost: number;
  readonly sharpnessLeast: number;
  readonly frontalYawLeast: number;
  readonly frontalYawMost: number;
  readonly frontalPitchLeast: number;
  readonly frontalPitchMost: number;

  /** Change of yaw that is a turn of the head. */
  readonly turnYawChange: number;
  readonly openMouthLeast: number;
  /** And at least this much more than at rest: some people's lips are never closed. */
  readonly openMouthChange: number;
  /** A mouth that nobody asked to open counts as another movement from here: people smile and speak. */
  readonly unaskedMouthLeast: number;
  /** Width of the face divided by its width at the start of the step. */
  readonly closerGrowth: number;
  /** Below this part of a movement the head is at rest. */
  readonly restPart: number;
  /** From the first picture of a step to the one that shows the movement. */
  readonly stepMostSeconds: number;
  readonly startFramesLeast: number;
  /** At rest and moved. */
  readonly stepFramesLeast: number;

  /** Mean difference of two grids, in steps of luma, up to which they are one and the same shot. */
  readonly replayGridDistance: number;
  /** Several pairs as near as this are looked at by a person. */
  readonly loopGridDistance: number;
  /** From this on the head moved. */
  readonly movedGridDistance: number;
  /** Up to this even the camera's noise is missing. */
  readonly stillGridDistance: number;
  /** From this on a straight frame surrounds the face; for an enrolment it is a picture of a picture. */
  readonly frameLeast: number;
  readonly moireLeast: number;

  readonly enrolBrightnessLeast: number;
  readonly enrolBrightnessMost: number;
  readonly enrolSharpnessLeast: number;
  readonly enrolYawLeast: number;
  readonly enrolYawMost: number;
  readonly enrolMouthMost: number;
  readonly enrolEyeLightLeast: number;
}

/** The numbers of one scheme, region and time. Stored decisions name `id`; a change is a new row, never an edit. */
export interface FaceRuleSet {
  readonly id: string;
  readonly scheme: SchemeCode;
  /** GB/T 2260 prefix (`44` Guangdong); empty = everywhere. */
  readonly regionPrefix: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof FaceLimits]: Limit<FaceLimits[Name]> };
}

/** The bare numbers of a rule set. */
export function faceLimitsOf({ limits }: FaceRuleSet): FaceLimits {
  return Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value])) as unknown as FaceLimits;
}
