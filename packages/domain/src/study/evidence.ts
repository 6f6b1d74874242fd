import { applyBeat, applyIdentityMove, endSession } from './apply-beat.ts';
import { decodeReports } from './beat-codec.ts';
import { type Awaited, flushSegment } from './flush-segment.ts';
import { type Draw, mayLeaveUnasked, moveDue } from './identity-schedule.ts';
import type { IdentityMove, IdentityOpening } from './identity-state.ts';
import { type Interval, lengthOf } from './intervals.ts';
import type { EndReason, StudyLimits } from './limits.ts';
import { noteDelivered } from './media-delivery.ts';
import type { QuizOpening } from './quiz-gate.ts';
import { type Beat, type Effect, openSession, type SessionState } from './session-state.ts';

/** First row of a session: everything the rules start from, and where the session came from. */
export interface OpenedFact {
  readonly kind: 'opened';
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly courseId: string;
  /** Topic of the syllabus that the lesson counts for. */
  readonly topicId: string | null;
  /** Employer and region at the time. */
  readonly organisationId: string | null;
  readonly regionCode: string | null;
  readonly scheme: string;
  readonly ruleSetId: string;
  readonly openedAtMs: number;
  readonly durationMs: number;
  readonly resumeAtMs: number;
  readonly viewed: readonly Interval[];
  readonly dayCreditedMs: number;
  readonly address: string;
  readonly deviceKind: string;
  readonly deviceName: string;
  /** Client's wall clock minus the server's, ms; evidence only, never used. */
  readonly clientClockOffsetMs: number | null;
  /** Random number that the browser keeps: tells devices apart, a claim. Absent if the client told none. */
  readonly deviceId?: string;
  /** Absent where the rule set asks for no identity checks. */
  readonly identity?: IdentityOpening;
  /** True where only what was really sent is creditable. */
  readonly mediaDelivery?: true;
  /** Absent where the lesson has no quiz or the learner had passed it. */
  readonly quiz?: QuizOpening;
}

/** Reports of the player, packed as in beat-codec.ts. */
export interface SegmentFact {
  readonly kind: 'segment';
  /** Base64 of the packed beats. */
  readonly beats: string;
  /** Whole seconds of this segment that another training had counted already; absent = none. */
  readonly overlapSeconds?: number;
  /** Stretches of the media sent to this session since the row before; absent = none. */
  readonly delivered?: readonly Interval[];
}

/** Something that should not happen: refused requests, repeats, foreign use. Counted, never credited. */
export interface AnomalyFact {
  readonly kind: 'anomaly';
  readonly code: string;
  readonly count: number;
}

export interface ClosedFact {
  readonly kind: 'closed';
  /** Base64 of the beats since the last segment; may be empty. */
  readonly beats: string;
  readonly reason: EndReason;
  /** Server time at which the session counts as over. */
  readonly endedAtMs: number;
  /** As in a segment. */
  readonly overlapSeconds?: number;
  readonly delivered?: readonly Interval[];
  /** The secret of which the opening told the hash, 16 bytes as base64: now anyone can recompute when checks were due. */
  readonly identitySeed?: string;
}

export type EvidenceFact = OpenedFact | SegmentFact | AnomalyFact | ClosedFact;

/** One row of the chain. `hash` = SHA-256 of `evidenceText(row)`; `previousHash` of the first row is 64 zeros. */
export interface EvidenceRow {
  readonly sessionId: string;
  readonly index: number;
  /** When the server wrote the row, epoch ms. */
  readonly recordedAtMs: number;
  readonly fact: EvidenceFact;
  readonly previousHash: string;
  readonly hash: string;
}

export const GENESIS_HASH = '0'.repeat(64);

/** The exact text that is hashed: keys sorted, no spaces, so that any language can write it again. */
export function evidenceText(row: Omit<EvidenceRow, 'hash'>): string {
  return canonicalJson({
    fact: row.fact,
    index: row.index,
    previousHash: row.previousHash,
    recordedAtMs: row.recordedAtMs,
    sessionId: row.sessionId,
  });
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** JSON with sorted keys and without undefined members; numbers here are integers only, so no rounding question arises. */
export function canonicalJson(value: unknown): string {
  return write(value as Json);
}

function write(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(write).join(',')}]`;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** What one row of evidence led to when the rules are applied again. */
export interface ReplayedRow {
  readonly index: number;
  /** Server time that a segment covers; the same instant twice for rows that close none. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly beats: readonly Beat[];
  /** Checks of identity asked, passed, failed or left to people in this row, in order. */
  readonly moves: readonly IdentityMove[];
  readonly effects: readonly Effect[];
  /** What must stand in the ledger for this row (empty for rows that close no segment). */
  readonly credited: readonly Interval[];
  readonly creditedSeconds: number;
  /** What another training had counted already. */
  readonly withheld: readonly Interval[];
  /** What waits for a pending verdict or for the quiz. */
  readonly awaiting: readonly Awaited[];
}

export interface Replay {
  readonly rows: readonly ReplayedRow[];
  readonly state: SessionState;
  /** Reports after which a check was asked that was not due, or not asked though it was; empty without `draw`. */
  readonly undue: readonly { rowIndex: number; atMs: number }[];
}

/**
 * Recomputes a session from its evidence. Rows must be in order and begin with `opened`; throws RangeError otherwise.
 * @param draw numbers made of the secret that the last row tells: then the moments of the checks are recomputed as well
 */
export function replaySession(facts: readonly EvidenceFact[], limits: StudyLimits, draw?: Draw): Replay {
  const opened = facts[0];
  if (opened?.kind !== 'opened') throw new RangeError('evidence: the first row must open the session');
  let state = openSession(opened);
  const rows: ReplayedRow[] = [emptyRow(0, opened.openedAtMs)];
  let startedAtMs = opened.openedAtMs;
  const undue: { rowIndex: number; atMs: number }[] = [];
  for (const [offset, fact] of facts.slice(1).entries()) {
    const index = offset + 1;
    if (fact.kind === 'opened') throw new RangeError('evidence: a session opens once');
    if (fact.kind === 'anomaly') {
      rows.push(emptyRow(index, startedAtMs));
      continue;
    }
    const reports = decodeReports(originOf(state), bytesOfBase64(fact.beats));
    const effects: Effect[] = [];
    for (const span of fact.delivered ?? []) state = noteDelivered(state, span);
    for (const [at, report] of reports.entries()) {
      const step = 'seq' in report ? applyBeat(state, report, limits) : applyIdentityMove(state, report, limits);
      state = step.state;
      effects.push(...step.effects);
      if (!draw || !('seq' in report)) continue;
      const due = moveDue(state, limits, report.late, draw);
      const next = reports[at + 1];
      const asked = next && !('seq' in next) && !('checkId' in next) ? next.type : null;
      const left = fact.kind === 'closed' && at === reports.length - 1 && mayLeaveUnasked(state);
      if (due !== asked && !(left && asked === null)) undue.push({ rowIndex: index, atMs: report.atMs });
    }
    if (fact.kind === 'closed') {
      const step = endSession(state, fact.reason, fact.endedAtMs);
      state = step.state;
      effects.push(...step.effects);
    }
    const {
      credited,
      creditedSeconds,
      withheld,
      awaiting,
      undelivered,
      state: flushed,
    } = flushSegment(state, fact.overlapSeconds);
    state = flushed;
    const endedAtMs = state.lastAtMs;
    if (withheld.length > 0) effects.push(lostEffect('other-scheme-overlap', withheld, startedAtMs, endedAtMs));
    for (const { checkId, set } of awaiting) {
      const reason = checkId === undefined ? 'quiz-awaiting' : 'identity-awaiting';
      for (const one of set) effects.push(lostEffect(reason, [one], startedAtMs, endedAtMs));
    }
    for (const one of undelivered) effects.push(lostEffect('media-missing', [one], startedAtMs, endedAtMs));
    const beats = reports.filter((one): one is Beat => 'seq' in one);
    const moves = reports.filter((one): one is IdentityMove => !('seq' in one));
    rows.push({ index, startedAtMs, endedAtMs, beats, moves, effects, credited, creditedSeconds, withheld, awaiting });
    startedAtMs = endedAtMs;
  }
  return { rows, state, undue };
}

function emptyRow(index: number, atMs: number): ReplayedRow {
  const at = { startedAtMs: atMs, endedAtMs: atMs };
  return {
    index,
    ...at,
    beats: [],
    moves: [],
    effects: [],
    credited: [],
    creditedSeconds: 0,
    withheld: [],
    awaiting: [],
  };
}

/** Credit that a segment did not hand over at its end. */
function lostEffect(
  reason: 'other-scheme-overlap' | 'identity-awaiting' | 'quiz-awaiting' | 'media-missing',
  withheld: readonly Interval[],
  fromAtMs: number,
  toAtMs: number,
): Effect {
  const first = withheld[0];
  const last = withheld.at(-1);
  return {
    type: 'refused',
    reason,
    fromAtMs,
    toAtMs,
    mediaFromMs: first?.from ?? 0,
    mediaToMs: last?.to ?? 0,
    takenBackMs: lengthOf(withheld),
  };
}

function originOf(state: SessionState) {
  return { seq: state.lastSeq, atMs: state.lastAtMs, mediaMs: state.mediaMs, activity: state.activity };
}

/** Works in browsers and on servers alike. */
function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
