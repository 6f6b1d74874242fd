import { creditableSecondsOf } from './hours.ts';
import { creditedSecondsOf } from './study-status.ts';
import type { StudyLimits } from './limits.ts';
import type { IdentityState } from './identity-state.ts';
import type { SessionState } from './session-state.ts';

/** A uniform number of at least 0 and below 1 that nobody outside the server can know: the `index`-th draw of a kind. */
export type Draw = (kind: 'check' | 'snapshot', index: number) => number;

/** Shortest viewed time before a check, where the lesson is long enough for it. */
const LEAST_MS = 60_000;
/** A lesson's last fraction of a second is never credited, and a player ends a little before the end. */
const END_MARGIN_MS = 2_500;

/**
 * The longest viewed time after which the next random check is asked, ms.
 *
 * Two reports may lie a bridgeable gap apart, and a late report is no moment to ask: so the draw stays two such gaps below
 * the limit, and the check is asked before it (inspection table item 10: 15 minutes). While the lesson has no passed random
 * check, the draw stays inside what is left of it: at least one per video.
 */
export function longestUntilCheckMs(identity: IdentityState, limits: StudyLimits): number {
  const gapMs = (limits.identityGapSeconds ?? 0) * 1000;
  const mostMs = Math.max(gapMs / 3, gapMs - 2 * limits.bridgeableGapSeconds * 1000);
  if (identity.lessonChecked || identity.leftMs < 1000) return mostMs;
  return Math.min(mostMs, Math.max(identity.leftMs / 2, identity.leftMs - END_MARGIN_MS));
}

/** Viewed time since the last check after which the next one is due, ms. @param uniform at least 0, below 1 */
export function checkDueAfterMs(identity: IdentityState, limits: StudyLimits, uniform: number): number {
  const mostMs = longestUntilCheckMs(identity, limits);
  const leastMs = Math.min(LEAST_MS, mostMs / 10);
  return leastMs + uniform * (mostMs - leastMs);
}

/**
 * What is due after a report: a check, a picture in passing, or nothing. Pure: the same state and draws give the same answer,
 * so that anyone who knows the secret (it is told when the session is over) can see that the moments were not chosen.
 * @param late the report was delivered late: no moment to ask unless the limit is near
 */
export function moveDue(
  state: SessionState,
  limits: StudyLimits,
  late: boolean,
  draw: Draw,
): 'check-asked' | 'snapshot-asked' | null {
  const { identity } = state;
  if (!identity || identity.openCheck || state.ended || state.promptAskedAtMs !== null) return null;
  if (limits.identityGapSeconds === null) return null;
  const dueMs = checkDueAfterMs(identity, limits, draw('check', identity.asked));
  if (identity.sinceMs >= (late ? latestMs(identity, limits, dueMs) : dueMs)) return 'check-asked';
  if (limits.snapshotGapSeconds === null || late || state.activity !== 'playing') return null;
  const pictureMs = limits.snapshotGapSeconds * 1000 * (0.3 + 0.6 * draw('snapshot', identity.snapshots));
  return identity.snapshotSinceMs >= pictureMs ? 'snapshot-asked' : null;
}

/** Nobody is late for longer than a bridgeable gap: then the check is asked all the same. */
function latestMs(identity: IdentityState, limits: StudyLimits, dueMs: number): number {
  const longestMs = longestUntilCheckMs(identity, limits);
  return Math.min(Math.max(dueMs, longestMs), dueMs + limits.bridgeableGapSeconds * 1000);
}

/** A session may be left before its check is asked, but a lesson is not finished without one (at least one per video). */
export function mayLeaveUnasked(state: SessionState): boolean {
  const { identity } = state;
  return !identity || identity.lessonChecked || creditedSecondsOf(state) < creditableSecondsOf(state.durationMs);
}

/** How much more may be viewed before a check is asked, whatever the server does, ms: the fold itself keeps the limit. */
export function viewableMs(state: SessionState, limits: StudyLimits): number {
  const { identity } = state;
  if (!identity || limits.identityGapSeconds === null) return Number.POSITIVE_INFINITY;
  return Math.max(0, limits.identityGapSeconds * 1000 - identity.sinceMs);
}

/** Counts viewed time, new or seen before: checks are spread over viewing (inspection table item 10). */
export function countViewed(state: SessionState, viewedMs: number): SessionState {
  const { identity } = state;
  if (!identity) return state;
  return {
    ...state,
    identity: {
      ...identity,
      sinceMs: identity.sinceMs + viewedMs,
      snapshotSinceMs: identity.snapshotSinceMs + viewedMs,
    },
  };
}
