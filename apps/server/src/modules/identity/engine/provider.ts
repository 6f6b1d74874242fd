import type { IdentityProblem, LivenessPrompt, SuspicionSign } from '@antu/domain';

/** Who answers whether a face is the right one: the built-in engine, an outside service, or nobody. */
export const providerNames = ['builtin', 'http', 'refuse'] as const;
export type ProviderName = (typeof providerNames)[number];

/** A picture as it arrived: JPEG, PNG or WebP bytes, already checked for size. */
export type CapturedFrame = {
  bytes: Buffer;
  /** Prompt on the screen, -1 before the first. */
  step: number;
  /** Client's stopwatch since the challenge began, ms. */
  atMs: number;
};

/** Descriptors that a provider made of an enrolment picture. Opaque to everybody else; stored encrypted. */
export type FaceTemplate = { provider: ProviderName; bytes: Buffer };

export type EnrolRequest = {
  personId: string;
  picture: Buffer;
  /** Whose rules the picture must satisfy; default: those of road transport everywhere. */
  scheme?: string;
  regionCode?: string;
  signal?: AbortSignal;
};
export type EnrolAnswer =
  | { outcome: 'accepted'; template: FaceTemplate; detail: Readonly<Record<string, number>> }
  | { outcome: 'refused'; problems: readonly IdentityProblem[] }
  /** The service is away: nothing was decided. */
  | { outcome: 'pending' };

export type JudgeRequest = {
  personId: string;
  /** Single use; binds pictures to one challenge. */
  nonce: string;
  scheme: string;
  regionCode: string;
  /** Empty for a picture taken in passing: it is compared and nothing more. */
  prompts: readonly LivenessPrompt[];
  frames: readonly CapturedFrame[];
  template: FaceTemplate;
  /** True for what a certificate hangs on: faces have to be more alike. */
  strict?: boolean;
  /** Name and number, for a service that compares with the national register; asked for only when needed. */
  identity: () => Promise<{ name: string; idNumber: string }>;
  signal?: AbortSignal;
};
export type JudgeAnswer = {
  /** `pending` when the service did not answer in a way that can be trusted: never `passed` then. */
  outcome: 'passed' | 'failed' | 'pending';
  problems: readonly IdentityProblem[];
  signs: readonly SuspicionSign[];
  /** Distance of the best frame to the template; smaller is more alike. Null if none was computed. */
  distance: number | null;
  /** Best frame for the record, as an index of `frames`. */
  bestFrame: number | null;
  /** Numbers for the evidence: yaw range, closeness, milliseconds of work … */
  detail: Readonly<Record<string, number>>;
};

/** One way to decide about faces. Implementations hold no state that may not be lost. */
export type IdentityProvider = {
  readonly name: ProviderName;
  enrol(request: EnrolRequest): Promise<EnrolAnswer>;
  judge(request: JudgeRequest): Promise<JudgeAnswer>;
  close(): Promise<void>;
};
