import { canonicalJson, type OpenedFact } from '@antu/domain';
import { checkCases } from './check-cases.ts';
import { DecisionCheck } from './check-decisions.ts';
import { checkGates, checkQuizOpening } from './check-gates.ts';
import { checkIdentity, checkVerdicts } from './check-identity.ts';
import { checkLedger, ledgerKey } from './check-ledger.ts';
import { checkDays, checkProgress } from './check-progress.ts';
import { checkOverlaps, checkSession, checkTakenOver, type Difference } from './check-session.ts';
import type { PersonRecords, SessionRow } from './read-people.ts';
import { StudySums } from './study-sums.ts';

export type Counts = {
  people: number;
  sessions: number;
  evidence: number;
  ledger: number;
  creditedSeconds: number;
  /** Verdicts about who was there, and the seconds that passed ones confirmed. */
  verdicts: number;
  confirmedSeconds: number;
};

/** Clocks of several instances may disagree by this much about whether a session was opened before or after a decision. */
const AT_ONCE_MS = 60_000;

/** Recomputes everything that stands about one person from the evidence and the later decisions. Adds what differs to `found`. */
export function checkPerson(records: PersonRecords, found: Difference[]): Counts {
  const sums = new StudySums();
  const unexplained = new Map(records.ledger.map((entry) => [entry.id, entry]));
  const decisions = new DecisionCheck(records, sums, unexplained, found);
  let confirmedMs = 0;
  checkVerdicts(records, found);
  checkGates(records, found);
  for (const session of records.sessions) {
    const rows = records.evidence.get(session.id) ?? [];
    const live = records.live?.sessionId === session.id ? records.live : undefined;
    const checked = checkSession(session, rows, live, found);
    if (!checked) {
      // Its entries cannot be judged; the broken row was named already.
      for (const entry of records.ledger) {
        if (entry.session_id === session.id && entry.decision_id === null) unexplained.delete(entry.id);
      }
      decisions.knows(session.id);
      sums.addStored(records.ledger, session);
      continue;
    }
    const { opened } = checked;
    checkOpening(session, opened, sums, decisions, found);
    checkQuizOpening(records, session, opened, (id) => sums.waitingForGate(opened.lessonVersionId, id), found);
    decisions.knows(session.id, opened);
    checkOverlaps(session, rows, checked, records.ledger, found);
    checkLedger(records, session.id, checked, unexplained, found);
    confirmedMs += checkIdentity(records, session, checked, found);
    sums.addReplayed(session.id, checked);
  }
  decisions.takeAll();
  for (const entry of unexplained.values()) {
    found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what: 'rests on no evidence' });
  }
  if (records.live && !records.sessions.some((session) => session.id === records.live?.sessionId)) {
    const key = `bucket ${records.bucket}, person ${records.personId}`;
    found.push({ table: 'live_study_session', key, what: 'belongs to no session that was opened' });
  }
  checkCases(records, decisions.states, found);
  checkProgress(records, sums, found);
  checkDays(records, sums, found);
  return {
    people: 1,
    sessions: records.sessions.length,
    evidence: [...records.evidence.values()].reduce((sum, rows) => sum + rows.length, 0),
    ledger: records.ledger.length,
    creditedSeconds: records.ledger.reduce((sum, entry) => sum + entry.credited_seconds, 0),
    verdicts: records.verdicts.size,
    confirmedSeconds: Math.floor(confirmedMs / 1000),
  };
}

/**
 * Compares what an opening took over with what counted then. Of decisions taken at almost the same moment the opening itself
 * says which it knew of: one that took over neither state is named.
 */
function checkOpening(
  session: SessionRow,
  opened: OpenedFact,
  sums: StudySums,
  decisions: DecisionCheck,
  found: Difference[],
): void {
  const { lessonVersionId, openedAtMs, scheme } = opened;
  const isTakenOver = () => canonicalJson(opened.viewed) === canonicalJson(sums.viewedOf(lessonVersionId));
  decisions.takeBefore(openedAtMs - AT_ONCE_MS);
  while (!isTakenOver() && decisions.hasOneBefore(openedAtMs + AT_ONCE_MS)) decisions.takeOne();
  checkTakenOver(
    session,
    opened,
    {
      viewed: sums.viewedOf(lessonVersionId),
      awaiting: sums.awaitingOf(lessonVersionId),
      lessonChecked: sums.checked.has(lessonVersionId),
      dayCreditedMs: sums.dayCreditedMs(scheme, openedAtMs),
    },
    found,
  );
}
