import { randomUUID } from 'node:crypto';
import {
  type AnomalyCode,
  anomalyCodes,
  anomalyThreshold,
  applyBeat,
  type Beat,
  type BeatClaim,
  creditableSecondsOf,
  creditedSecondsOf,
  decodeBeatsBackwards,
  encodeBeat,
  type EndReason,
  endSession,
  type EvidenceFact,
  type Interval,
  overlapSecondsOf,
  promptOverdueAt,
  segmentIsFull,
  type SessionState,
  type Step,
  takeReport,
} from '@antu/domain';
import type { LiveSession } from './live-session.ts';
import { type SealedEvidence, type SealedLedger, sealSegment, sealAnomaly } from './seal-segment.ts';

/** What a request wants of a running session. Times are the server's, taken when the request arrived. */
export type Wish =
  | { type: 'beats'; claims: readonly BeatClaim[]; nowMs: number }
  | { type: 'presence'; promptId: string; claim: BeatClaim; nowMs: number }
  | { type: 'close'; claims: readonly BeatClaim[]; nowMs: number }
  | { type: 'end'; reason: EndReason; atMs: number; nowMs: number }
  | { type: 'anomaly'; code: AnomalyCode; nowMs: number };

/** A session after wishes were taken into account, and the rows that must be written with it. */
export type Advanced = {
  session: LiveSession;
  /** Beats to append to the stored ones; null: the stored ones are replaced by those of `session`. */
  appended: readonly number[] | null;
  evidence: SealedEvidence[];
  ledger: SealedLedger[];
  /** True if more changed than state and beats: prompt, anomalies, chain or the end. */
  isComplex: boolean;
};

/** Nothing has happened to this session yet. */
export function untouched(session: LiveSession): Advanced {
  return { session, appended: [], evidence: [], ledger: [], isComplex: false };
}

/**
 * Applies a wish. Pure but for random ids: nothing is written.
 * @param others server time that other entries of the person's ledger cover
 */
export function advanceSession(from: Advanced, wish: Wish, others: readonly Interval[]): Advanced {
  if (from.session.state.ended) return from;
  switch (wish.type) {
    case 'beats':
      return wish.claims.reduce((to, claim) => takeClaim(to, claim, wish.nowMs, others), from);
    case 'presence':
      return takePresence(from, wish, others);
    case 'close':
      return takeClose(from, wish, others);
    case 'end':
      return settle(from, endSession(from.session.state, wish.reason, wish.atMs), wish.nowMs, others);
    case 'anomaly':
      return noteAnomaly(from, wish.code, wish.nowMs);
  }
}

/** Ends a session at `nowMs`, or where it was really over if it had fallen silent or unanswered before. */
export function endingOf(session: LiveSession, wanted: EndReason, nowMs: number, marginMs: number): Wish {
  const { state, limits } = session;
  const overdueMs = promptOverdueAt(state, limits);
  if (overdueMs !== null && nowMs > overdueMs) return { type: 'end', reason: 'no-presence', atMs: overdueMs, nowMs };
  const silent = nowMs - state.lastAtMs > limits.bridgeableGapSeconds * 1000 + marginMs;
  if (silent) return { type: 'end', reason: 'vanished', atMs: state.lastAtMs, nowMs };
  return { type: 'end', reason: wanted, atMs: Math.max(nowMs, state.lastAtMs), nowMs };
}

function takeClaim(
  from: Advanced,
  claim: BeatClaim,
  nowMs: number,
  others: readonly Interval[],
  how: { answered?: boolean; last?: boolean } = {},
): Advanced {
  const { session } = from;
  if (session.state.ended) return from;
  const taken = takeReport(session.state, claim, nowMs, session.limits, () => openBeatsOf(session), how);
  if (taken.type === 'ignored') return taken.anomaly ? noteAnomaly(from, taken.anomaly, nowMs) : from;
  return record(from, taken.beat, nowMs, others);
}

function record(from: Advanced, beat: Beat, nowMs: number, others: readonly Interval[]): Advanced {
  const { session } = from;
  const { state } = session;
  const step = applyBeat(state, beat, session.limits);
  if (step.state.ended) return settle(from, step, nowMs, others);
  const origin = { seq: state.lastSeq, atMs: state.lastAtMs, mediaMs: state.mediaMs, activity: state.activity };
  const bytes = encodeBeat(origin, beat);
  const promptId = promptIdAfter(session, step);
  const next: LiveSession = {
    ...session,
    state: step.state,
    beats: concat(session.beats, bytes),
    beatCount: session.beatCount + 1,
    promptId,
  };
  const to: Advanced = {
    ...from,
    session: next,
    appended: from.appended && [...from.appended, ...bytes],
    isComplex: from.isComplex || promptId !== session.promptId,
  };
  const segment = { startedAtMs: next.segmentStartedAtMs, beats: next.beatCount };
  return segmentIsFull(next.state, segment, next.limits)
    ? seal(to, { kind: 'segment', beats: base64(next.beats) }, nowMs, others)
    : to;
}

function promptIdAfter(session: LiveSession, step: Step): string | null {
  if (step.state.promptAskedAtMs === null) return null;
  return session.promptId ?? randomUUID();
}

function takePresence(
  from: Advanced,
  wish: Extract<Wish, { type: 'presence' }>,
  others: readonly Interval[],
): Advanced {
  const { session } = from;
  // A repeat of the answer that got through is a retry, not an attempt.
  if (wish.claim.seq <= session.state.lastSeq) return takeClaim(from, wish.claim, wish.nowMs, others);
  if (session.promptId !== wish.promptId) return noteAnomaly(from, 'wrong-prompt', wish.nowMs);
  return takeClaim(from, wish.claim, wish.nowMs, others, { answered: true });
}

function takeClose(from: Advanced, wish: Extract<Wish, { type: 'close' }>, others: readonly Interval[]): Advanced {
  let to = from;
  for (const [index, claim] of wish.claims.entries()) {
    to = takeClaim(to, claim, wish.nowMs, others, { last: index === wish.claims.length - 1 });
  }
  const { state } = to.session;
  if (state.ended) return to;
  const reason: EndReason = isFinished(state) ? 'finished' : 'left';
  const atMs = Math.max(wish.nowMs, state.lastAtMs);
  return settle(to, endSession(state, reason, atMs), wish.nowMs, others);
}

/** Closes the chain with the step that ended the session. */
function settle(from: Advanced, step: Step, nowMs: number, others: readonly Interval[]): Advanced {
  const { session } = from;
  const { ended, lastAtMs } = step.state;
  if (!ended) return from;
  let to = from;
  for (const code of anomalyCodes) {
    const count = session.anomalies[code] ?? 0;
    const threshold = anomalyThreshold(code);
    const left = count < threshold ? count : count - threshold;
    if (left > 0) to = sealAnomaly(to, { kind: 'anomaly', code, count: left }, nowMs);
  }
  const fact: EvidenceFact = { kind: 'closed', beats: base64(session.beats), reason: ended, endedAtMs: lastAtMs };
  return seal({ ...to, session: { ...to.session, state: step.state, promptId: null } }, fact, nowMs, others);
}

function seal(
  from: Advanced,
  fact: Extract<EvidenceFact, { kind: 'segment' | 'closed' }>,
  nowMs: number,
  others: readonly Interval[],
): Advanced {
  const { segmentStartedAtMs, state } = from.session;
  const overlapSeconds = overlapSecondsOf({ from: segmentStartedAtMs, to: state.lastAtMs }, others);
  return sealSegment(from, overlapSeconds > 0 ? { ...fact, overlapSeconds } : fact, nowMs);
}

/** The first of most kinds leaves evidence at once; further ones are counted and written when the session ends. */
function noteAnomaly(from: Advanced, code: AnomalyCode, nowMs: number): Advanced {
  const { session } = from;
  const count = (session.anomalies[code] ?? 0) + 1;
  const counted: Advanced = {
    ...from,
    session: { ...session, anomalies: { ...session.anomalies, [code]: count } },
    isComplex: true,
  };
  return count === anomalyThreshold(code) ? sealAnomaly(counted, { kind: 'anomaly', code, count }, nowMs) : counted;
}

/** All whole seconds of the lesson are credited once the session ends now. */
function isFinished(state: SessionState): boolean {
  return creditedSecondsOf(state) >= creditableSecondsOf(state.durationMs);
}

function openBeatsOf({ state, beats }: LiveSession): Beat[] {
  return decodeBeatsBackwards({ seq: state.lastSeq, atMs: state.lastAtMs, mediaMs: state.mediaMs }, beats);
}

function concat(bytes: Uint8Array, more: readonly number[]): Uint8Array {
  const all = new Uint8Array(bytes.length + more.length);
  all.set(bytes);
  all.set(more, bytes.length);
  return all;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
