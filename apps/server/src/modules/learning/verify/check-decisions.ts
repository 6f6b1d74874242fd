import {
  awardableOf,
  type HourDecisionCause,
  type HourDecisionFact,
  type HourDecisionKind,
  hourDecisionCauses,
  hourDecisionKinds,
  type Interval,
  ledgerSignOf,
  lengthOf,
  mediaSecondsOf,
  type OpenedFact,
  restorableOf,
  subtract,
} from '@antu/domain';
import type { DecidedSession } from '../review/session-hours.ts';
import { hashHourDecision, ledgerEntryOf } from '../review/write-decision.ts';
import { multirange } from '../write-changes.ts';
import { gateProblemOf } from './check-gates.ts';
import { compareEntry, ledgerKey } from './check-ledger.ts';
import type { Difference } from './check-session.ts';
import type { DecisionRow, LedgerRow, PersonRecords } from './read-people.ts';
import { type AwaitedDecision, type StudySums, stretchesMsOf } from './study-sums.ts';

/** What a decision of a kind may answer. */
const causesOf: Readonly<Record<HourDecisionKind, readonly HourDecisionCause[]>> = {
  accept: ['case'],
  void: ['case'],
  restore: ['appeal'],
  award: ['identity-check', 'quiz'],
  refuse: ['identity-check', 'quiz'],
};

/** Recomputes the later decisions of one person in the order in which they were taken. */
export class DecisionCheck {
  readonly #records: PersonRecords;
  readonly #sums: StudySums;
  readonly #unexplained: Map<string, LedgerRow>;
  readonly #found: Difference[];
  /** Openings of the sessions so far; undefined: a session that cannot be recomputed. */
  readonly #opened = new Map<string, OpenedFact | undefined>();
  #next = 0;
  /** What each decided session must be called by now. */
  readonly states = new Map<string, 'accepted' | 'voided-part' | 'voided-all'>();

  /** @param unexplained entries that nothing explains yet: those that rest on a decision leave it */
  constructor(records: PersonRecords, sums: StudySums, unexplained: Map<string, LedgerRow>, found: Difference[]) {
    this.#records = records;
    this.#sums = sums;
    this.#unexplained = unexplained;
    this.#found = found;
  }

  /** Tells of a session before decisions about it come up. @param opened absent: it cannot be recomputed */
  knows(sessionId: string, opened?: OpenedFact): void {
    this.#opened.set(sessionId, opened);
  }

  /** Takes all decisions that were taken before an instant, epoch ms. */
  takeBefore(ms: number): void {
    while (this.#pendingMs() < ms) this.takeOne();
  }

  /** Whether the next decision lies before an instant, epoch ms, and is about a session that is known. */
  hasOneBefore(ms: number): boolean {
    const row = this.#records.decisions[this.#next];
    return row !== undefined && this.#pendingMs() < ms && this.#opened.has(row.session_id);
  }

  takeAll(): void {
    this.takeBefore(Number.POSITIVE_INFINITY);
    for (const entry of this.#unexplained.values()) {
      if (entry.decision_id === null) continue;
      this.#unexplained.delete(entry.id);
      this.#found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what: 'rests on no decision' });
    }
  }

  #pendingMs(): number {
    const row = this.#records.decisions[this.#next];
    return row ? row.decided_us / 1000 : Number.POSITIVE_INFINITY;
  }

  /** Checks the next decision and adds what it moves. */
  takeOne(): void {
    const row = this.#records.decisions[this.#next];
    this.#next += 1;
    if (!row) return;
    const entry = [...this.#unexplained.values()].find((one) => one.decision_id === row.id);
    if (entry) this.#unexplained.delete(entry.id);
    const opened = this.#opened.get(row.session_id);
    const media = stretchesMsOf(row.media);
    if (opened && isKind(row.kind) && isCause(row.cause_kind)) {
      this.#check(row, row.kind, row.cause_kind, media, opened, entry);
    } else if (!this.#records.sessions.some((session) => session.id === row.session_id)) {
      this.#report(row, 'is about a session that is not there');
    }
    // Of a session that cannot be recomputed, decisions count as they stand.
    const sign = isKind(row.kind) ? ledgerSignOf(row.kind) : 0;
    if (sign !== 0) {
      this.#sums.addDecided(row.lesson_version_id, opened?.scheme ?? entry?.scheme, {
        sessionId: row.session_id,
        sign,
        media,
      });
    }
    const told = decisionOf(row);
    // What stood behind a quiz is never restored.
    const isRestorable = row.kind === 'refuse' && this.#sums.waitingFor(row.session_id, told)?.gateId === null;
    if (isRestorable) this.#sums.addDenied(row.session_id, media);
    this.#sums.settle(row.session_id, told);
    this.#noteState(row);
  }

  #check(
    row: DecisionRow,
    kind: HourDecisionKind,
    causeKind: HourDecisionCause,
    media: readonly Interval[],
    opened: OpenedFact,
    entry: LedgerRow | undefined,
  ): void {
    const mediaSeconds = mediaSecondsOf(media);
    const fact: HourDecisionFact = {
      id: row.id,
      personId: row.person_id,
      sessionId: row.session_id,
      kind,
      causeKind,
      causeId: row.cause_id,
      lessonVersionId: row.lesson_version_id,
      mediaSeconds,
      seconds: row.seconds,
      reason: row.reason,
      decidedBy: row.decided_by,
      decidedAtMs: row.decided_us / 1000,
      ruleSetId: row.rule_set_id,
    };
    const stored = row.hash.toString('hex');
    if (hashHourDecision(fact) !== stored) this.#report(row, 'does not match its hash');
    const told: [column: string, stored: unknown, wanted: unknown][] = [
      ['lesson_version_id', row.lesson_version_id, opened.lessonVersionId],
      ['rule_set_id', row.rule_set_id, opened.ruleSetId],
      ['cause_kind', row.cause_kind, causesOf[kind].includes(causeKind) ? causeKind : causesOf[kind].join(' or ')],
      ['media', row.media, multirange(mediaSeconds)],
      ['seconds', row.seconds, lengthOf(media) / 1000],
    ];
    for (const [column, is, wanted] of told) {
      if (is !== wanted) this.#report(row, `${column} is ${String(is)}, not ${String(wanted)}`);
    }
    const problem = this.#problemOf(row, kind, media, opened);
    if (problem !== undefined) this.#report(row, problem);
    const moves = ledgerSignOf(kind) !== 0 && row.seconds > 0;
    if (!moves) {
      if (entry) {
        const what = `moves hours for a decision that moves none (${kind})`;
        this.#found.push({ table: 'hour_ledger_entry', key: ledgerKey(entry), what });
      }
      return;
    }
    if (!entry) {
      this.#report(row, `its entry is missing in the ledger: ${kind} of ${row.seconds} s`);
      return;
    }
    const proved = ledgerEntryOf(sessionOf(row, opened), fact, stored, entry.id);
    compareEntry(this.#records.bucket, entry, proved, 'the decision', this.#found);
  }

  /** Why the decision cannot have been taken over what counted at the time; undefined if it can. */
  #problemOf(
    row: DecisionRow,
    kind: HourDecisionKind,
    media: readonly Interval[],
    { lessonVersionId }: OpenedFact,
  ): string | undefined {
    const count = this.#sums.countOf(lessonVersionId, row.session_id);
    const lesson = this.#sums.viewedOf(lessonVersionId);
    switch (kind) {
      case 'accept':
        return media.length === 0 ? undefined : 'accepts and is about stretches';
      case 'void':
        if (media.length === 0) return 'takes nothing back';
        return subtract(media, count.now).length === 0
          ? undefined
          : 'takes back what the session did not credit or what did not count any more';
      case 'restore':
        return sameAs(media, restorableOf(count, lesson)) ? undefined : 'does not give back what was voided or refused';
      case 'award':
      case 'refuse': {
        const awaited = this.#sums.waitingFor(row.session_id, decisionOf(row));
        if (!awaited) return 'is about a check for which nothing waited';
        const wanted = kind === 'award' ? awardableOf(awaited.set, lesson) : awaited.set;
        if (!sameAs(media, wanted)) return 'is not about what waited for the check';
        if (kind === 'refuse' && row.cause_kind === 'identity-check') return undefined;
        const state = kind === 'award' ? 'passed' : 'failed';
        return gateProblemOf(this.#records, awaited.gateId, state, row.decided_us / 1000);
      }
    }
  }

  #noteState(row: DecisionRow): void {
    if (row.kind === 'accept' || row.kind === 'restore') this.states.set(row.session_id, 'accepted');
    if (row.kind !== 'void') return;
    const left = this.#sums.countOf(row.lesson_version_id, row.session_id).now;
    this.states.set(row.session_id, left.length === 0 ? 'voided-all' : 'voided-part');
  }

  #report(row: DecisionRow, what: string): void {
    this.#found.push({ table: 'hour_decision', key: `bucket ${row.bucket}, id ${row.id}`, what });
  }
}

const decisionOf = (row: DecisionRow): AwaitedDecision => ({
  kind: row.kind,
  causeKind: row.cause_kind,
  causeId: row.cause_id,
});

const isKind = (text: string): text is HourDecisionKind => (hourDecisionKinds as readonly string[]).includes(text);
const isCause = (text: string): text is HourDecisionCause => (hourDecisionCauses as readonly string[]).includes(text);

const sameAs = (one: readonly Interval[], other: readonly Interval[]): boolean =>
  subtract(one, other).length === 0 && subtract(other, one).length === 0;

function sessionOf(row: DecisionRow, opened: OpenedFact): DecidedSession {
  return {
    bucket: row.bucket,
    id: row.session_id,
    personId: opened.personId,
    lessonVersionId: opened.lessonVersionId,
    courseId: opened.courseId,
    topicId: opened.topicId,
    // The scheme of an opening is one of the schemes; the column of the session refers to their table.
    scheme: opened.scheme as DecidedSession['scheme'],
    ruleSetId: opened.ruleSetId,
    openedAtMs: opened.openedAtMs,
  };
}
