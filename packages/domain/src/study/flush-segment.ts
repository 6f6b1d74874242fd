import { type Interval, lengthOf, subtract, unite, wholeSeconds } from './intervals.ts';
import type { StudyLimits } from './limits.ts';
import { chinaDayOf, type SessionState } from './session-state.ts';

/** What leaves a session for the person's hour ledger when a segment of evidence is closed. */
export interface Flushed {
  readonly state: SessionState;
  /** Stretches of the media in whole seconds (unit ms) that were not in the ledger before. */
  readonly credited: readonly Interval[];
  /** Length of `credited` in whole seconds. */
  readonly creditedSeconds: number;
}

/** Whether the open segment of evidence has to be closed now. */
export function segmentIsFull(
  state: SessionState,
  segment: { startedAtMs: number; beats: number },
  limits: StudyLimits,
): boolean {
  return (
    state.ended !== null ||
    segment.beats >= limits.segmentMaxBeats ||
    state.lastAtMs - segment.startedAtMs >= limits.segmentMaxSeconds * 1000 ||
    chinaDayOf(segment.startedAtMs) !== state.day
  );
}

/**
 * Hands whole seconds with proven presence to the ledger. The fraction of a second before the credited point stays
 * behind for the next segment, so that cutting a run into segments never costs the learner a second.
 */
export function flushSegment(state: SessionState): Flushed {
  const whole = wholeSeconds(state.confirmed);
  const credited = subtract(whole, state.viewed);
  const last = state.confirmed.at(-1);
  const rest: Interval[] =
    last && last.to === runEnd(state) && last.to % 1000 !== 0
      ? [{ from: Math.max(last.from, Math.floor(last.to / 1000) * 1000), to: last.to }]
      : [];
  return {
    state: { ...state, confirmed: state.ended ? [] : rest, viewed: unite(state.viewed, whole) },
    credited,
    creditedSeconds: lengthOf(credited) / 1000,
  };
}

/** Where the confirmed run ends that may still be continued: before what is pending, or at the credited point. */
function runEnd(state: SessionState): number {
  return state.pending[0]?.from ?? state.watermarkMs;
}
