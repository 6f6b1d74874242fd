import {
  type Awaited,
  chinaDateOf,
  countedOf,
  countOfSession,
  dateOfChinaDay,
  type Interval,
  type LedgerMove,
  type SessionCount,
  unite,
} from '@antu/domain';
import type { CheckedSession } from './check-session.ts';
import type { LedgerRow } from './read-people.ts';

/** Milliseconds credited on the last day of study. */
export type LastDay = { readonly day: string; readonly creditedMs: number };

type Lesson = { courseId: string; scheme: string; moves: LedgerMove[] };
type Waiting = Awaited & { sessionId: string; lessonVersionId: string };

/** What a later decision about waiting seconds says. */
export type AwaitedDecision = { kind: string; causeKind: string; causeId: string };

/** What recomputing adds up about one person. Unit of the stretches: milliseconds of the media. */
export class StudySums {
  readonly lessons = new Map<string, Lesson>();
  /** Lessons of which a check at a random moment was passed. */
  readonly checked = new Set<string>();
  /** Last day of study by scheme; null: not known, because a session cannot be recomputed. */
  readonly days = new Map<string, LastDay | null>();
  #waiting: Waiting[] = [];
  /** Refused by decisions, by session. */
  readonly #denied = new Map<string, Interval[]>();

  /** Adds what the evidence of a session credits. */
  addReplayed(sessionId: string, { opened, replay, isClosed }: CheckedSession): void {
    const { lessonVersionId, courseId, scheme } = opened;
    const media = unite(replay.rows.flatMap((row) => row.credited));
    this.#move(lessonVersionId, courseId, scheme, { sessionId, sign: 1, media });
    for (const one of replay.rows.flatMap((row) => row.awaiting)) {
      this.#waiting.push({ ...one, sessionId, lessonVersionId });
    }
    if (replay.state.identity?.lessonChecked) this.checked.add(lessonVersionId);
    if (!isClosed) return;
    const { day, dayCreditedMs } = replay.state;
    this.days.set(scheme, { day: dateOfChinaDay(day), creditedMs: dayCreditedMs });
  }

  /** A session that cannot be recomputed counts as stored, so that only the broken row is named and not all that follow. */
  addStored(ledger: readonly LedgerRow[], session: { id: string; scheme: string }): void {
    for (const entry of ledger) {
      if (entry.session_id !== session.id || entry.decision_id !== null) continue;
      const move = { sessionId: session.id, sign: 1, media: stretchesMsOf(entry.media) } as const;
      this.#move(entry.lesson_version_id, undefined, entry.scheme, move);
    }
    this.days.set(session.scheme, null);
  }

  /** Adds what a later decision moves. */
  addDecided(lessonVersionId: string, scheme: string | undefined, move: LedgerMove): void {
    this.#move(lessonVersionId, undefined, scheme, move);
  }

  /** A later decision refused stretches of a session. */
  addDenied(sessionId: string, media: readonly Interval[]): void {
    this.#denied.set(sessionId, unite(this.#denied.get(sessionId) ?? [], media));
  }

  /** What a decision about a session was about waits no more. */
  settle(sessionId: string, decision: AwaitedDecision): void {
    const settled = new Set(this.#aboutOf(sessionId, decision));
    this.#waiting = this.#waiting.filter((one) => !settled.has(one));
  }

  #aboutOf(sessionId: string, { kind, causeKind, causeId }: AwaitedDecision): Waiting[] {
    const own = this.#waiting.filter((one) => one.sessionId === sessionId);
    if (causeKind === 'identity-check') return own.filter((one) => one.checkId === causeId);
    if (causeKind !== 'quiz') return [];
    return own.filter((one) => one.gateId === causeId && (one.checkId === undefined || kind === 'refuse'));
  }

  /** What counts of a lesson. */
  viewedOf(lessonVersionId: string): Interval[] {
    return countedOf(this.lessons.get(lessonVersionId)?.moves ?? []);
  }

  countOf(lessonVersionId: string, sessionId: string): SessionCount {
    return countOfSession(this.lessons.get(lessonVersionId)?.moves ?? [], sessionId, [
      this.#denied.get(sessionId) ?? [],
    ]);
  }

  /** What waits for decisions in a lesson. */
  awaitingOf(lessonVersionId: string): Interval[] {
    return unite(...this.#waiting.filter((one) => one.lessonVersionId === lessonVersionId).map((one) => one.set));
  }

  /** What of a lesson waits for a round of its quiz and for nothing else. */
  waitingForGate(lessonVersionId: string, gateId: string): Interval[] {
    const own = this.#waiting.filter((one) => one.lessonVersionId === lessonVersionId && one.checkId === undefined);
    return unite(...own.filter((one) => one.gateId === gateId).map((one) => one.set));
  }

  /** What a decision about a session can be about, and the round that it waits for; undefined: nothing waits, or it was decided. */
  waitingFor(sessionId: string, decision: AwaitedDecision): { set: Interval[]; gateId: string | null } | undefined {
    const own = this.#aboutOf(sessionId, decision);
    return own.length === 0 ? undefined : { set: unite(...own.map((one) => one.set)), gateId: own[0]?.gateId ?? null };
  }

  /** What earlier sessions credited on the China day of an opening; null: not known. */
  dayCreditedMs(scheme: string, openedAtMs: number): number | null {
    const last = this.days.get(scheme);
    if (last === null) return null;
    return last?.day === chinaDateOf(openedAtMs) ? last.creditedMs : 0;
  }

  #move(lessonVersionId: string, courseId: string | undefined, scheme: string | undefined, move: LedgerMove): void {
    if (move.media.length === 0) return;
    const known = this.lessons.get(lessonVersionId);
    this.lessons.set(lessonVersionId, {
      courseId: courseId ?? known?.courseId ?? '',
      scheme: scheme ?? known?.scheme ?? '',
      moves: [...(known?.moves ?? []), move],
    });
  }
}

/** An int4multirange of whole seconds as PostgreSQL writes it, in milliseconds. */
export function stretchesMsOf(multirange: string): Interval[] {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => {
    return { from: Number(from) * 1000, to: Number(to) * 1000 };
  });
}
