import { type Interval, type IntervalSet, lengthOf, subtract, unite } from './intervals.ts';
import type { StudyLimits } from './limits.ts';
import { knownOf } from './quiz-gate.ts';
import type { Effect, SessionState } from './session-state.ts';

/** Seconds that count if two people confirm later who the learner was. */
export interface Parked {
  /** The pending verdict they wait for (identity_check). */
  readonly checkId: string;
  readonly set: IntervalSet;
}

/** An open question who sits there. `start`: before anything counts; `random`: at a moment that nobody can foresee. */
export interface OpenCheck {
  readonly kind: 'start' | 'random';
  readonly askedAtMs: number;
  /** Failed so far. */
  readonly tries: number;
}

/** What the rules remember of identity checks; only in sessions whose rule set asks for them. */
export interface IdentityState {
  /** Random checks asked in this session: number of the next draw. */
  readonly asked: number;
  /** Viewed since the last passed (or deferred) check, ms. */
  readonly sinceMs: number;
  /** Server time of that check, or of the opening. */
  readonly sinceAtMs: number;
  /** Of the lesson not yet seen when that check was passed, ms. */
  readonly leftMs: number;
  /** A random check of this lesson was passed, in this session or an earlier one. */
  readonly lessonChecked: boolean;
  readonly openCheck: OpenCheck | null;
  /** Learner's presence was seen, but no check since vouches for who it was. */
  readonly unvouched: IntervalSet;
  /** Pending verdict under which time counts at the moment. */
  readonly deferredTo: string | null;
  /** Left to later decisions; leaves the session at the next flush. */
  readonly parked: readonly Parked[];
  /** Pictures in passing asked so far, viewed time since the last one, and when it was asked. */
  readonly snapshots: number;
  readonly snapshotSinceMs: number;
  readonly snapshotAskedAtMs: number | null;
}

/** What an opening says about identity. */
export interface IdentityOpening {
  /** `fresh`: a check of this sign-in is recent enough. */
  readonly start: 'needed' | 'fresh';
  readonly lessonChecked: boolean;
  /** SHA-256 of the secret from which the moments of the checks follow; the secret itself is in the last row. Base64. */
  readonly seedHash: string;
  /** The check that stands for the start, when it is `fresh`: its id and the first half of its digest, hexadecimal. */
  readonly freshCheck?: { readonly checkId: string; readonly digest: string };
}

/** Something about identity that happened between two reports. Order of `moveTypes` is part of the evidence format. */
export const moveTypes = ['check-asked', 'check-passed', 'check-failed', 'check-deferred', 'snapshot-asked'] as const;
export type MoveType = (typeof moveTypes)[number];
export type IdentityMove =
  | { readonly type: 'check-asked' | 'snapshot-asked'; readonly atMs: number }
  | {
      readonly type: 'check-passed' | 'check-failed' | 'check-deferred';
      readonly atMs: number;
      /** The verdict (identity_check), and the first 16 bytes of its digest, hexadecimal. */
      readonly checkId: string;
      readonly digest: string;
    };

/** State of identity before the first report. */
export function openIdentity(
  opening: IdentityOpening,
  openedAtMs: number,
  durationMs: number,
  viewed: IntervalSet,
): IdentityState {
  return {
    asked: 0,
    sinceMs: 0,
    sinceAtMs: openedAtMs,
    leftMs: Math.max(0, durationMs - lengthOf(viewed)),
    lessonChecked: opening.lessonChecked,
    openCheck: opening.start === 'needed' ? { kind: 'start', askedAtMs: openedAtMs, tries: 0 } : null,
    unvouched: [],
    deferredTo: null,
    parked: [],
    snapshots: 0,
    snapshotSinceMs: 0,
    snapshotAskedAtMs: null,
  };
}

/** Takes a move into account. The caller has made sure that it is about the open check and in time. Throws RangeError if none is open. */
export function applyMove(state: SessionState, move: IdentityMove, limits: StudyLimits): SessionState {
  const { identity } = state;
  if (!identity || state.ended) return state;
  const at = { ...state, lastAtMs: Math.max(state.lastAtMs, move.atMs) };
  switch (move.type) {
    case 'snapshot-asked':
      return {
        ...at,
        identity: {
          ...identity,
          snapshots: identity.snapshots + 1,
          snapshotSinceMs: 0,
          snapshotAskedAtMs: move.atMs,
        },
      };
    case 'check-asked':
      return {
        ...at,
        identity: {
          ...identity,
          asked: identity.asked + 1,
          openCheck: { kind: 'random', askedAtMs: move.atMs, tries: 0 },
        },
      };
    case 'check-failed': {
      const open = openOf(identity);
      return { ...at, identity: { ...identity, openCheck: { ...open, tries: open.tries + 1 } } };
    }
    case 'check-deferred':
      return deferTo(at, identity, move.checkId);
    case 'check-passed':
      return pass(at, identity, limits);
  }
}

function openOf(identity: IdentityState): OpenCheck {
  if (!identity.openCheck) throw new RangeError('identity: no check is open');
  return identity.openCheck;
}

/** A passed check vouches for what was viewed since the last one: the same person sat there at both ends. */
function pass(state: SessionState, identity: IdentityState, limits: StudyLimits): SessionState {
  const { kind } = openOf(identity);
  const since = unite(identity.unvouched, state.pending);
  const base: IdentityState = {
    ...closeCheck(state, identity),
    lessonChecked: identity.lessonChecked || kind === 'random',
    deferredTo: null,
  };
  const rest = { ...state, pending: [], presenceAtMs: state.lastAtMs };
  if (identity.deferredTo !== null) {
    const parked = park(identity, since);
    return { ...rest, identity: { ...base, parked, unvouched: [] } };
  }
  if (limits.identityTakesBack === 'whole-session') {
    return { ...rest, identity: { ...base, unvouched: since, sinceAtMs: identity.sinceAtMs } };
  }
  return { ...rest, confirmed: unite(state.confirmed, since), identity: { ...base, unvouched: [] } };
}

/** The verdict is left to people: what was viewed since the last passed check waits for it, and what follows too. */
function deferTo(state: SessionState, identity: IdentityState, checkId: string): SessionState {
  openOf(identity);
  const since = unite(identity.unvouched, state.pending);
  const waiting = identity.deferredTo === null ? { ...identity, deferredTo: checkId } : identity;
  return {
    ...state,
    pending: [],
    presenceAtMs: state.lastAtMs,
    identity: {
      ...closeCheck(state, identity),
      parked: park(waiting, since),
      unvouched: [],
      deferredTo: checkId,
    },
  };
}

function closeCheck(state: SessionState, identity: IdentityState): IdentityState {
  const seen = unite(knownOf(state), state.confirmed, identity.unvouched, state.pending);
  return {
    ...identity,
    openCheck: null,
    sinceMs: 0,
    sinceAtMs: state.lastAtMs,
    leftMs: Math.max(0, state.durationMs - lengthOf(seen)),
  };
}

function park(identity: IdentityState, set: IntervalSet): readonly Parked[] {
  const checkId = identity.deferredTo;
  if (checkId === null || set.length === 0) return identity.parked;
  const known = identity.parked.find((one) => one.checkId === checkId);
  const others = identity.parked.filter((one) => one.checkId !== checkId);
  return [...others, { checkId, set: unite(known?.set ?? [], set) }];
}

/** Presence is proven: what was pending still waits for a check, where the rule set asks for checks. */
export function settlePending(state: SessionState): SessionState {
  if (state.pending.length === 0) return state;
  const { identity } = state;
  return identity
    ? { ...state, pending: [], identity: { ...identity, unvouched: unite(identity.unvouched, state.pending) } }
    : { ...state, pending: [], confirmed: unite(state.confirmed, state.pending) };
}

/** The session ends with no check open: what no further check can follow stands on the last passed one. */
export function settleUnvouched(state: SessionState): SessionState {
  const { identity } = state;
  if (!identity || identity.unvouched.length === 0) return state;
  if (identity.deferredTo !== null) {
    return { ...state, identity: { ...identity, unvouched: [], parked: park(identity, identity.unvouched) } };
  }
  return {
    ...state,
    confirmed: unite(state.confirmed, identity.unvouched),
    identity: { ...identity, unvouched: [] },
  };
}

/** Takes back what no check vouches for (inspection table item 30), with the effect that says so. */
export function takeBackUnvouched(state: SessionState, atMs: number, effects: Effect[]): SessionState {
  const { identity } = state;
  if (!identity) return state;
  const lost = unite(identity.unvouched, state.pending);
  const kept = unite(knownOf(state), state.confirmed, ...identity.parked.map((one) => one.set));
  const takenBackMs = lengthOf(subtract(lost, kept));
  effects.push({
    type: 'refused',
    reason: 'identity-unconfirmed',
    fromAtMs: identity.sinceAtMs,
    toAtMs: atMs,
    mediaFromMs: lost[0]?.from ?? state.watermarkMs,
    mediaToMs: lost.at(-1)?.to ?? state.watermarkMs,
    takenBackMs,
  });
  return {
    ...state,
    pending: [],
    dayCreditedMs: Math.max(0, state.dayCreditedMs - takenBackMs),
    identity: { ...identity, unvouched: [] },
  };
}

/** Everything that this session has credited or left to a later decision, and that is not in the ledger. */
export function unflushedOf(state: SessionState): Interval[] {
  const { identity } = state;
  if (!identity) return unite(state.confirmed, state.pending);
  return unite(state.confirmed, identity.unvouched, state.pending, ...identity.parked.map((one) => one.set));
}

/** When the open check runs out, or null. */
export function checkOverdueAt(state: SessionState, limits: StudyLimits): number | null {
  const open = state.identity?.openCheck;
  return open ? open.askedAtMs + limits.identityAnswerSeconds * 1000 : null;
}
