import { canonicalJson } from './evidence.ts';
import { type Interval, lengthOf, unite } from './intervals.ts';
import { CHINA_OFFSET_MS } from './session-state.ts';

/** Credited time of a person as it is hashed: every field of the row, and the evidence it rests on. */
export interface LedgerFact {
  readonly id: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly evidenceIndex: number;
  /** Hash of that row of evidence, hexadecimal. */
  readonly evidenceHash: string;
  readonly scheme: string;
  readonly lessonVersionId: string;
  readonly topicId: string | null;
  /** Newly credited stretches of the media, whole seconds, half-open. */
  readonly mediaSeconds: readonly (readonly [number, number])[];
  readonly creditedSeconds: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** China day of the start, YYYY-MM-DD. */
  readonly day: string;
  readonly ruleSetId: string;
  /**
   * The later decision that the entry rests on instead of a row of evidence: then `evidenceIndex` is -1, `evidenceHash` that of
   * the decision, and negative seconds take back. Absent in entries of study.
   */
  readonly decisionId?: string;
}

/** The exact text of which a ledger entry carries the SHA-256. */
export function ledgerText(fact: LedgerFact): string {
  return canonicalJson(fact);
}

/** China calendar day of an instant, YYYY-MM-DD. */
export function chinaDateOf(atMs: number): string {
  return new Date(atMs + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Date of a China calendar day counted from 1970-01-01, YYYY-MM-DD. */
export function dateOfChinaDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Stretches of media in whole seconds, as they stand in the ledger. */
export function mediaSecondsOf(set: readonly Interval[]): [number, number][] {
  return set.map((one) => [one.from / 1000, one.to / 1000]);
}

/**
 * Whole seconds of a stretch of server time that other entries of the same person cover already (Guangdong inspection
 * table item 11: the same time counts in one training only). A begun second counts as covered.
 * @param span server time of the new entry, epoch ms
 * @param others server times of the entries that were there before, any order, overlapping or not
 */
export function overlapSecondsOf(span: Interval, others: readonly Interval[]): number {
  const within = others.map((one) => ({ from: Math.max(one.from, span.from), to: Math.min(one.to, span.to) }));
  return Math.ceil(lengthOf(unite(within)) / 1000);
}

/** Seconds that wait for a pending verdict, for the quiz of their lesson, or for both, as they are hashed. */
export interface AwaitingFact {
  /** The verdict (identity_check). */
  readonly checkId?: string;
  readonly evidenceHash: string;
  readonly evidenceIndex: number;
  readonly lessonVersionId: string;
  readonly mediaSeconds: readonly (readonly [number, number])[];
  readonly personId: string;
  /** The round of the quiz. */
  readonly quizGateId?: string;
  readonly seconds: number;
  readonly sessionId: string;
}

/** The exact text of which such a row carries the SHA-256. */
export function awaitingText(fact: AwaitingFact): string {
  return canonicalJson(fact);
}
