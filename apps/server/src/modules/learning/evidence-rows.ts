import { createHash } from 'node:crypto';
import {
  canonicalJson,
  type EvidenceFact,
  type EvidenceRow,
  evidenceText,
  type AwaitingFact,
  awaitingText,
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
    'openedAtMs', extract(epoch from s.opened_at) * 1000)
    || case when s.device_id is null then '{}'::jsonb else jsonb_build_object('deviceId', s.device_id) end end as opening`;

/** SHA-256 of a row's canonical text, hexadecimal. */
export function hashEvidence(row: Omit<EvidenceRow, 'hash'>): string {
  return createHash('sha256').update(evidenceText(row)).digest('hex');
}

/** SHA-256 of a ledger entry's canonical text, hexadecimal. */
export function hashLedger(fact: LedgerFact): string {
  return createHash('sha256').update(ledgerText(fact)).digest('hex');
}

/** SHA-256 of the canonical text of seconds that wait for a verdict, hexadecimal. */
export function hashAwaiting(fact: AwaitingFact): string {
  return createHash('sha256').update(awaitingText(fact)).digest('hex');
}

/** What a first opening says; members that say it are left out of the row. */
const openingDefaults = { clientClockOffsetMs: null, dayCreditedMs: 0, resumeAtMs: 0, topicId: null, viewed: [] };

/**
 * Takes a fact apart into the columns that store it. Of an opening, study_session holds the rest; an end that was recorded
 * when it happened does not repeat its time.
 */
export function factToColumns(
  fact: EvidenceFact,
  recordedAtMs: number,
): { kind: number; beatsHex: string | null; detail: string | null } {
  const kind = evidenceKinds.indexOf(fact.kind) + 1;
  const detail = canonicalJson(detailOf(fact, recordedAtMs));
  return {
    kind,
    beatsHex: 'beats' in fact ? Buffer.from(fact.beats, 'base64').toString('hex') : null,
    detail: detail === '{}' ? null : detail,
  };
}

function detailOf(fact: EvidenceFact, recordedAtMs: number): object {
  switch (fact.kind) {
    case 'opened': {
      const { clientClockOffsetMs, dayCreditedMs, resumeAtMs, topicId, viewed } = fact;
      const { identity, mediaDelivery, quiz } = fact;
      const members = {
        clientClockOffsetMs,
        dayCreditedMs,
        identity,
        mediaDelivery,
        quiz,
        resumeAtMs,
        topicId,
        viewed,
      };
      const defaults: Record<string, unknown> = openingDefaults;
      const told = Object.entries(members).filter(
        ([name, value]) => value !== undefined && canonicalJson(value) !== canonicalJson(defaults[name] ?? null),
      );
      return { durationMs: fact.durationMs, ...Object.fromEntries(told) };
    }
    case 'segment':
      return { overlapSeconds: fact.overlapSeconds, delivered: fact.delivered };
    case 'anomaly':
      return { code: fact.code, count: fact.count };
    case 'closed': {
      const { delivered, endedAtMs, identitySeed, overlapSeconds, reason } = fact;
      return { reason, overlapSeconds, delivered, identitySeed, ...(endedAtMs === recordedAtMs ? {} : { endedAtMs }) };
    }
  }
}

/** Puts a fact together again. Throws RangeError if the columns hold no fact, or hold it in another way than the writer does. */
export function columnsToFact(
  row: Pick<StoredEvidence, 'kind' | 'beats' | 'detail' | 'opening' | 'recorded_at'>,
): EvidenceFact {
  const kind = evidenceKinds[row.kind - 1];
  if (!kind) throw new RangeError(`evidence: unknown kind ${row.kind}`);
  const recordedAtMs = row.recorded_at.getTime();
  const members: unknown = row.detail === null ? {} : JSON.parse(row.detail);
  if (typeof members !== 'object' || members === null) throw new RangeError('evidence: detail is no object');
  const opening = typeof row.opening === 'object' && row.opening !== null ? row.opening : {};
  // The hash, which the caller compares, vouches for the members.
  const fact = {
    kind,
    ...(kind === 'opened' ? { ...openingDefaults, ...opening } : {}),
    ...(kind === 'closed' ? { endedAtMs: recordedAtMs } : {}),
    ...members,
    ...(row.beats === null ? {} : { beats: row.beats.toString('base64') }),
  } as EvidenceFact;
  if (factToColumns(fact, recordedAtMs).detail !== row.detail)
    throw new RangeError('evidence: detail is not canonical');
  return fact;
}
