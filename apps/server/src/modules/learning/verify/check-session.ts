import {
  applyBeat,
  applyIdentityMove,
  bucketOf,
  canonicalJson,
  type ClosedFact,
  decodeReports,
  type Draw,
  type EvidenceFact,
  GENESIS_HASH,
  type Interval,
  noteDelivered,
  type OpenedFact,
  overlapSecondsOf,
  type Replay,
  replaySession,
  type SessionState,
  startPointOf,
  unite,
} from '@antu/domain';
import { uuidv7Ms } from '../../../platform/ids.ts';
import { drawOf, seedHashOf } from '../check-draw.ts';
import { columnsToFact, hashEvidence } from '../evidence-rows.ts';
import { limitsOfRuleSet, type LiveSession } from '../live-session.ts';
import type { EvidenceRowRead, LedgerRow, SessionRow } from './read-people.ts';

/** Something that is not what the evidence says: the table, the key of its row, and what is wrong. */
export type Difference = { table: string; key: string; what: string };

/** A session recomputed from its evidence. */
export type CheckedSession = { opened: OpenedFact; replay: Replay; hashes: Map<number, string>; isClosed: boolean };

/** What earlier sessions of the person left; null: not known, because one of them cannot be recomputed. */
export type Before = {
  viewed: readonly Interval[];
  /** Left to later decisions by earlier sessions: a learner need not see it again while they are open. */
  awaiting: readonly Interval[];
  dayCreditedMs: number | null;
  /** A random check of the lesson was passed in an earlier session. */
  lessonChecked: boolean;
};

export const evidenceKey = (row: { bucket: number; session_id: string; index: number }) =>
  `bucket ${row.bucket}, session ${row.session_id}, index ${row.index}`;
const sessionKey = (row: SessionRow) => `bucket ${row.bucket}, id ${row.id}`;

/** Recomputes the chain and the decisions of one session. Adds what differs to `found`. */
export function checkSession(
  session: SessionRow,
  rows: readonly EvidenceRowRead[],
  live: LiveSession | undefined,
  found: Difference[],
): CheckedSession | undefined {
  const report = (what: string) => found.push({ table: 'study_session', key: sessionKey(session), what });
  const facts = checkChain(rows, found);
  const opened = facts?.[0];
  if (!facts || opened?.kind !== 'opened') {
    if (rows.length === 0) report('has no evidence');
    else if (rows[0]?.index === 0 && facts) report('its evidence does not begin with its opening');
    return undefined;
  }
  if (session.bucket !== bucketOf(session.id) || session.bucket !== bucketOf(session.person_id)) {
    report('lies in the wrong bucket');
  }
  const closedAt = facts.findIndex((fact) => fact.kind === 'closed');
  const isClosed = closedAt !== -1;
  if (isClosed && closedAt !== facts.length - 1) report('its evidence goes on after its end');
  if (isClosed && live) report('has ended and runs at the same time');
  if (!isClosed && !live) report('has no last row of evidence: it neither runs nor has it ended');
  try {
    const replay = replaySession(
      facts,
      limitsOfRuleSet(opened.ruleSetId),
      drawTold(session, opened, facts, live, found),
    );
    for (const { rowIndex } of replay.undue) {
      const key = evidenceKey({ ...session, session_id: session.id, index: rowIndex });
      found.push({ table: 'study_evidence', key, what: 'checks of identity were not asked when they were due' });
    }
    if (live && !isClosed) checkLive(live, rows, replay, found);
    const hashes = new Map(rows.map((row) => [row.index, row.hash.toString('hex')]));
    return { opened, replay, hashes, isClosed };
  } catch (error) {
    report(`cannot be replayed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The draws of a session, from the secret that its last row tells (a running one keeps it in its row). */
function drawTold(
  session: SessionRow,
  opened: OpenedFact,
  facts: readonly EvidenceFact[],
  live: LiveSession | undefined,
  found: Difference[],
): Draw | undefined {
  if (!opened.identity) return undefined;
  const closed = facts.find((fact): fact is ClosedFact => fact.kind === 'closed');
  const told = closed?.identitySeed;
  const seed = told === undefined ? live?.checkSeed : Buffer.from(told, 'base64').toString('hex');
  if (seed && seedHashOf(seed) === opened.identity.seedHash) return drawOf(seed);
  const what = 'the secret of its checks is not the one that the opening promised';
  found.push({ table: closed ? 'study_evidence' : 'live_study_session', key: sessionKey(session), what });
  return undefined;
}

/** Facts of a chain in order; undefined if rows are missing, changed or unreadable: nothing can be concluded from those. */
function checkChain(rows: readonly EvidenceRowRead[], found: Difference[]): EvidenceFact[] | undefined {
  const facts: EvidenceFact[] = [];
  let whole = true;
  // A row whose hash was changed must not make the row after it look changed as well.
  let previous: string[] = [GENESIS_HASH];
  for (const row of rows) {
    const report = (what: string) => found.push({ table: 'study_evidence', key: evidenceKey(row), what });
    const expected = facts.length;
    if (row.index !== expected) {
      const key = { ...row, index: expected };
      found.push({ table: 'study_evidence', key: evidenceKey(key), what: 'is missing' });
      return undefined;
    }
    const stored = row.hash.toString('hex');
    try {
      const fact = columnsToFact(row);
      const content = { sessionId: row.session_id, index: row.index, recordedAtMs: row.recorded_us / 1000, fact };
      const computed = previous.map((previousHash) => hashEvidence({ ...content, previousHash }));
      if (!computed.includes(stored)) {
        report(row.index === 0 ? 'and its study_session do not match its hash' : 'does not match its hash');
        whole = false;
      }
      previous = [stored, ...computed];
      facts.push(fact);
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
      facts.push({ kind: 'anomaly', code: 'unreadable', count: 1 });
      previous = [stored];
      whole = false;
    }
  }
  return whole ? facts : undefined;
}

/** Compares what the opening took over from earlier sessions with those sessions. */
export function checkTakenOver(session: SessionRow, opened: OpenedFact, before: Before, found: Difference[]): void {
  const report = (what: string) =>
    found.push({ table: 'study_evidence', key: evidenceKey({ ...session, session_id: session.id, index: 0 }), what });
  if (canonicalJson(opened.viewed) !== canonicalJson(before.viewed)) {
    report('viewed is not what earlier sessions credited');
  }
  if (before.dayCreditedMs !== null && opened.dayCreditedMs !== before.dayCreditedMs) {
    report(`dayCreditedMs is ${opened.dayCreditedMs}, earlier sessions credited ${before.dayCreditedMs}`);
  }
  if (opened.identity && opened.identity.lessonChecked !== before.lessonChecked) {
    report(`lessonChecked is ${opened.identity.lessonChecked}, earlier sessions say ${before.lessonChecked}`);
  }
  const starts = [before.viewed, unite(before.viewed, before.awaiting)].map((set) =>
    startPointOf(set, opened.durationMs),
  );
  if (!starts.includes(opened.resumeAtMs)) {
    report(`resumeAtMs is ${opened.resumeAtMs}, credited viewing ended elsewhere`);
  }
}

/** Compares the time withheld for other trainings with their entries, as far as they were there before. */
export function checkOverlaps(
  session: SessionRow,
  facts: readonly EvidenceRowRead[],
  { replay }: CheckedSession,
  ledger: readonly LedgerRow[],
  found: Difference[],
): void {
  for (const row of replay.rows) {
    const stored = facts[row.index];
    if (!stored || row.creditedSeconds + row.withheld.length === 0) continue;
    const others = ledger
      .filter((entry) => entry.session_id !== session.id && uuidv7Ms(entry.id) * 1000 < stored.recorded_us)
      .map((entry) => ({ from: entry.started_us / 1000, to: entry.ended_us / 1000 }));
    const wanted = overlapSecondsOf({ from: row.startedAtMs, to: row.endedAtMs }, others);
    const fact = columnsToFact(stored);
    const had = 'overlapSeconds' in fact ? (fact.overlapSeconds ?? 0) : 0;
    if (had !== wanted) {
      const what = `withholds ${had} s for other trainings, their entries cover ${wanted} s`;
      found.push({ table: 'study_evidence', key: evidenceKey(stored), what });
    }
  }
}

/** Compares the row of a running session with its evidence and its open segment. */
function checkLive(live: LiveSession, rows: readonly EvidenceRowRead[], replay: Replay, found: Difference[]): void {
  const report = (what: string) =>
    found.push({ table: 'live_study_session', key: `bucket ${live.bucket}, person ${live.personId}`, what });
  const tail = rows.at(-1);
  if (tail && (live.chainIndex !== tail.index || live.chainHash !== tail.hash.toString('hex'))) {
    report(`its chain ends at row ${live.chainIndex}, the evidence at row ${tail.index}`);
  }
  let state: SessionState = replay.state;
  const origin = { seq: state.lastSeq, atMs: state.lastAtMs, mediaMs: state.mediaMs, activity: state.activity };
  for (const one of decodeReports(origin, live.beats)) {
    state = ('seq' in one ? applyBeat(state, one, live.limits) : applyIdentityMove(state, one, live.limits)).state;
  }
  // What was sent since the last row is told by the next one; until then the row of the session is all there is.
  for (const span of live.state.delivery?.fresh ?? []) state = noteDelivered(state, span);
  if (canonicalJson(state) !== canonicalJson(live.state)) report('its state is not what its beats lead to');
}
