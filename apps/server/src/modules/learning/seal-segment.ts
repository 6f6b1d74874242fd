import {
  type AnomalyFact,
  type AwaitingFact,
  chinaDateOf,
  type ClosedFact,
  type EvidenceFact,
  flushSegment,
  type LedgerFact,
  lengthOf,
  mediaSecondsOf,
  placeInBucket,
  type SegmentFact,
} from '@antu/domain';
import { uuidv7 } from '../../platform/ids.ts';
import type { Advanced } from './advance-session.ts';
import { factToColumns, hashAwaiting, hashEvidence, hashLedger } from './evidence-rows.ts';
import type { LiveSession } from './live-session.ts';

/** A row for study_evidence. Its bucket is that of the session. */
export type SealedEvidence = {
  sessionId: string;
  index: number;
  recordedAtMs: number;
  kind: number;
  beatsHex: string | null;
  detail: string | null;
  hashHex: string;
};

/** A row for hour_awaiting. */
export type SealedAwaiting = AwaitingFact & { hashHex: string };

/** A row for hour_ledger_entry. */
export type SealedLedger = LedgerFact & { hashHex: string };

/** Seals an anomaly: a row of its own, the open segment goes on. */
export function sealAnomaly(from: Advanced, fact: AnomalyFact, nowMs: number): Advanced {
  const row = sealRow(from.session, fact, nowMs);
  return {
    ...from,
    session: { ...from.session, chainIndex: row.index, chainHash: row.hashHex },
    evidence: [...from.evidence, row],
    isComplex: true,
  };
}

/** Seals the open segment: its evidence, and what it earned as an entry of the person's ledger. */
export function sealSegment(from: Advanced, fact: SegmentFact | ClosedFact, nowMs: number): Advanced {
  const { session } = from;
  const row = sealRow(session, fact, nowMs);
  const flushed = flushSegment(session.state, fact.overlapSeconds);
  const entry: LedgerFact = {
    id: placeInBucket(uuidv7(nowMs), session.bucket),
    personId: session.personId,
    sessionId: session.sessionId,
    evidenceIndex: row.index,
    evidenceHash: row.hashHex,
    scheme: session.scheme,
    lessonVersionId: session.lessonVersionId,
    topicId: session.topicId,
    mediaSeconds: mediaSecondsOf(flushed.credited),
    creditedSeconds: flushed.creditedSeconds,
    startedAtMs: session.segmentStartedAtMs,
    endedAtMs: session.state.lastAtMs,
    day: chinaDateOf(session.segmentStartedAtMs),
    ruleSetId: session.ruleSetId,
  };
  const awaiting = flushed.awaiting.map(({ checkId, gateId, set }) => {
    const waits: AwaitingFact = {
      ...(checkId === undefined ? {} : { checkId }),
      evidenceHash: row.hashHex,
      evidenceIndex: row.index,
      lessonVersionId: session.lessonVersionId,
      mediaSeconds: mediaSecondsOf(set),
      personId: session.personId,
      ...(gateId === undefined ? {} : { quizGateId: gateId }),
      seconds: lengthOf(set) / 1000,
      sessionId: session.sessionId,
    };
    return { ...waits, hashHex: hashAwaiting(waits) };
  });
  return {
    session: {
      ...session,
      state: flushed.state,
      beats: new Uint8Array(0),
      beatCount: 0,
      segmentStartedAtMs: session.state.lastAtMs,
      chainIndex: row.index,
      chainHash: row.hashHex,
    },
    appended: null,
    evidence: [...from.evidence, row],
    awaiting: [...from.awaiting, ...awaiting],
    ledger: flushed.creditedSeconds > 0 ? [...from.ledger, { ...entry, hashHex: hashLedger(entry) }] : from.ledger,
    isComplex: true,
  };
}

/** Seals the next row of a session's chain. */
export function sealRow(
  chain: Pick<LiveSession, 'sessionId' | 'chainIndex' | 'chainHash'>,
  fact: EvidenceFact,
  recordedAtMs: number,
): SealedEvidence {
  const { sessionId, chainHash: previousHash } = chain;
  const index = chain.chainIndex + 1;
  const hashHex = hashEvidence({ sessionId, index, recordedAtMs, fact, previousHash });
  return { sessionId, index, recordedAtMs, ...factToColumns(fact, recordedAtMs), hashHex };
}
