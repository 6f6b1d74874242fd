import {
  applyBeat,
  applyIdentityMove,
  type Beat,
  chinaDateOf,
  dateOfChinaDay,
  encodeBeat,
  encodeMove,
  type EndReason,
  endSession,
  type EvidenceFact,
  type EvidenceRow,
  flushSegment,
  GENESIS_HASH,
  type IdentityMove,
  type Interval,
  type LedgerFact,
  mediaSecondsOf,
  noteDelivered,
  openSession,
  type OpenedFact,
  segmentIsFull,
  type SessionState,
  type StudyLimits,
} from '@antu/domain';
import { hashEvidence, hashLedger } from '../../evidence-rows.ts';

/** Everything that the study session of a person writes into the database, as plain values. */
export interface SessionRows {
  readonly sessionId: string;
  readonly evidence: readonly EvidenceRow[];
  readonly ledger: readonly { readonly fact: LedgerFact; readonly hash: string }[];
  /** Media that stand in the ledger after the session, unit ms. */
  readonly viewed: readonly Interval[];
  /** New milliseconds of the China day on which the session ended, YYYY-MM-DD. */
  readonly day: string;
  readonly dayCreditedMs: number;
  readonly endedAtMs: number;
  /** A check at a random moment of the lesson was passed, in this session or before. */
  readonly lessonChecked: boolean;
}

export interface SessionPlan {
  readonly sessionId: string;
  readonly opened: OpenedFact;
  readonly limits: StudyLimits;
  /** Reports in order; what comes after the end of the session is not taken. */
  readonly reports: readonly (Beat | IdentityMove)[];
  readonly end: { readonly reason: EndReason; readonly atMs: number };
  /** Requests that no player sends, written down when the session ends. */
  readonly anomalies?: readonly { readonly code: string; readonly count: number }[];
  /** Makes the id of a ledger entry for a moment. */
  readonly ledgerId: (atMs: number) => string;
  /** Secret of which the opening tells the hash, base64; absent without checks of identity. */
  readonly identitySeed?: string;
}

/** Plays a session by the very rules of the server and writes its evidence chain and ledger entries. Pure. */
export function buildSessionRows(plan: SessionPlan): SessionRows {
  const { sessionId, opened, limits } = plan;
  const evidence: EvidenceRow[] = [];
  const ledger: { fact: LedgerFact; hash: string }[] = [];
  let state: SessionState = noteDelivered(openSession(opened), { from: 0, to: opened.durationMs });
  let bytes: number[] = [];
  let count = 0;
  let startedAtMs = opened.openedAtMs;

  const append = (fact: EvidenceFact, recordedAtMs: number): EvidenceRow => {
    const previousHash = evidence.at(-1)?.hash ?? GENESIS_HASH;
    const row = { sessionId, index: evidence.length, recordedAtMs, fact, previousHash };
    const made: EvidenceRow = { ...row, hash: hashEvidence(row) };
    evidence.push(made);
    return made;
  };
  const closeSegment = (atMs: number, closed?: { reason: EndReason; endedAtMs: number }): void => {
    const beats = Buffer.from(bytes).toString('base64');
    const sent = state.delivery?.fresh ?? [];
    const delivered = sent.length > 0 ? { delivered: sent } : {};
    const seed = plan.identitySeed === undefined ? {} : { identitySeed: plan.identitySeed };
    const row = append(
      closed ? { kind: 'closed', beats, ...closed, ...delivered, ...seed } : { kind: 'segment', beats, ...delivered },
      atMs,
    );
    const flushed = flushSegment(state);
    state = flushed.state;
    if (flushed.creditedSeconds > 0) {
      const fact: LedgerFact = {
        id: plan.ledgerId(atMs),
        personId: opened.personId,
        sessionId,
        evidenceIndex: row.index,
        evidenceHash: row.hash,
        scheme: opened.scheme,
        lessonVersionId: opened.lessonVersionId,
        topicId: opened.topicId,
        mediaSeconds: mediaSecondsOf(flushed.credited),
        creditedSeconds: flushed.creditedSeconds,
        startedAtMs,
        endedAtMs: state.lastAtMs,
        day: chinaDateOf(startedAtMs),
        ruleSetId: opened.ruleSetId,
      };
      ledger.push({ fact, hash: hashLedger(fact) });
    }
    bytes = [];
    count = 0;
    startedAtMs = state.lastAtMs;
  };

  append(opened, opened.openedAtMs);
  for (const beat of plan.reports) {
    if (!('seq' in beat)) {
      encodeMove(state.lastAtMs, beat, bytes);
      state = applyIdentityMove(state, beat, limits).state;
      continue;
    }
    const origin = { seq: state.lastSeq, atMs: state.lastAtMs, mediaMs: state.mediaMs, activity: state.activity };
    const step = applyBeat(state, beat, limits);
    if (step.state.ended) break;
    encodeBeat(origin, beat, bytes);
    count += 1;
    state = step.state;
    if (segmentIsFull(state, { startedAtMs, beats: count }, limits)) closeSegment(beat.atMs);
  }
  for (const { code, count: times } of plan.anomalies ?? [])
    append({ kind: 'anomaly', code, count: times }, plan.end.atMs);
  state = endSession(state, plan.end.reason, plan.end.atMs).state;
  // With the question open, the rules name the end otherwise than the plan.
  closeSegment(plan.end.atMs, { reason: state.ended ?? plan.end.reason, endedAtMs: plan.end.atMs });
  const { viewed, dayCreditedMs } = state;
  return {
    sessionId,
    evidence,
    ledger,
    viewed,
    day: dateOfChinaDay(state.day),
    dayCreditedMs,
    endedAtMs: plan.end.atMs,
    lessonChecked: state.identity?.lessonChecked ?? false,
  };
}
