import type { BeatReport } from '@antu/contract';

type Activity = BeatReport['activity'];

interface Entry {
  seq: number;
  mediaMs: number;
  activity: Activity;
  touched: boolean;
  /** Stopwatch reading when it happened. */
  happenedAtMs: number;
  /** Same activity as the entry before and nothing new happened: may be dropped when room is needed. */
  tick: boolean;
  /** Answers this question; travels alone. */
  promptId: string | null;
}

export type Parcel =
  | { kind: 'beats'; beats: BeatReport[]; lastSeq: number }
  | { kind: 'presence'; promptId: string; beat: BeatReport; lastSeq: number };

/** The contract takes this many beats in one request. */
export const MAX_BEATS_PER_PARCEL = 60;

/** A beat on its way for less than this was not queued; its age is the network's business. */
const FRESH_MS = 1_000;

export interface NewBeat {
  mediaMs: number;
  activity: Activity;
  touched: boolean;
  tick: boolean;
  promptId?: string;
}

/**
 * Beats that the server has not acknowledged, in order. A beat keeps its running number through every retry, so that the
 * server can tell a repeat from a new one, and its age is measured anew at each try.
 */
export class Outbox {
  #entries: Entry[] = [];
  #nextSeq = 1;

  get length(): number {
    return this.#entries.length;
  }

  /** Starts over for a new session. */
  reset(): void {
    this.#entries = [];
    this.#nextSeq = 1;
  }

  /** @param nowMs stopwatch reading */
  push(beat: NewBeat, nowMs: number): void {
    const { promptId = null, ...rest } = beat;
    this.#entries.push({ ...rest, promptId, seq: this.#nextSeq, happenedAtMs: nowMs });
    this.#nextSeq += 1;
    if (this.#entries.length > MAX_BEATS_PER_PARCEL) this.#makeRoom();
  }

  /** The next request, oldest beats first; null when everything is delivered. */
  nextParcel(nowMs: number): Parcel | null {
    const [head] = this.#entries;
    if (!head) return null;
    if (head.promptId !== null) {
      return { kind: 'presence', promptId: head.promptId, beat: toReport(head, nowMs), lastSeq: head.seq };
    }
    const presenceAt = this.#entries.findIndex((entry) => entry.promptId !== null);
    const batch = this.#entries.slice(0, presenceAt === -1 ? MAX_BEATS_PER_PARCEL : presenceAt);
    return {
      kind: 'beats',
      beats: batch.map((entry) => toReport(entry, nowMs)),
      lastSeq: batch.at(-1)?.seq ?? head.seq,
    };
  }

  /** Everything waiting, for the last words of a closing page; what was asked is left to the server. */
  allBeats(nowMs: number): BeatReport[] {
    return this.#entries.filter((entry) => entry.promptId === null).map((entry) => toReport(entry, nowMs));
  }

  acknowledge(lastSeq: number): void {
    this.#entries = this.#entries.filter((entry) => entry.seq > lastSeq);
  }

  /** A beat that says nothing new goes first; without one the oldest goes, for its age counts least. */
  #makeRoom(): void {
    const at = this.#entries.findIndex((entry) => entry.tick && entry.promptId === null);
    this.#entries.splice(Math.max(0, at), 1);
  }
}

function toReport(entry: Entry, nowMs: number): BeatReport {
  const ageMs = Math.max(0, Math.round(nowMs - entry.happenedAtMs));
  const { seq, mediaMs, activity, touched } = entry;
  return { seq, mediaMs, activity, touched, ageMs: ageMs < FRESH_MS ? 0 : Math.min(ageMs, 86_400_000) };
}
