import { type IdentityOpening, type IdentityState, openIdentity } from './identity-state.ts';
import type { Interval } from './intervals.ts';
import type { EndReason, RefusalReason } from './limits.ts';
import type { DeliveryState } from './media-delivery.ts';
import { knownOf, type QuizOpening, type QuizState } from './quiz-gate.ts';

/** What the player says it does from a beat on. Order is part of the evidence format (beat-codec.ts): append only. */
export const activities = ['playing', 'paused', 'hidden', 'stalled', 'ended'] as const;
export type Activity = (typeof activities)[number];

/** One report of the player as the server took it down. */
export interface Beat {
  /** Client's running number; repeats are ignored before they reach the rules. */
  readonly seq: number;
  /** Server time in epoch ms. For reports queued while offline: arrival minus claimed age, never before the previous beat. */
  readonly atMs: number;
  /** Position in the media, ms. */
  readonly mediaMs: number;
  /** What happens from now on. */
  readonly activity: Activity;
  /** The learner touched something since the last beat. */
  readonly touched: boolean;
  /** The learner answered the presence question (the server has checked its nonce). */
  readonly answered: boolean;
  /** Delivered later than it happened. */
  readonly late: boolean;
}

/** Reasons for which a session earns nothing until the player has gone back to the credited point (or a new day begins). */
export type HoldReason = Extract<RefusalReason, 'seek-ahead' | 'too-fast' | 'network-gap' | 'daily-cap'>;

/** Everything that the next decision needs. A plain value: stored as JSON, rebuilt by replaying the evidence. */
export interface SessionState {
  readonly durationMs: number;
  readonly lastSeq: number;
  readonly lastAtMs: number;
  /** Last reported position: where the player says it is. */
  readonly mediaMs: number;
  readonly activity: Activity;
  /** Position up to which the current run is credited; trails `mediaMs` when the network was late. */
  readonly watermarkMs: number;
  /** Credited, learner's presence not yet seen since. */
  readonly pending: readonly Interval[];
  /** Credited and safe; leaves for the ledger at the next flush. */
  readonly confirmed: readonly Interval[];
  /** In the ledger already (this and earlier sessions of this lesson). */
  readonly viewed: readonly Interval[];
  readonly presenceAtMs: number;
  readonly promptAskedAtMs: number | null;
  readonly hold: HoldReason | null;
  /** China calendar day number of `lastAtMs`. */
  readonly day: number;
  /** New milliseconds credited on `day` in this scheme, all sessions. */
  readonly dayCreditedMs: number;
  readonly ended: EndReason | null;
  /** Only where the rule set asks for identity checks. */
  readonly identity?: IdentityState;
  /** Only where the rule set asks what was really sent, and the lesson has a picture. */
  readonly delivery?: DeliveryState;
  /** Only where the lesson has a quiz that the learner has not passed: nothing is credited before. */
  readonly quiz?: QuizState;
}

/** A stretch of server time with what the rules made of it; drawn on the time line and explained to the learner. */
export type Effect =
  | { type: 'credited'; fromAtMs: number; toAtMs: number; mediaFromMs: number; mediaToMs: number; newMs: number }
  | {
      type: 'refused';
      reason: RefusalReason;
      fromAtMs: number;
      toAtMs: number;
      mediaFromMs: number;
      mediaToMs: number;
      /** Milliseconds that had been credited and are taken out again; 0 where nothing was credited yet. */
      takenBackMs: number;
    }
  | { type: 'standing'; activity: Activity | 'prompt' | 'check'; fromAtMs: number; toAtMs: number }
  | { type: 'jumped'; fromAtMs: number; toAtMs: number; mediaFromMs: number; mediaToMs: number }
  | { type: 'prompt'; atMs: number }
  | { type: 'presence'; atMs: number }
  | { type: 'check-asked' | 'snapshot-asked'; atMs: number }
  | {
      type: 'check-passed' | 'check-failed' | 'check-deferred';
      atMs: number;
      checkId: string;
      /** What of the media it vouches for: credited before, safe from now on. Empty unless it was passed. */
      confirms: readonly Interval[];
    }
  | { type: 'ended'; reason: EndReason; atMs: number };

export interface Step {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

/** China has one time zone and no summer time. */
export const CHINA_OFFSET_MS = 8 * 3_600_000;

/** Number of the China calendar day, counted from 1970-01-01. */
export function chinaDayOf(atMs: number): number {
  return Math.floor((atMs + CHINA_OFFSET_MS) / 86_400_000);
}

/** The facts that open a session. */
export interface SessionOpening {
  readonly openedAtMs: number;
  readonly durationMs: number;
  /** What the ledger holds of this lesson for this person. */
  readonly viewed: readonly Interval[];
  readonly resumeAtMs: number;
  /** New milliseconds credited earlier on the same China day in this scheme. */
  readonly dayCreditedMs: number;
  /** Absent where the rule set asks for no checks. */
  readonly identity?: IdentityOpening;
  /** True where only what was sent is creditable. */
  readonly mediaDelivery?: true;
  /** Absent where the lesson has no quiz or the learner has passed it. */
  readonly quiz?: QuizOpening;
}

/** State before the first beat: nothing earns until the player says that it plays. */
export function openSession(opening: SessionOpening): SessionState {
  return {
    durationMs: opening.durationMs,
    lastSeq: 0,
    lastAtMs: opening.openedAtMs,
    mediaMs: opening.resumeAtMs,
    activity: 'paused',
    watermarkMs: opening.resumeAtMs,
    pending: [],
    confirmed: [],
    viewed: opening.viewed,
    presenceAtMs: opening.openedAtMs,
    promptAskedAtMs: null,
    hold: null,
    day: chinaDayOf(opening.openedAtMs),
    dayCreditedMs: opening.dayCreditedMs,
    ended: null,
    ...(opening.identity
      ? { identity: openIdentity(opening.identity, opening.openedAtMs, opening.durationMs, knownOf(opening)) }
      : {}),
    ...(opening.mediaDelivery ? { delivery: { all: [], fresh: [] } } : {}),
    ...(opening.quiz ? { quiz: opening.quiz } : {}),
  };
}
