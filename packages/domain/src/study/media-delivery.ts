import { SNAP_MS } from './apply-beat.ts';
import { type Interval, type IntervalSet, subtract, unite } from './intervals.ts';
import type { SessionState } from './session-state.ts';

/** Which stretches of the lesson the server really sent to this session; only where the rule set asks for it. */
export interface DeliveryState {
  readonly all: IntervalSet;
  /** Since the last row of evidence: what the next one will say. */
  readonly fresh: IntervalSet;
}

/** Notes a stretch that was sent to its end. The picture may end a little before the length that was measured. */
export function noteDelivered(state: SessionState, span: Interval): SessionState {
  const { delivery, durationMs } = state;
  if (!delivery || state.ended) return state;
  const to = span.to >= durationMs - SNAP_MS ? durationMs : span.to;
  const stretch = [{ from: Math.max(0, span.from), to }];
  // Sent again: nothing new, so nothing to write.
  if (subtract(stretch, delivery.all).length === 0) return state;
  return {
    ...state,
    delivery: { all: unite(delivery.all, stretch), fresh: unite(delivery.fresh, stretch) },
  };
}

/** What of a set is creditable: everything where delivery does not matter, else what was sent. */
export function deliveredOf(state: SessionState, set: IntervalSet): Interval[] {
  const { delivery } = state;
  return delivery ? subtract(set, subtract(set, delivery.all)) : [...set];
}

/** A native player may show the picture while its segment still arrives. */
const ARRIVING_MS = 12_000;

/** The first credited stretch that was never sent and is not just arriving; null if there is none. */
export function missingMedia(state: SessionState, credited: IntervalSet): Interval | null {
  const { delivery } = state;
  if (!delivery) return null;
  const hole = subtract(credited, delivery.all)[0];
  return hole && state.watermarkMs - hole.from > ARRIVING_MS ? hole : null;
}
