import { chinaDateOf, dateOfChinaDay, type Interval, lengthOf, mediaSecondsOf, unite } from '@antu/domain';
import { hashLedger } from '../evidence-rows.ts';
import { multirange } from '../write-changes.ts';
import { type CheckedSession, checkOverlaps, checkSession, checkTakenOver, type Difference } from './check-session.ts';
import type { LedgerRow, PersonRecords } from './read-people.ts';

export type Counts = { people: number; sessions: number; evidence: number; ledger: number; creditedSeconds: number };

type Sums = {
  /** Credited stretches by lesson. */
  viewed: Map<string, { courseId: string; scheme: string; set: Interval[] }>;
  /** Last day of study by scheme; null: not known, because a session cannot be recomputed. */
  days: Map<string, { day: string; creditedMs: number } | null>;
};

/** Recomputes everything that stands about one person from the evidence. Adds what differs to `found`. */
export function checkPerson(records: PersonRecords, found: Difference[]): Counts {
  const sums: Sums = { viewed: new Map(), days: new Map() };
  const unexplained = new Map(records.ledger.map((entry) => [entry.id, entry]));
  for (const session of records.sessions) {
    const rows = records.evidence.get(session.id) ?? [];
    const live = records.live?.sessionId === session.id ? records.live : undefined;
    const checked = checkSession(session, rows, live, found);
    if (!checked) {
      // Its entries cannot be judged; the broken row was named already.
      for (const entry of records.ledger) if (entry.session_id === session.id) unexplained.delete(entry.id);
      addStored(sums, records.ledger, session.id);
      sums.days.set(session.scheme, null);
      continue;
    }
    const { opened } = checked;
    const day = sums.days.get(opened.scheme);
    checkTakenOver(
      session,
      opened,
      {
        viewed: sums.viewed.get(opened.lessonVersionId)?.set ?? [],
        dayCreditedMs: day === null ? null : day?.day === chinaDateOf(opened.openedAtMs) ? day.creditedMs : 0,
      },
      found,
    );
    checkOverlaps(session, rows, checked, records.ledger, found);
    checkLedger(records, session.id, checked, unexplained, found);
    addReplayed(sums, checked);
  }
  for (const entry of unexplained.values()) {
    found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what: 'rests on no evidence' });
  }
  if (records.live && !records.sessions.some((session) => session.id === records.live?.sessionId)) {
    const key = `bucket ${records.bucket}, person ${records.personId}`;
    found.push({ table: 'live_study_session', key, what: 'belongs to no session that was opened' });
  }
  checkProgress(records, sums, found);
  checkDays(records, sums, found);
  return {
    people: 1,
    sessions: records.sessions.length,
    evidence: [...records.evidence.values()].reduce((sum, rows) => sum + rows.length, 0),
    ledger: records.ledger.length,
    creditedSeconds: records.ledger.reduce((sum, entry) => sum + entry.credited_seconds, 0),
  };
}

const ledgerKey = (entry: { bucket: number; id: string }) => `bucket ${entry.bucket}, id ${entry.id}`;

/** Both directions: what the evidence credits stands in the ledger, and nothing else does. */
function checkLedger(
  records: PersonRecords,
  sessionId: string,
  { opened, replay, hashes }: CheckedSession,
  unexplained: Map<string, LedgerRow>,
  found: Difference[],
): void {
  for (const row of replay.rows) {
    if (row.creditedSeconds === 0) continue;
    const entry = [...unexplained.values()].find(
      (one) => one.session_id === sessionId && one.evidence_index === row.index,
    );
    if (!entry) {
      const key = `bucket ${records.bucket}, session ${sessionId}, evidence_index ${row.index}`;
      found.push({
        table: 'hour_ledger_entry',
        key,
        what: `is missing: the evidence credits ${row.creditedSeconds} s`,
      });
      continue;
    }
    unexplained.delete(entry.id);
    const mediaSeconds = mediaSecondsOf(row.credited);
    const pairs: [column: string, stored: unknown, proved: unknown][] = [
      ['credited_seconds', entry.credited_seconds, row.creditedSeconds],
      ['media', entry.media, multirange(mediaSeconds)],
      ['person_id', entry.person_id, opened.personId],
      ['bucket', entry.bucket, records.bucket],
      ['scheme', entry.scheme, opened.scheme],
      ['lesson_version_id', entry.lesson_version_id, opened.lessonVersionId],
      ['topic_id', entry.topic_id, opened.topicId],
      ['started_at', entry.started_us, row.startedAtMs * 1000],
      ['ended_at', entry.ended_us, row.endedAtMs * 1000],
      ['day', entry.day, chinaDateOf(row.startedAtMs)],
      ['rule_set_id', entry.rule_set_id, opened.ruleSetId],
    ];
    const wrong = pairs.filter(([, stored, proved]) => stored !== proved);
    for (const [column, stored, proved] of wrong) {
      const what = `${column} is ${String(stored)}, the evidence says ${String(proved)}`;
      found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what });
    }
    if (wrong.length === 0 && hashOf(entry, hashes.get(row.index) ?? '', mediaSeconds) !== entry.hash.toString('hex')) {
      found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what: 'does not match its hash' });
    }
  }
}

function hashOf(entry: LedgerRow, evidenceHash: string, mediaSeconds: [number, number][]): string {
  return hashLedger({
    id: entry.id,
    personId: entry.person_id,
    sessionId: entry.session_id,
    evidenceIndex: entry.evidence_index,
    evidenceHash,
    scheme: entry.scheme,
    lessonVersionId: entry.lesson_version_id,
    topicId: entry.topic_id,
    mediaSeconds,
    creditedSeconds: entry.credited_seconds,
    startedAtMs: entry.started_us / 1000,
    endedAtMs: entry.ended_us / 1000,
    day: entry.day,
    ruleSetId: entry.rule_set_id,
  });
}

function addReplayed(sums: Sums, { opened, replay, isClosed }: CheckedSession): void {
  const credited = replay.rows.flatMap((row) => row.credited);
  add(sums, opened.lessonVersionId, opened.courseId, opened.scheme, credited);
  const { day, dayCreditedMs } = replay.state;
  if (isClosed) sums.days.set(opened.scheme, { day: dateOfChinaDay(day), creditedMs: dayCreditedMs });
}

/** A session that cannot be recomputed counts as stored, so that only the broken row is named and not all that follow. */
function addStored(sums: Sums, ledger: readonly LedgerRow[], sessionId: string): void {
  for (const entry of ledger) {
    if (entry.session_id !== sessionId) continue;
    const set = parseMultirange(entry.media).map(([from, to]) => ({ from: from * 1000, to: to * 1000 }));
    add(sums, entry.lesson_version_id, undefined, entry.scheme, set);
  }
}

function add(sums: Sums, lesson: string, courseId: string | undefined, scheme: string, credited: Interval[]): void {
  if (credited.length === 0) return;
  const known = sums.viewed.get(lesson);
  const set = unite(known?.set ?? [], credited);
  sums.viewed.set(lesson, { courseId: courseId ?? known?.courseId ?? '', scheme, set });
}

function parseMultirange(text: string): [number, number][] {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map((match) => [Number(match[1]), Number(match[2])]);
}

function checkProgress(records: PersonRecords, sums: Sums, found: Difference[]): void {
  const keyOf = (lesson: string) => `bucket ${records.bucket}, person ${records.personId}, lesson ${lesson}`;
  const report = (lesson: string, what: string) => found.push({ table: 'lesson_progress', key: keyOf(lesson), what });
  const stored = new Map(records.progress.map((row) => [row.lesson_version_id, row]));
  for (const [lesson, { set, courseId, scheme }] of sums.viewed) {
    const row = stored.get(lesson);
    stored.delete(lesson);
    if (!row) {
      report(lesson, `is missing: the ledger holds ${lengthOf(set) / 1000} s`);
      continue;
    }
    const viewed = multirange(mediaSecondsOf(set));
    if (row.viewed !== viewed) report(lesson, `viewed is ${row.viewed}, the ledger says ${viewed}`);
    if (row.credited_seconds !== lengthOf(set) / 1000) {
      report(lesson, `credited_seconds is ${row.credited_seconds}, the ledger says ${lengthOf(set) / 1000}`);
    }
    if (courseId !== '' && row.course_id !== courseId) report(lesson, `course_id is ${row.course_id}, not ${courseId}`);
    if (row.scheme !== scheme) report(lesson, `scheme is ${row.scheme}, not ${scheme}`);
  }
  for (const row of stored.values()) {
    if (row.credited_seconds > 0 || row.viewed !== '{}') report(row.lesson_version_id, 'is in no ledger entry');
  }
}

function checkDays(records: PersonRecords, sums: Sums, found: Difference[]): void {
  const stored = new Map(records.days.map((row) => [row.scheme, row]));
  for (const [scheme, last] of sums.days) {
    if (!last) continue;
    const { day, creditedMs } = last;
    const row = stored.get(scheme);
    if (row?.day === day && row.credited_ms === creditedMs) continue;
    const key = `bucket ${records.bucket}, person ${records.personId}, scheme ${scheme}`;
    const is = row ? `is ${row.credited_ms} ms on ${row.day}` : 'is missing';
    found.push({ table: 'study_day', key, what: `${is}, the evidence says ${creditedMs} ms on ${day}` });
  }
}
