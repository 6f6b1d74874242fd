import { earns } from './apply-beat.ts';
import { unflushedOf } from './identity-state.ts';
import { creditableSecondsOf } from './hours.ts';
import { furthestOf, lengthOf, unite, wholeSeconds } from './intervals.ts';
import type { StudyLimits } from './limits.ts';
import { deliveredOf, missingMedia } from './media-delivery.ts';
import { knownOf, quizSecondsOf } from './quiz-gate.ts';
import type { SessionState } from './session-state.ts';

/** What the player must show and do, as far as the state decides it. */
export interface StudyView {
  readonly state: 'counting' | 'standing' | 'held' | 'prompt' | 'check' | 'ended';
  readonly reason: string | null;
  readonly creditedSeconds: number;
  readonly creditableSeconds: number;
  readonly creditedToMs: number;
  readonly goToMs: number | null;
  readonly answerWithinMs: number | null;
  /** The open check of identity. */
  readonly check: { kind: 'start' | 'random'; answerWithinMs: number; triesLeft: number } | null;
  /** Number of the picture in passing that is wanted now. */
  readonly snapshot: number | null;
  /** Seconds of this session that wait for a pending verdict and are not in the ledger. */
  readonly awaitingSeconds: number;
  /** Seconds of `creditedSeconds` that count once the quiz of the lesson is passed; null: it has none, or it was passed. */
  readonly quizSeconds: number | null;
  readonly nextBeatMs: number;
}

/** How soon the player asks again while the learner is being asked. */
const PROMPT_BEAT_MS = 5_000;
const LEAST_NEXT_BEAT_MS = 1_000;

/** Describes a state to the player. */
export function viewState(state: SessionState, nowMs: number, limits: StudyLimits): StudyView {
  const seen = creditedSetOf(state);
  const answerWithinMs =
    state.promptAskedAtMs === null || state.ended
      ? null
      : Math.max(0, state.promptAskedAtMs + limits.idleAnswerSeconds * 1000 - nowMs);
  const hole = state.hold || state.ended ? null : missingMedia(state, wholeSeconds(unflushedOf(state)));
  const creditedSeconds = Math.floor(lengthOf(wholeSeconds(seen)) / 1000);
  return {
    ...(hole ? ({ state: 'held', reason: 'media-missing' } as const) : nameOf(state)),
    creditedSeconds,
    creditableSeconds: creditableSecondsOf(state.durationMs),
    creditedToMs: furthestOf(seen),
    goToMs: hole?.from ?? (state.hold && state.hold !== 'daily-cap' && !state.ended ? state.watermarkMs : null),
    answerWithinMs,
    check: checkViewOf(state, nowMs, limits),
    snapshot: snapshotOf(state, nowMs),
    awaitingSeconds: Math.floor(awaitingMs(state) / 1000),
    quizSeconds: state.quiz ? quizSecondsOf(state, creditedSeconds) : null,
    nextBeatMs: nextBeatOf(state, limits),
  };
}

function checkViewOf(state: SessionState, nowMs: number, limits: StudyLimits): StudyView['check'] {
  const open = state.identity?.openCheck;
  if (!open || state.ended) return null;
  return {
    kind: open.kind,
    answerWithinMs: Math.max(0, open.askedAtMs + limits.identityAnswerSeconds * 1000 - nowMs),
    triesLeft: Math.max(0, limits.identityTries - open.tries),
  };
}

/** A picture that was wanted longer ago shows nothing of that moment. */
const SNAPSHOT_WITHIN_MS = 60_000;

function snapshotOf({ identity, ended }: SessionState, nowMs: number): number | null {
  if (!identity || ended || identity.openCheck || identity.snapshotAskedAtMs === null) return null;
  return nowMs - identity.snapshotAskedAtMs <= SNAPSHOT_WITHIN_MS ? identity.snapshots : null;
}

function awaitingMs({ identity }: SessionState): number {
  if (!identity) return 0;
  const parked = identity.parked.flatMap((one) => one.set);
  return lengthOf(wholeSeconds(unite(parked, identity.deferredTo === null ? [] : identity.unvouched)));
}

/** Seconds of the lesson credited in all sessions, whole; those that wait for the quiz among them. */
export function creditedSecondsOf(state: SessionState): number {
  return Math.floor(lengthOf(wholeSeconds(creditedSetOf(state))) / 1000);
}

function creditedSetOf(state: SessionState) {
  const unflushed = unflushedOf(state);
  return unflushed.length === 0 ? knownOf(state) : unite(knownOf(state), deliveredOf(state, unflushed));
}

function nameOf(state: SessionState): Pick<StudyView, 'state' | 'reason'> {
  if (state.ended) return { state: 'ended', reason: state.ended };
  if (state.identity?.openCheck) return { state: 'check', reason: state.identity.openCheck.kind };
  if (state.promptAskedAtMs !== null) return { state: 'prompt', reason: null };
  if (state.hold) return { state: 'held', reason: state.hold };
  return earns(state) ? { state: 'counting', reason: null } : { state: 'standing', reason: state.activity };
}

function nextBeatOf(state: SessionState, limits: StudyLimits): number {
  const usualMs = limits.beatSeconds * 1000;
  if (state.promptAskedAtMs !== null || state.identity?.openCheck) return Math.min(usualMs, PROMPT_BEAT_MS);
  // The picture is over and the clock still catches up a late uplink: report when it will have.
  const behindMs = state.mediaMs - state.watermarkMs;
  const catchingUp = state.activity === 'ended' && behindMs > 0 && !state.hold;
  return catchingUp ? Math.min(usualMs, Math.max(LEAST_NEXT_BEAT_MS, behindMs)) : usualMs;
}
