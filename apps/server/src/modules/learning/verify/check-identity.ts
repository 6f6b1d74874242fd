import { type IdentityMove, lengthOf, mediaSecondsOf } from '@antu/domain';
import { hashAwaiting } from '../evidence-rows.ts';
import { multirange } from '../write-changes.ts';
import { type CheckedSession, type Difference, evidenceKey } from './check-session.ts';
import type { PersonRecords, SessionRow } from './read-people.ts';

const outcomes = { 'check-passed': 'passed', 'check-failed': 'failed', 'check-deferred': 'pending' } as const;

/** Compares every verdict about a person with its hash. */
export function checkVerdicts({ bucket, verdicts }: PersonRecords, found: Difference[]): void {
  for (const { id, storedHash, computedHash } of verdicts.values()) {
    if (storedHash === computedHash) continue;
    found.push({ table: 'identity_check', key: `bucket ${bucket}, id ${id}`, what: 'does not match its hash' });
  }
}

/**
 * Compares what the evidence of a session says about identity with the verdicts it names, and recomputes what waits for them.
 * @returns media that passed checks of this session confirm, ms
 */
export function checkIdentity(
  records: PersonRecords,
  session: SessionRow,
  { opened, replay, hashes }: CheckedSession,
  found: Difference[],
): number {
  const report = (index: number, what: string) =>
    found.push({ table: 'study_evidence', key: evidenceKey({ ...session, session_id: session.id, index }), what });
  const fresh = opened.identity?.freshCheck;
  if (fresh) {
    const verdict = records.verdicts.get(fresh.checkId);
    if (verdict?.storedHash.slice(0, 32) !== fresh.digest)
      report(0, 'the check that stands for the start is not stored');
    else if (verdict.outcome === 'failed') report(0, 'the check that stands for the start was not passed');
  }
  for (const row of replay.rows) {
    for (const move of row.moves) {
      const what = findMismatch(records, session, move);
      if (what !== null) report(row.index, what);
    }
  }
  checkAwaiting(records, session, { opened, replay, hashes }, found);
  const effects = replay.rows.flatMap((row) => row.effects);
  return effects.reduce((sum, one) => sum + (one.type === 'check-passed' ? lengthOf(one.confirms) : 0), 0);
}

function findMismatch(records: PersonRecords, session: SessionRow, move: IdentityMove): string | null {
  if (!('checkId' in move)) return null;
  const verdict = records.verdicts.get(move.checkId);
  if (!verdict) return `verdict ${move.checkId} is not stored`;
  if (verdict.storedHash.slice(0, 32) !== move.digest) return `verdict ${move.checkId} is not the one that was taken`;
  if (verdict.sessionId !== session.id) return `verdict ${move.checkId} is about something else`;
  const wanted = outcomes[move.type];
  return verdict.outcome === wanted ? null : `verdict ${move.checkId} is ${verdict.outcome}, taken as ${wanted}`;
}

/** Both directions: what the evidence leaves to people stands in hour_awaiting, and nothing else does. */
function checkAwaiting(
  records: PersonRecords,
  session: SessionRow,
  { opened, replay, hashes }: Omit<CheckedSession, 'isClosed'>,
  found: Difference[],
): void {
  const left = new Set(records.awaiting.filter((row) => row.session_id === session.id));
  const keyOf = (index: number, checkId?: string | null, gateId?: string | null) =>
    `bucket ${records.bucket}, session ${session.id}, evidence_index ${index}` +
    (checkId == null ? '' : `, identity_check ${checkId}`) +
    (gateId == null ? '' : `, quiz_gate ${gateId}`);
  for (const { index, awaiting } of replay.rows) {
    for (const { checkId, gateId, set } of awaiting) {
      const mediaSeconds = mediaSecondsOf(set);
      const row = [...left].find(
        (one) =>
          one.evidence_index === index &&
          one.identity_check_id === (checkId ?? null) &&
          one.quiz_gate_id === (gateId ?? null),
      );
      const report = (what: string) => found.push({ table: 'hour_awaiting', key: keyOf(index, checkId, gateId), what });
      if (!row) {
        report(`is missing: the evidence leaves ${lengthOf(set) / 1000} s to ${checkId ? 'people' : 'the quiz'}`);
        continue;
      }
      left.delete(row);
      const fact = {
        ...(checkId === undefined ? {} : { checkId }),
        evidenceHash: hashes.get(index) ?? '',
        evidenceIndex: index,
        lessonVersionId: row.lesson_version_id,
        mediaSeconds,
        personId: row.person_id,
        ...(gateId === undefined ? {} : { quizGateId: gateId }),
        seconds: row.seconds,
        sessionId: row.session_id,
      };
      if (row.media !== multirange(mediaSeconds))
        report(`media is ${row.media}, the evidence says ${multirange(mediaSeconds)}`);
      else if (row.seconds !== lengthOf(set) / 1000)
        report(`seconds is ${row.seconds}, the evidence says ${lengthOf(set) / 1000}`);
      else if (row.lesson_version_id !== opened.lessonVersionId)
        report('lesson_version_id is not the lesson of the session');
      else if (row.hash.toString('hex') !== hashAwaiting(fact)) report('does not match its hash');
    }
  }
  for (const row of left) {
    const key = keyOf(row.evidence_index, row.identity_check_id, row.quiz_gate_id);
    found.push({ table: 'hour_awaiting', key, what: 'rests on no evidence' });
  }
}
