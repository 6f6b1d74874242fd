import { type Interval, type IntervalSet, lengthOf, subtract, unite, wholeSeconds } from './intervals.ts';
import type { StudyLimits } from './limits.ts';
import { chinaDayOf, type SessionState } from './session-state.ts';

/** What leaves a session for the person's hour ledger when a segment of evidence is closed. */
export interface Flushed {
  readonly state: SessionState;
  /** Stretches of the media in whole seconds (unit ms) that were not in the ledger before. */
  readonly credited: readonly Interval[];
  /** Length of `credited` in whole seconds. */
  readonly creditedSeconds: number;
  /** Stretches not handed over because another training counted the time. */
  readonly withheld: readonly Interval[];
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
 * @param overlapSeconds seconds that another training counted at the same time: withheld from the end
 */
export function flushSegment(state: SessionState, overlapSeconds: number = 0): Flushed {
  const whole = wholeSeconds(state.confirmed);
  const fresh = subtract(whole, state.viewed);
  const credited = firstOf(fresh, lengthOf(fresh) - overlapSeconds * 1000);
  const withheld = subtract(fresh, credited);
  const last = state.confirmed.at(-1);
  const rest: Interval[] =
    last && last.to === runEnd(state) && last.to % 1000 !== 0
      ? [{ from: Math.max(last.from, Math.floor(last.to / 1000) * 1000), to: last.to }]
      : [];
  return {
    state: { ...state, confirmed: state.ended ? [] : rest, viewed: unite(state.viewed, credited) },
    credited,
    creditedSeconds: lengthOf(credited) / 1000,
    withheld,
  };
}

/** The first `lengthMs` of a set. */
function firstOf(set: IntervalSet, lengthMs: number): Interval[] {
  const taken: Interval[] = [];
  let left = Math.max(0, lengthMs);
  for (const one of set) {
    if (left <= 0) break;
    const to = Math.min(one.to, one.from + left);
    taken.push({ from: one.from, to });
    left -= to - one.from;
  }
  return taken;
}

/** Where the confirmed run ends that may still be continued: before what is pending, or at the credited point. */
function runEnd(state: SessionState): number {
  return state.pending[0]?.from ?? state.watermarkMs;
}
