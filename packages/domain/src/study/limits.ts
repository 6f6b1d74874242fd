/** How sure a number is: written in the notice, read in a public text, assumed by us, or not known at all. */
export type Certainty = 'stated' | 'verified' | 'assumed' | 'unknown';

/** A number of the law with where it stands. `assumed` and `unknown` values are shown to the administrator as such. */
export interface Limit<Value> {
  readonly value: Value;
  readonly certainty: Certainty;
  readonly source: string;
}

/**
 * One maker of limits per certainty, for a table of rules.
 * @param usualSource where a value comes from that names no source of its own
 */
export function limitsBy(usualSource: string) {
  const limit =
    (certainty: Certainty) =>
    <Value>(value: Value, source: string = usualSource): Limit<Value> => ({ value, certainty, source });
  return {
    stated: limit('stated'),
    verified: limit('verified'),
    assumed: limit('assumed'),
    unknown: limit('unknown'),
  };
}

/** The numbers that decide what a credited second is, already picked out of a rule set. Units in the names. */
export interface StudyLimits {
  /** One 学时. */
  readonly studyHourSeconds: number;
  /** How often the player reports. */
  readonly beatSeconds: number;
  /** Longest silence that the player's buffer may bridge. */
  readonly bridgeableGapSeconds: number;
  /** How far the picture may run ahead of the server's clock (slow uplink) before it counts as fast-forward. */
  readonly maxLeadSeconds: number;
  /** After this time without a sign of the learner, the learner is asked. */
  readonly idlePromptSeconds: number;
  /** Time to answer; afterwards signed out of the session. */
  readonly idleAnswerSeconds: number;
  /** Most seconds credited per China day in this scheme; null = no cap. */
  readonly dailyCapSeconds: number | null;
  /** A sign-in has to be confirmed by an identity check before study. */
  readonly identityAtSignIn: boolean;
  /** A session begins with a check … */
  readonly identityAtStart: boolean;
  /** … unless one was passed in the same sign-in at most this long ago. */
  readonly identityFreshSeconds: number;
  /** Longest viewed time between two checks; null = no checks at all. */
  readonly identityGapSeconds: number | null;
  /** Time to pass an open check, all tries together. */
  readonly identityAnswerSeconds: number;
  readonly identityTries: number;
  /** What a failed or missed check takes back: what was viewed since the last passed one, or all of the session. */
  readonly identityTakesBack: 'since-last-check' | 'whole-session';
  /** Longest viewed time between two pictures taken in passing; null = none. */
  readonly snapshotGapSeconds: number | null;
  /** Only what the server really sent to this session is creditable. */
  readonly mediaDelivery: boolean;
  /** A segment of evidence is closed after this many beats … */
  readonly segmentMaxBeats: number;
  /** … or this much time. */
  readonly segmentMaxSeconds: number;
}

/** Why seconds were not credited. */
export type RefusalReason =
  | 'seek-ahead'
  | 'too-fast'
  | 'network-gap'
  | 'no-presence'
  | 'daily-cap'
  | 'other-scheme-overlap'
  | 'identity-unconfirmed'
  | 'identity-awaiting'
  | 'quiz-awaiting'
  | 'media-missing';

/** Why the clock stood still although nothing was wrong. */
export type PauseReason = 'paused' | 'hidden' | 'stalled' | 'ended' | 'prompt' | 'check';

/** Why a session is over. */
export type EndReason =
  | 'finished'
  | 'left'
  | 'taken-over'
  | 'vanished'
  | 'no-presence'
  | 'signed-out'
  | 'identity-failed'
  | 'identity-missed';

export const refusalReasons: readonly RefusalReason[] = [
  'seek-ahead',
  'too-fast',
  'network-gap',
  'no-presence',
  'daily-cap',
  'other-scheme-overlap',
  'identity-unconfirmed',
  'identity-awaiting',
  'quiz-awaiting',
  'media-missing',
];
