import { earns } from './apply-beat.ts';
import { creditableSecondsOf } from './hours.ts';
import { furthestOf, lengthOf, unite, wholeSeconds } from './intervals.ts';
import type { StudyLimits } from './limits.ts';
import type { SessionState } from './session-state.ts';

/** What the player must show and do, as far as the state decides it. */
export interface StudyView {
  readonly state: 'counting' | 'standing' | 'held' | 'prompt' | 'ended';
  readonly reason: string | null;
  readonly creditedSeconds: number;
  readonly creditableSeconds: number;
  readonly creditedToMs: number;
  readonly goToMs: number | null;
  readonly answerWithinMs: number | null;
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
  return {
    ...nameOf(state),
    creditedSeconds: Math.floor(lengthOf(wholeSeconds(seen)) / 1000),
    creditableSeconds: creditableSecondsOf(state.durationMs),
    creditedToMs: furthestOf(seen),
    goToMs: state.hold && state.hold !== 'daily-cap' && !state.ended ? state.watermarkMs : null,
    answerWithinMs,
    nextBeatMs: nextBeatOf(state, limits),
  };
}

/** Seconds of the lesson credited in all sessions, whole. */
export function creditedSecondsOf(state: SessionState): number {
  return Math.floor(lengthOf(wholeSeconds(creditedSetOf(state))) / 1000);
}

function creditedSetOf(state: SessionState) {
  if (state.confirmed.length === 0 && state.pending.length === 0) return state.viewed;
  return unite(state.viewed, state.confirmed, state.pending);
}

function nameOf(state: SessionState): Pick<StudyView, 'state' | 'reason'> {
  if (state.ended) return { state: 'ended', reason: state.ended };
  if (state.promptAskedAtMs !== null) return { state: 'prompt', reason: null };
  if (state.hold) return { state: 'held', reason: state.hold };
  return earns(state) ? { state: 'counting', reason: null } : { state: 'standing', reason: state.activity };
}

function nextBeatOf(state: SessionState, limits: StudyLimits): number {
  const usualMs = limits.beatSeconds * 1000;
  if (state.promptAskedAtMs !== null) return Math.min(usualMs, PROMPT_BEAT_MS);
  // The picture is over and the clock still catches up a late uplink: report when it will have.
  const behindMs = state.mediaMs - state.watermarkMs;
  const catchingUp = state.activity === 'ended' && behindMs > 0 && !state.hold;
  return catchingUp ? Math.min(usualMs, Math.max(LEAST_NEXT_BEAT_MS, behindMs)) : usualMs;
}
