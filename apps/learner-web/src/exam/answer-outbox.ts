import type { SittingPaper } from '@antu/contract';
import type { Answer } from '@antu/domain';
import { sameAnswer } from './question/answers.ts';
import type { Entry, Parcel, SittingRecord } from './sitting-record.ts';

/** The contract takes this many answers in one request. */
export const MOST_ANSWERS = 200;

type Saved = SittingPaper['answers'];

/**
 * Answers on their way: the last one of each item. A request that may have arrived is repeated unchanged, under its number, until
 * the server answers; what is given meanwhile travels in the next. So requests arrive in order and a repeat changes nothing.
 */
export class AnswerOutbox {
  readonly #record: SittingRecord;

  /** @param record changed in place; whoever owns it keeps it after each call that changes it */
  constructor(record: SittingRecord) {
    this.#record = record;
  }

  /** The answer that stands here; null = none. */
  answerOf(item: number): Answer {
    return this.#record.entries[item]?.answer ?? null;
  }

  /** Whether the server has acknowledged what stands here. */
  isSaved(item: number): boolean {
    const entry = this.#record.entries[item];
    return entry !== undefined && isAcked(entry);
  }

  /** Server time at which the answer was given, ms since 1970. */
  givenMsOf(item: number): number | null {
    return this.#record.entries[item]?.givenMs ?? null;
  }

  /** Items whose answer the server has not acknowledged, in the order given. */
  unsent(): number[] {
    return Object.entries(this.#record.entries)
      .filter(([, entry]) => !isAcked(entry))
      .toSorted(([, one], [, other]) => one.change - other.change)
      .map(([item]) => Number(item));
  }

  /** Whether there is anything to send. */
  get waiting(): boolean {
    return this.#record.sent !== null || this.unsent().length > 0;
  }

  /** Takes an answer. @param nowMs server time */
  give(item: number, answer: Answer, nowMs: number): void {
    const before = this.#record.entries[item];
    if (before && sameAnswer(before.answer, answer)) return;
    this.#record.changes += 1;
    this.#record.entries[item] = {
      answer,
      givenMs: nowMs,
      change: this.#record.changes,
      ackedChange: before?.ackedChange ?? 0,
    };
  }

  /** The request to send now: the one under way again, or a new one; null when everything is saved. */
  nextParcel(): Parcel | null {
    if (this.#record.sent) return this.#record.sent;
    const items = this.unsent().slice(0, MOST_ANSWERS);
    if (items.length === 0) return null;
    this.#record.seq += 1;
    const answers = items.flatMap((item) => {
      const entry = this.#record.entries[item];
      return entry ? [{ item, answer: entry.answer, givenMs: entry.givenMs, change: entry.change }] : [];
    });
    this.#record.sent = { seq: this.#record.seq, answers };
    return this.#record.sent;
  }

  /** The server has answered a request. @param kept the items that it took; absent: all of them */
  acknowledge(seq: number, kept?: readonly number[]): void {
    const { sent, entries } = this.#record;
    if (sent?.seq !== seq) return;
    for (const { item, change } of sent.answers) {
      const entry = entries[item];
      if (entry && (kept?.includes(item) ?? true)) entry.ackedChange = Math.max(entry.ackedChange, change);
    }
    this.#record.sent = null;
  }

  /**
   * Compares with what the server has when the sitting goes on here.
   * @param sameDevice requests of before still count: the one under way is repeated
   * @param others somebody may have answered on another device since: the later answer holds
   */
  reconcile(saved: Saved, { sameDevice, others }: { sameDevice: boolean; others: boolean }): void {
    const onServer = new Map(saved.map((one) => [one.item, one]));
    const { entries, sent } = this.#record;
    for (const { item, answer, savedAt } of saved) {
      const savedMs = Date.parse(savedAt);
      const entry = entries[item];
      if (!entry || isAcked(entry)) {
        entries[item] = { answer, givenMs: savedMs, change: entry?.change ?? 0, ackedChange: entry?.change ?? 0 };
      } else if (sameAnswer(entry.answer, answer)) {
        entry.ackedChange = entry.change;
      } else if (others && savedMs > entry.givenMs && !wasOurs(sent, item, answer)) {
        entries[item] = { answer, givenMs: savedMs, change: entry.change, ackedChange: entry.change };
      }
    }
    for (const [item, entry] of Object.entries(entries)) {
      // Acknowledged but not there: sent again rather than trusted, unless it may have been taken back elsewhere.
      if (!others && isAcked(entry) && entry.answer !== null && !onServer.has(Number(item))) {
        this.#record.changes += 1;
        entry.change = this.#record.changes;
      }
    }
    if (!sameDevice) this.#record.sent = null;
  }
}

const isAcked = (entry: Entry): boolean => entry.ackedChange >= entry.change;

/** What the server has may be our own request whose answer was lost, older than what stands here. */
const wasOurs = (sent: Parcel | null, item: number, answer: Answer): boolean =>
  sent?.answers.some((one) => one.item === item && sameAnswer(one.answer, answer)) ?? false;
