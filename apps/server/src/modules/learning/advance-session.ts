import { randomUUID } from 'node:crypto';
import {
  type AnomalyCode,
  anomalyCodes,
  anomalyThreshold,
  applyBeat,
  applyIdentityMove,
  type Beat,
  type BeatClaim,
  creditableSecondsOf,
  creditedSecondsOf,
  decodeBeatsBackwards,
  encodeBeat,
  encodeMove,
  type EndReason,
  endSession,
  type EvidenceFact,
  type IdentityMove,
  type Interval,
  mayLeaveUnasked,
  moveDue,
  noteDelivered,
  overlapSecondsOf,
  questionOverdueAt,
  segmentIsFull,
  type SessionState,
  type Step,
  takeReport,
} from '@antu/domain';
import { drawOf } from './check-draw.ts';
import type { LiveSession } from './live-session.ts';
import {
  type SealedAwaiting,
  type SealedEvidence,
  type SealedLedger,
  sealSegment,
  sealAnomaly,
} from './seal-segment.ts';

/** What a request wants of a running session. Times are the server's, taken when the request arrived. */
export type Wish =
  | { type: 'beats'; claims: readonly BeatClaim[]; nowMs: number }
  | { type: 'presence'; promptId: string; claim: BeatClaim; nowMs: number }
  /** All verdicts of the identity module about the check that is open, oldest first. */
  | { type: 'check'; checkId: string; verdicts: readonly CheckVerdict[]; nowMs: number }
  /** A stretch of the media was sent to this session to its end. */
  | { type: 'delivered'; spans: readonly Interval[]; nowMs: number }
  | { type: 'close'; claims: readonly BeatClaim[]; nowMs: number }
  | { type: 'end'; reason: EndReason; atMs: number; nowMs: number }
  | { type: 'anomaly'; code: AnomalyCode; nowMs: number };

/** What the identity module decided; the server knows it, no client says it. */
export type CheckVerdict = {
  id: string;
  outcome: 'passed' | 'failed' | 'pending';
  /** Digest of the stored verdict, hexadecimal. */
  hashHex: string;
  decidedAtMs: number;
};

/** A session after wishes were taken into account, and the rows that must be written with it. */
export type Advanced = {
  session: LiveSession;
  /** Beats to append to the stored ones; null: the stored ones are replaced by those of `session`. */
  appended: readonly number[] | null;
  evidence: SealedEvidence[];
  ledger: SealedLedger[];
  awaiting: SealedAwaiting[];
  /** True if more changed than state and beats: prompt, anomalies, chain or the end. */
  isComplex: boolean;
};

/** Nothing has happened to this session yet. */
export function untouched(session: LiveSession): Advanced {
  return { session, appended: [], evidence: [], ledger: [], awaiting: [], isComplex: false };
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
    case 'check':
      return takeVerdicts(from, wish, others);
    case 'delivered':
      return takeDelivered(from, wish.spans);
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
  const overdue = questionOverdueAt(state, limits);
  if (overdue !== null && nowMs > overdue.atMs) return { type: 'end', ...overdue, nowMs };
  const silent = nowMs - state.lastAtMs > limits.bridgeableGapSeconds * 1000 + marginMs;
  if (silent) return { type: 'end', reason: 'vanished', atMs: state.lastAtMs, nowMs };
  return { type: 'end', reason: wanted, atMs: Math.max(nowMs, state.lastAtMs), nowMs };
}

function takeClaim(
  from: Advanced,
  claim: BeatClaim,
  nowMs: number,
  others: readonly Interval[],
  how: { answered?: boolean; last?: boolean; leaving?: boolean } = {},
): Advanced {
  const { session } = from;
  if (session.state.ended) return from;
  const taken = takeReport(session.state, claim, nowMs, session.limits, () => openBeatsOf(session), how);
  if (taken.type === 'ignored') return taken.anomaly ? noteAnomaly(from, taken.anomaly, nowMs) : from;
  return record(from, taken.beat, nowMs, others, how.leaving === true);
}

/** @param isLeaving the learner leaves with this report: no moment to ask, unless the lesson would be finished unasked */
function record(
  from: Advanced,
  beat: Beat,
  nowMs: number,
  others: readonly Interval[],
  isLeaving: boolean = false,
): Advanced {
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
  return sealIfFull(isLeaving && mayLeaveUnasked(next.state) ? to : askIfDue(to, beat, nowMs, others), nowMs, others);
}

function sealIfFull(from: Advanced, nowMs: number, others: readonly Interval[]): Advanced {
  const { session } = from;
  if (session.state.ended) return from;
  const segment = { startedAtMs: session.segmentStartedAtMs, beats: session.beatCount };
  return segmentIsFull(session.state, segment, session.limits)
    ? seal(from, { kind: 'segment', beats: base64(session.beats) }, nowMs, others)
    : from;
}

/** After a report: is a check of identity due, or a picture in passing? */
function askIfDue(from: Advanced, beat: Beat, nowMs: number, others: readonly Interval[]): Advanced {
  const { checkSeed, limits, state } = from.session;
  if (!state.identity || checkSeed === null) return from;
  const due = moveDue(state, limits, beat.late, drawOf(checkSeed));
  return due ? move(from, { type: due, atMs: beat.atMs }, nowMs, others) : from;
}

/** Takes a move into account and writes it into the open segment, between the reports. */
function move(from: Advanced, made: IdentityMove, nowMs: number, others: readonly Interval[]): Advanced {
  const { session } = from;
  const bytes = encodeMove(session.state.lastAtMs, made);
  const step = applyIdentityMove(session.state, made, session.limits);
  const state = step.state.ended ? { ...step.state, ended: null } : step.state;
  const to: Advanced = {
    ...from,
    session: {
      ...session,
      state,
      beats: concat(session.beats, bytes),
      checkId: state.identity?.openCheck ? (session.checkId ?? randomUUID()) : null,
    },
    appended: from.appended && [...from.appended, ...bytes],
    isComplex: true,
  };
  return step.state.ended ? settle(to, step, nowMs, others) : to;
}

/** Every verdict counts, whichever the client points at: who failed may not look for one that fits. */
function takeVerdicts(from: Advanced, wish: Extract<Wish, { type: 'check' }>, others: readonly Interval[]): Advanced {
  const open = from.session.state.identity?.openCheck;
  // None open: the verdict was taken before, and its answer got lost on the way.
  if (!open) return from;
  if (from.session.checkId !== wish.checkId) return noteAnomaly(from, 'wrong-check', wish.nowMs);
  let to = from;
  for (const verdict of wish.verdicts.slice(open.tries)) {
    if (to.session.checkId !== wish.checkId) break;
    to = takeVerdict(to, verdict, wish.nowMs, others);
  }
  return to;
}

function takeVerdict(from: Advanced, verdict: CheckVerdict, nowMs: number, others: readonly Interval[]): Advanced {
  const { state, limits } = from.session;
  const atMs = Math.max(state.lastAtMs, Math.min(verdict.decidedAtMs, nowMs));
  const overdue = questionOverdueAt(state, limits);
  if (overdue && atMs > overdue.atMs) {
    return settle(from, endSession(state, overdue.reason, overdue.atMs), nowMs, others);
  }
  const types = { passed: 'check-passed', failed: 'check-failed', pending: 'check-deferred' } as const;
  const digest = verdict.hashHex.slice(0, 32);
  return move(from, { type: types[verdict.outcome], atMs, checkId: verdict.id, digest }, nowMs, others);
}

function takeDelivered(from: Advanced, spans: readonly Interval[]): Advanced {
  const { session } = from;
  const state = spans.reduce(noteDelivered, session.state);
  if (state === session.state) return from;
  return { ...from, session: { ...session, state } };
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
    to = takeClaim(to, claim, wish.nowMs, others, { leaving: true, last: index === wish.claims.length - 1 });
  }
  const { state } = to.session;
  if (state.ended) return to;
  // The lesson would be finished without a check at a random moment: it is asked now, and the session waits for it.
  if (state.identity?.openCheck && !from.session.state.identity?.openCheck) return to;
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
  const fact: EvidenceFact = {
    kind: 'closed',
    beats: base64(session.beats),
    reason: ended,
    endedAtMs: lastAtMs,
    ...(session.checkSeed === null ? {} : { identitySeed: Buffer.from(session.checkSeed, 'hex').toString('base64') }),
  };
  const closed: LiveSession = { ...to.session, state: step.state, promptId: null, checkId: null };
  return seal({ ...to, session: closed }, fact, nowMs, others);
}

function seal(
  from: Advanced,
  fact: Extract<EvidenceFact, { kind: 'segment' | 'closed' }>,
  nowMs: number,
  others: readonly Interval[],
): Advanced {
  const { segmentStartedAtMs, state } = from.session;
  const overlapSeconds = overlapSecondsOf({ from: segmentStartedAtMs, to: state.lastAtMs }, others);
  const delivered = state.delivery?.fresh ?? [];
  const told = {
    ...fact,
    ...(overlapSeconds > 0 ? { overlapSeconds } : {}),
    ...(delivered.length > 0 ? { delivered } : {}),
  };
  return sealSegment(from, told, nowMs);
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
