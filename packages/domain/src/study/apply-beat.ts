import { countViewed, viewableMs } from './identity-schedule.ts';
import {
  applyMove,
  checkOverdueAt,
  type IdentityMove,
  settlePending,
  settleUnvouched,
  takeBackUnvouched,
  unflushedOf,
} from './identity-state.ts';
import { furthestOf, type Interval, lengthOf, subtract, unite } from './intervals.ts';
import type { EndReason, StudyLimits } from './limits.ts';
import { knownOf } from './quiz-gate.ts';
import { type Beat, chinaDayOf, type Effect, type HoldReason, type SessionState, type Step } from './session-state.ts';

/** Players report a position a little off the one they were sent to; less than this is the same place. */
export const SNAP_MS = 1_500;

/** Above this speed a jump is called seeking, below it fast playback. Only the word shown differs. */
const FASTEST_PLAYBACK = 4;

/**
 * Takes one report into account (issue "one verified hour", section 4; Guangdong inspection table items 18, 30, 31).
 *
 * Credit is the least of: server time since the last beat while the player played, media between the credited point
 * and the reported position, what is left of the day. So no beat credits more than the server's own clock, whatever a
 * client sends, and a late uplink only delays credit: the credited point trails the picture and catches up.
 *
 * The caller has made sure that `beat.seq` is new, `beat.atMs` not before `state.lastAtMs` and `beat.mediaMs` within the
 * media. A beat whose answer is a state that ended was not taken: it comes after the end and is not evidence of study.
 */
export function applyBeat(state: SessionState, beat: Beat, limits: StudyLimits): Step {
  if (state.ended) return { state, effects: [] };
  const overdue = questionOverdueAt(state, limits);
  if (overdue !== null && beat.atMs > overdue.atMs) return endSession(state, overdue.reason, overdue.atMs);

  const effects: Effect[] = [];
  let next = turnDay(state, beat.atMs);
  next = settleElapsed(next, beat, limits, effects);
  next = placeAt(next, beat, limits);
  next = notePresence(next, beat, effects);
  next = { ...next, lastSeq: beat.seq, lastAtMs: beat.atMs, activity: beat.activity };
  if (earns(next) && beat.atMs - next.presenceAtMs >= askAfterMs(beat, limits)) {
    next = { ...next, promptAskedAtMs: beat.atMs };
    effects.push({ type: 'prompt', atMs: beat.atMs });
  }
  return { state: next, effects };
}

/** Takes a move about identity into account: asked, passed, failed, left to people, or a picture in passing. */
export function applyIdentityMove(state: SessionState, move: IdentityMove, limits: StudyLimits): Step {
  if (state.ended) return { state, effects: [] };
  const effects: Effect[] = [];
  if (state.identity?.openCheck && move.atMs > state.lastAtMs) {
    effects.push({ type: 'standing', activity: 'check', fromAtMs: state.lastAtMs, toAtMs: move.atMs });
  }
  const next = applyMove(state, move, limits);
  const confirms = subtract(next.confirmed, state.confirmed);
  effects.push('checkId' in move ? { type: move.type, atMs: move.atMs, checkId: move.checkId, confirms } : { ...move });
  const open = next.identity?.openCheck;
  if (!open || open.tries < limits.identityTries) return { state: next, effects };
  const ended = endSession(next, 'identity-failed', Math.max(next.lastAtMs, move.atMs));
  return { state: ended.state, effects: [...effects, ...ended.effects] };
}

/**
 * Ends the session at `atMs`. A question that stands open at the end was not answered, whatever ended the session: what the
 * learner's presence does not cover is taken back. Otherwise a robot would leave at every question and open again. The same
 * holds for an open check of identity and what no check vouches for.
 */
export function endSession(state: SessionState, reason: EndReason, atMs: number): Step {
  if (state.ended) return { state, effects: [] };
  if (isUnidentified(state, reason)) return endUnidentified(state, reason, atMs);
  const absent = reason === 'no-presence' || state.promptAskedAtMs !== null;
  const effects: Effect[] = [];
  let next = state;
  if (absent) {
    const takenBack = lengthOf(subtract(state.pending, keptOf(state)));
    effects.push({
      type: 'refused',
      reason: 'no-presence',
      fromAtMs: state.presenceAtMs,
      toAtMs: atMs,
      mediaFromMs: state.pending[0]?.from ?? state.watermarkMs,
      mediaToMs: state.pending.at(-1)?.to ?? state.watermarkMs,
      takenBackMs: takenBack,
    });
    next = { ...next, pending: [], dayCreditedMs: Math.max(0, next.dayCreditedMs - takenBack) };
  } else {
    next = settlePending(next);
  }
  next = settleUnvouched(next);
  const ended: EndReason = absent ? 'no-presence' : reason;
  effects.push({ type: 'ended', reason: ended, atMs });
  return { state: { ...next, lastAtMs: Math.max(next.lastAtMs, atMs), ended, promptAskedAtMs: null }, effects };
}

/** Nobody leaves an open check behind, except the one at the start, before which nothing can have counted. */
function isUnidentified(state: SessionState, reason: EndReason): boolean {
  if (reason === 'identity-failed' || reason === 'identity-missed') return true;
  const open = state.identity?.openCheck;
  return open != null && (open.kind === 'random' || open.tries > 0);
}

function endUnidentified(state: SessionState, reason: EndReason, atMs: number): Step {
  const effects: Effect[] = [];
  const ended: EndReason = reason === 'identity-failed' ? reason : 'identity-missed';
  const next = takeBackUnvouched(state, atMs, effects);
  effects.push({ type: 'ended', reason: ended, atMs });
  return { state: { ...next, lastAtMs: Math.max(next.lastAtMs, atMs), ended, promptAskedAtMs: null }, effects };
}

/** Stays whatever becomes of what is pending. */
function keptOf(state: SessionState): Interval[] {
  return unite(knownOf(state), unflushedOf({ ...state, pending: [] }));
}

/** When the open question, whichever it is, runs out and how the session then ends; null if none is open. */
export function questionOverdueAt(
  state: SessionState,
  limits: StudyLimits,
): { atMs: number; reason: 'no-presence' | 'identity-missed' } | null {
  const checkMs = checkOverdueAt(state, limits);
  if (checkMs !== null) return { atMs: checkMs, reason: 'identity-missed' };
  const promptMs = promptOverdueAt(state, limits);
  return promptMs === null ? null : { atMs: promptMs, reason: 'no-presence' };
}

/**
 * A late report is no moment to ask: the time to answer would have begun while the player was offline. Nobody stays
 * late for longer than a gap that may be bridged.
 */
function askAfterMs(beat: Beat, limits: StudyLimits): number {
  return (limits.idlePromptSeconds + (beat.late ? limits.bridgeableGapSeconds : 0)) * 1000;
}

/** When the open question of presence runs out, or null. */
export function promptOverdueAt(state: SessionState, limits: StudyLimits): number | null {
  return state.promptAskedAtMs === null ? null : state.promptAskedAtMs + limits.idleAnswerSeconds * 1000;
}

/** Whether server time counts from now on. At the end of the picture the clock may still catch up a late uplink. */
export function earns(state: SessionState): boolean {
  if (state.ended || state.hold || state.promptAskedAtMs !== null || state.identity?.openCheck) return false;
  return state.activity === 'playing' || (state.activity === 'ended' && state.watermarkMs < state.mediaMs);
}

/** New milliseconds of this lesson that this session has credited and not yet handed to the ledger. */
export function unflushedNewMs(state: SessionState): number {
  return lengthOf(subtract(unflushedOf(state), knownOf(state)));
}

function turnDay(state: SessionState, atMs: number): SessionState {
  const day = chinaDayOf(atMs);
  if (day === state.day) return state;
  return { ...state, day, dayCreditedMs: 0, hold: state.hold === 'daily-cap' ? null : state.hold };
}

/** Decides about the time between the last beat and this one. */
function settleElapsed(state: SessionState, beat: Beat, limits: StudyLimits, effects: Effect[]): SessionState {
  const elapsedMs = beat.atMs - state.lastAtMs;
  if (!earns(state)) {
    if (elapsedMs > 0) effects.push(idleEffect(state, beat));
    return state;
  }
  if (elapsedMs > limits.bridgeableGapSeconds * 1000) return refuse(state, beat, 'network-gap', effects);

  const target = beat.mediaMs;
  const advanceMs = target - state.watermarkMs;
  if (advanceMs < -SNAP_MS) return jump(state, beat, effects); // nothing shows what was played before the jump
  const creditMs = Math.min(elapsedMs, Math.max(0, advanceMs), viewableMs(state, limits));
  if (advanceMs - creditMs > limits.maxLeadSeconds * 1000) {
    if (target <= furthest(state) + SNAP_MS) return jump(state, beat, effects); // over what was seen already
    const fast = target - state.mediaMs <= elapsedMs * FASTEST_PLAYBACK;
    return refuse(state, beat, fast ? 'too-fast' : 'seek-ahead', effects);
  }
  if (creditMs === 0) {
    effects.push({ type: 'standing', activity: 'stalled', fromAtMs: state.lastAtMs, toAtMs: beat.atMs });
    return state;
  }
  return credit(state, beat, creditMs, limits, effects);
}

function jump(state: SessionState, beat: Beat, effects: Effect[]): SessionState {
  const media = { mediaFromMs: state.watermarkMs, mediaToMs: beat.mediaMs };
  effects.push({ type: 'jumped', fromAtMs: state.lastAtMs, toAtMs: beat.atMs, ...media });
  return state;
}

function credit(
  state: SessionState,
  beat: Beat,
  wantedMs: number,
  limits: StudyLimits,
  effects: Effect[],
): SessionState {
  const known = unite(knownOf(state), unflushedOf(state));
  const from = state.watermarkMs;
  const leftMs = limits.dailyCapSeconds === null ? Infinity : limits.dailyCapSeconds * 1000 - state.dayCreditedMs;
  const to = from + wantedMs;
  const fresh = subtract([{ from, to }], known);
  const end = endWithin(fresh, to, leftMs);
  const newMs = Math.max(0, Math.min(lengthOf(fresh), leftMs));
  if (end > from) {
    effects.push({
      type: 'credited',
      fromAtMs: state.lastAtMs,
      toAtMs: beat.atMs,
      mediaFromMs: from,
      mediaToMs: end,
      newMs,
    });
  }
  const next: SessionState = {
    ...countViewed(state, end - from),
    watermarkMs: end,
    pending: unite(state.pending, [{ from, to: end }]),
    dayCreditedMs: state.dayCreditedMs + newMs,
  };
  return end < to ? refuse(next, beat, 'daily-cap', effects) : next;
}

/** Where the allowance runs out when walking through the fresh stretches up to `to`. */
function endWithin(fresh: readonly Interval[], to: number, leftMs: number): number {
  let left = leftMs;
  for (const one of fresh) {
    if (one.to - one.from > left) return one.from + Math.max(0, left);
    left -= one.to - one.from;
  }
  return to;
}

function refuse(state: SessionState, beat: Beat, reason: HoldReason, effects: Effect[]): SessionState {
  effects.push({
    type: 'refused',
    reason,
    fromAtMs: state.lastAtMs,
    toAtMs: beat.atMs,
    mediaFromMs: state.watermarkMs,
    mediaToMs: Math.max(beat.mediaMs, state.watermarkMs),
    takenBackMs: 0,
  });
  return { ...state, hold: reason };
}

function idleEffect(state: SessionState, beat: Beat): Effect {
  const span = { fromAtMs: state.lastAtMs, toAtMs: beat.atMs };
  if (state.promptAskedAtMs !== null) return { type: 'standing', activity: 'prompt', ...span };
  if (state.identity?.openCheck) return { type: 'standing', activity: 'check', ...span };
  if (state.hold && state.activity === 'playing') {
    const media = { mediaFromMs: state.watermarkMs, mediaToMs: Math.max(state.watermarkMs, beat.mediaMs) };
    return { type: 'refused', reason: state.hold, ...span, ...media, takenBackMs: 0 };
  }
  return { type: 'standing', activity: state.activity, ...span };
}

/** Decides whether the reported position may be played on from, and moves the credited point on a permitted jump. */
function placeAt(state: SessionState, beat: Beat, limits: StudyLimits): SessionState {
  const { mediaMs } = beat;
  const lead = mediaMs - state.watermarkMs;
  if (state.hold === 'daily-cap') return { ...state, mediaMs };
  if (state.hold) return lead <= SNAP_MS ? anchor({ ...state, hold: null }, mediaMs) : { ...state, mediaMs };
  if (lead > limits.maxLeadSeconds * 1000) {
    if (mediaMs <= furthest(state) + SNAP_MS) return { ...state, mediaMs, watermarkMs: mediaMs };
    return { ...state, mediaMs, hold: 'seek-ahead' };
  }
  return anchor(state, mediaMs);
}

/** Continues at the credited point when the player is near it, otherwise starts a new run where the player is. */
function anchor(state: SessionState, mediaMs: number): SessionState {
  const lead = mediaMs - state.watermarkMs;
  const jumpedBack = lead < -SNAP_MS;
  const jumpedAhead = mediaMs <= furthest(state) + SNAP_MS && lead > SNAP_MS && state.activity !== 'playing';
  return { ...state, mediaMs, watermarkMs: jumpedBack || jumpedAhead ? mediaMs : state.watermarkMs };
}

function notePresence(state: SessionState, beat: Beat, effects: Effect[]): SessionState {
  const shown = state.promptAskedAtMs === null ? beat.touched || beat.answered : beat.answered;
  if (!shown) return state;
  if (beat.answered) effects.push({ type: 'presence', atMs: beat.atMs });
  return { ...settlePending(state), presenceAtMs: beat.atMs, promptAskedAtMs: null };
}

function furthest(state: SessionState): number {
  return Math.max(furthestOf(knownOf(state)), furthestOf(unflushedOf(state)));
}
