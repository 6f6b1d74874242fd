import { chinaDateOf, type LedgerFact, mediaSecondsOf } from '@antu/domain';
import { hashLedger } from '../evidence-rows.ts';
import { multirange } from '../write-changes.ts';
import type { CheckedSession, Difference } from './check-session.ts';
import type { LedgerRow, PersonRecords } from './read-people.ts';

export const ledgerKey = (entry: { bucket: number; id: string }) => `bucket ${entry.bucket}, id ${entry.id}`;

/** Both directions: what the evidence credits stands in the ledger, and nothing else does. Explained entries leave `unexplained`. */
export function checkLedger(
  records: PersonRecords,
  sessionId: string,
  { opened, replay, hashes }: CheckedSession,
  unexplained: Map<string, LedgerRow>,
  found: Difference[],
): void {
  for (const row of replay.rows) {
    if (row.creditedSeconds === 0) continue;
    const entry = [...unexplained.values()].find(
      (one) => one.session_id === sessionId && one.evidence_index === row.index && one.decision_id === null,
    );
    if (!entry) {
      const key = `bucket ${records.bucket}, session ${sessionId}, evidence_index ${row.index}`;
      const what = `is missing: the evidence credits ${row.creditedSeconds} s`;
      found.push({ table: 'hour_ledger_entry', key, what });
      continue;
    }
    unexplained.delete(entry.id);
    const proved: LedgerFact = {
      id: entry.id,
      personId: opened.personId,
      sessionId,
      evidenceIndex: row.index,
      evidenceHash: hashes.get(row.index) ?? '',
      scheme: opened.scheme,
      lessonVersionId: opened.lessonVersionId,
      topicId: opened.topicId,
      mediaSeconds: mediaSecondsOf(row.credited),
      creditedSeconds: row.creditedSeconds,
      startedAtMs: row.startedAtMs,
      endedAtMs: row.endedAtMs,
      day: chinaDateOf(row.startedAtMs),
      ruleSetId: opened.ruleSetId,
    };
    compareEntry(records.bucket, entry, proved, 'the evidence', found);
  }
}

/**
 * Compares an entry with what it must be, column by column; then its hash, which covers all of them.
 * @param authority who says so, in words
 */
export function compareEntry(
  bucket: number,
  entry: LedgerRow,
  proved: LedgerFact,
  authority: string,
  found: Difference[],
): void {
  const pairs: [column: string, stored: unknown, proved: unknown][] = [
    ['credited_seconds', entry.credited_seconds, proved.creditedSeconds],
    ['media', entry.media, multirange(proved.mediaSeconds)],
    ['person_id', entry.person_id, proved.personId],
    ['session_id', entry.session_id, proved.sessionId],
    ['evidence_index', entry.evidence_index, proved.evidenceIndex],
    ['bucket', entry.bucket, bucket],
    ['scheme', entry.scheme, proved.scheme],
    ['lesson_version_id', entry.lesson_version_id, proved.lessonVersionId],
    ['topic_id', entry.topic_id, proved.topicId],
    ['started_at', entry.started_us, proved.startedAtMs * 1000],
    ['ended_at', entry.ended_us, proved.endedAtMs * 1000],
    ['day', entry.day, proved.day],
    ['rule_set_id', entry.rule_set_id, proved.ruleSetId],
  ];
  const wrong = pairs.filter(([, stored, wanted]) => stored !== wanted);
  for (const [column, stored, wanted] of wrong) {
    const what = `${column} is ${String(stored)}, ${authority} says ${String(wanted)}`;
    found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what });
  }
  if (wrong.length === 0 && hashLedger(proved) !== entry.hash.toString('hex')) {
    found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what: 'does not match its hash' });
  }
}
