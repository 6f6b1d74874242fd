import { createHash } from 'node:crypto';
import {
  canonicalJson,
  type EvidenceFact,
  type EvidenceRow,
  evidenceText,
  type LedgerFact,
  ledgerText,
} from '@antu/domain';

/** Numbers of the kinds in study_evidence.kind. */
export const evidenceKinds = ['opened', 'segment', 'anomaly', 'closed'] as const;

/** A row of study_evidence as the database gives it. */
export type StoredEvidence = {
  session_id: string;
  index: number;
  recorded_at: Date;
  kind: number;
  beats: Buffer | null;
  detail: string | null;
  /** The part of an opening that stands in study_session; null for other kinds. */
  opening: unknown;
  hash: Buffer;
};

/**
 * Columns of study_evidence `e` joined with its study_session `s`. What both would say of an opening is stored once, in
 * study_session; the hash of the first row vouches for both.
 */
export const evidenceColumns = `e.bucket, e.session_id, e.index, e.recorded_at, e.kind, e.beats, e.detail, e.hash,
  case when e.kind = 1 then jsonb_build_object('personId', s.person_id, 'lessonVersionId', s.lesson_version_id,
    'courseId', s.course_id, 'scheme', s.scheme, 'ruleSetId', s.rule_set_id, 'organisationId', s.organisation_id,
    'regionCode', s.region_code, 'deviceKind', s.device_kind, 'deviceName', s.device_name, 'address', host(s.address),
    'openedAtMs', extract(epoch from s.opened_at) * 1000) end as opening`;

/** SHA-256 of a row's canonical text, hexadecimal. */
export function hashEvidence(row: Omit<EvidenceRow, 'hash'>): string {
  return createHash('sha256').update(evidenceText(row)).digest('hex');
}

/** SHA-256 of a ledger entry's canonical text, hexadecimal. */
export function hashLedger(fact: LedgerFact): string {
  return createHash('sha256').update(ledgerText(fact)).digest('hex');
}

/** Takes a fact apart into the columns that store it. Of an opening, study_session holds the rest. */
export function factToColumns(fact: EvidenceFact): { kind: number; beatsHex: string | null; detail: string | null } {
  const { kind, ...members } = fact;
  const number = evidenceKinds.indexOf(kind) + 1;
  if (fact.kind === 'opened') {
    const { clientClockOffsetMs, dayCreditedMs, durationMs, resumeAtMs, topicId, viewed } = fact;
    const detail = canonicalJson({ clientClockOffsetMs, dayCreditedMs, durationMs, resumeAtMs, topicId, viewed });
    return { kind: number, beatsHex: null, detail };
  }
  if (!('beats' in members)) return { kind: number, beatsHex: null, detail: canonicalJson(members) };
  const { beats, ...rest } = members;
  const detail = canonicalJson(rest);
  return {
    kind: number,
    beatsHex: Buffer.from(beats, 'base64').toString('hex'),
    detail: detail === '{}' ? null : detail,
  };
}

/** Puts a fact together again. Throws RangeError if the columns hold no fact. */
export function columnsToFact(row: Pick<StoredEvidence, 'kind' | 'beats' | 'detail' | 'opening'>): EvidenceFact {
  const kind = evidenceKinds[row.kind - 1];
  if (!kind) throw new RangeError(`evidence: unknown kind ${row.kind}`);
  const members: unknown = row.detail === null ? {} : JSON.parse(row.detail);
  if (typeof members !== 'object' || members === null) throw new RangeError('evidence: detail is no object');
  if (row.detail !== null && canonicalJson(members) !== row.detail)
    throw new RangeError('evidence: detail is not canonical');
  const beats = row.beats === null ? {} : { beats: row.beats.toString('base64') };
  const opening = typeof row.opening === 'object' ? row.opening : {};
  // The hash, which the caller compares, vouches for the members.
  return { kind, ...opening, ...members, ...beats } as EvidenceFact;
}
