import { earns, SNAP_MS } from './apply-beat.ts';
import type { StudyLimits } from './limits.ts';
import { type Activity, type Beat, type SessionState } from './session-state.ts';

/** A report as the client sent it, already known to have the right types and ranges. */
export interface BeatClaim {
  readonly seq: number;
  readonly mediaMs: number;
  readonly activity: Activity;
  readonly touched: boolean;
  /** How long ago by the client's stopwatch; a claim, not a fact. */
  readonly ageMs: number;
}

/** Reports closer together than this that change nothing are not recorded: no player sends them. */
export const LEAST_BEAT_DISTANCE_MS = 300;

/** A retry may come this many reports late without raising an eyebrow. */
const RETRY_WINDOW = 60;

/** What a request did that no player of ours does. Written into the evidence, never credited. */
export const anomalyCodes = [
  'invalid-payload',
  'repeat',
  'repeat-differs',
  'stale-repeat',
  'too-frequent',
  'position-beyond-end',
  'wrong-prompt',
  'foreign-session',
  'flood',
  'wrong-check',
] as const;
export type AnomalyCode = (typeof anomalyCodes)[number];

/**
 * How many of a kind leave a row of evidence at once; fewer are written when the session ends. A poor network sends a
 * report twice now and then, which is no news; nothing else on the list happens to an honest player.
 */
export function anomalyThreshold(code: AnomalyCode): number {
  return code === 'repeat' ? 3 : 1;
}

export type TakenReport =
  | { type: 'beat'; beat: Beat }
  /** Known already or not worth a record; the current status is the answer. */
  | { type: 'ignored'; anomaly: AnomalyCode | null };

/**
 * Turns a claim into a beat with server time. The claimed age moves a late report back to when it happened, but never
 * before the previous one, never into the future, never further than a gap that may be bridged; and when the server
 * heard nothing for longer than that gap while the clock ran, the age is not believed at all.
 * @param known beats of the open segment, to compare repeats with
 * @param answered the learner answered the open question (its id was right)
 */
export function takeReport(
  state: SessionState,
  claim: BeatClaim,
  nowMs: number,
  limits: StudyLimits,
  known: () => readonly Beat[],
  { answered = false, last = false }: { answered?: boolean; last?: boolean } = {},
): TakenReport {
  if (claim.mediaMs > state.durationMs + SNAP_MS) return { type: 'ignored', anomaly: 'position-beyond-end' };
  const mediaMs = Math.min(claim.mediaMs, state.durationMs);
  if (claim.seq <= state.lastSeq) return { type: 'ignored', anomaly: judgeRepeat(state, claim, mediaMs, known()) };

  const gapMs = limits.bridgeableGapSeconds * 1000;
  const lost = nowMs - state.lastAtMs > gapMs && earns(state);
  // An answer counts when it arrives: an age would let it slip in before its time ran out.
  const ageMs = lost || answered ? 0 : Math.min(Math.max(0, claim.ageMs), gapMs);
  const atMs = Math.max(state.lastAtMs, Math.min(nowMs, nowMs - ageMs));
  const { activity, touched } = claim;
  // A player sent back to the credited point reports from there at once: a jump is news, however soon it comes.
  const expectedMs = state.mediaMs + (state.activity === 'playing' ? atMs - state.lastAtMs : 0);
  const jumps = Math.abs(mediaMs - expectedMs) > SNAP_MS;
  const changesNothing = activity === state.activity && !jumps && !answered && !last;
  if (changesNothing && state.lastSeq > 0 && atMs - state.lastAtMs < LEAST_BEAT_DISTANCE_MS) {
    return { type: 'ignored', anomaly: claim.ageMs > 0 ? null : 'too-frequent' };
  }
  const late = atMs < nowMs;
  return { type: 'beat', beat: { seq: claim.seq, atMs, mediaMs, activity, touched, answered, late } };
}

function judgeRepeat(state: SessionState, claim: BeatClaim, mediaMs: number, known: readonly Beat[]): AnomalyCode {
  const first = known.find((beat) => beat.seq === claim.seq);
  if (first) return first.mediaMs === mediaMs && first.activity === claim.activity ? 'repeat' : 'repeat-differs';
  if (claim.seq === state.lastSeq) {
    return state.mediaMs === mediaMs && state.activity === claim.activity ? 'repeat' : 'repeat-differs';
  }
  return claim.seq < state.lastSeq - RETRY_WINDOW ? 'stale-repeat' : 'repeat';
}
