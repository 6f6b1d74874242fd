import { type Interval, type IntervalSet, lengthOf, subtract, unite, wholeSeconds } from './intervals.ts';
import type { StudyLimits } from './limits.ts';
import { deliveredOf } from './media-delivery.ts';
import { dividedByQuiz, knownOf } from './quiz-gate.ts';
import { chinaDayOf, type SessionState } from './session-state.ts';

/** Whole seconds that wait for later decisions: under a check of identity, under the quiz of the lesson, or under both. */
export interface Awaited {
  /** A pending verdict (identity_check). */
  readonly checkId?: string;
  /** An open round of the quiz. */
  readonly gateId?: string;
  readonly set: IntervalSet;
}

/** What leaves a session for the person's hour ledger when a segment of evidence is closed. */
export interface Flushed {
  readonly state: SessionState;
  /** Stretches of the media in whole seconds (unit ms) that were not in the ledger before. */
  readonly credited: readonly Interval[];
  /** Length of `credited` in whole seconds. */
  readonly creditedSeconds: number;
  /** Stretches not handed over because another training counted the time. */
  readonly withheld: readonly Interval[];
  /** Whole seconds that wait for a pending verdict or for the quiz; none of them is in `credited`. */
  readonly awaiting: readonly Awaited[];
  /** Whole seconds of which the picture was never sent. */
  readonly undelivered: readonly Interval[];
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
  const unsent = subtract(wholeSeconds(state.confirmed), knownOf(state));
  const fresh = wholeSeconds(deliveredOf(state, unsent));
  const safe = firstOf(fresh, lengthOf(fresh) - overlapSeconds * 1000);
  const withheld = subtract(fresh, safe);
  const { credited, waits, quiz } = dividedByQuiz(state, safe);
  const last = state.confirmed.at(-1);
  const rest: Interval[] =
    last && last.to === runEnd(state) && last.to % 1000 !== 0
      ? [{ from: Math.max(last.from, Math.floor(last.to / 1000) * 1000), to: last.to }]
      : [];
  const viewed = unite(state.viewed, credited);
  const next: SessionState = {
    ...state,
    confirmed: state.ended ? [] : rest,
    viewed,
    ...(quiz ? { quiz } : {}),
  };
  return {
    state: {
      ...next,
      ...(state.identity ? { identity: { ...state.identity, parked: [] } } : {}),
      ...(state.delivery ? { delivery: { ...state.delivery, fresh: [] } } : {}),
    },
    credited,
    creditedSeconds: lengthOf(credited) / 1000,
    withheld,
    awaiting: [
      ...awaitingOf(state, knownOf(next)),
      ...(quiz && waits.length > 0 ? [{ gateId: quiz.gateId, set: waits }] : []),
    ],
    undelivered: subtract(unsent, fresh),
  };
}

/** What waits for verdicts, in whole seconds, each second under one verdict only; where the quiz is open, for both. */
function awaitingOf(state: SessionState, known: IntervalSet): Awaited[] {
  const found: Awaited[] = [];
  const gate = state.quiz ? { gateId: state.quiz.gateId } : {};
  let taken = known;
  for (const { checkId, set } of state.identity?.parked ?? []) {
    const fresh = wholeSeconds(deliveredOf(state, subtract(wholeSeconds(set), taken)));
    if (fresh.length > 0) found.push({ checkId, ...gate, set: fresh });
    taken = unite(taken, fresh);
  }
  return found;
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

/** Where the confirmed run ends that may still be continued: before what is not safe yet, or at the credited point. */
function runEnd(state: SessionState): number {
  return state.identity?.unvouched[0]?.from ?? state.pending[0]?.from ?? state.watermarkMs;
}
