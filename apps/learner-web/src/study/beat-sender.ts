import type { StudyStatus } from '@antu/contract';
import { MAX_BEATS_PER_PARCEL, type NewBeat, Outbox } from './outbox.ts';
import { failureOf, type SendFailure, type StudyTransport } from './study-transport.ts';

/** Waits between tries, ms; the last one repeats. Spread by chance, so that a whole fleet does not come back at once. */
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** At most so many requests in so much time; more beats travel together. */
const PACE_REQUESTS = 10;
const PACE_MS = 5_000;

export interface SenderHooks {
  onStatus(status: StudyStatus): void;
  /** Several tries failed, or the device says that it is offline. */
  onLost(): void;
  /** The server answered again; called before `onStatus`. */
  onBack(): void;
  /** Trying again is pointless. */
  onRefused(failure: Exclude<SendFailure, 'retry'>, cause: unknown): void;
}

export interface SenderOptions {
  transport: StudyTransport;
  hooks: SenderHooks;
  /** Stopwatch, ms. */
  now: () => number;
  random: () => number;
  isOnline: () => boolean;
}

/** Delivers beats one request at a time, in order, for as long as it takes. */
export class BeatSender {
  readonly #options: SenderOptions;
  readonly #outbox = new Outbox();
  #sessionId: string | null = null;
  #sending = false;
  /** Last running number of the request under way. */
  #sendingUpTo = 0;
  #failures = 0;
  #lost = false;
  #lastHeardMs = 0;
  /** When the latest requests set out. */
  #sentAtMs: number[] = [];
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get lost(): boolean {
    return this.#lost;
  }

  /** Stopwatch reading when the last answered request set out: from then on the network's silence counts. */
  get lastHeardMs(): number {
    return this.#lastHeardMs;
  }

  get waiting(): number {
    return this.#outbox.length;
  }

  start(sessionId: string): void {
    this.stop();
    this.#outbox.reset();
    this.#sessionId = sessionId;
    this.#lastHeardMs = this.#options.now();
  }

  stop(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#sessionId = null;
    this.#failures = 0;
    this.#lost = false;
  }

  push(beat: NewBeat): void {
    if (this.#sessionId === null) return;
    this.#outbox.push(beat, this.#options.now());
    // While waiting for the next try a new beat waits too; the try takes it along.
    if (this.#retryTimer === undefined) void this.#flush();
  }

  /**
   * Sends what waits beside a request under way, because the page may be gone in a moment. What did not get through
   * repeats later under the same numbers if the page lives on.
   */
  sendBeside(): void {
    const { transport, now } = this.#options;
    const sessionId = this.#sessionId;
    const beats = this.#outbox.allBeats(now()).slice(-MAX_BEATS_PER_PARCEL);
    const lastSeq = beats.at(-1)?.seq ?? 0;
    if (sessionId === null || !this.#sending || lastSeq <= this.#sendingUpTo) return;
    transport.sendBeats(sessionId, beats).then(
      () => this.#sessionId === sessionId && this.#outbox.acknowledge(lastSeq),
      () => undefined, // the ordinary way tries again
    );
  }

  /** Ends the session with a last beat and everything that waits; one try, whatever comes of it. */
  async closeWith(beat: NewBeat): Promise<void> {
    const { transport, now } = this.#options;
    const sessionId = this.#sessionId;
    this.#outbox.push(beat, now());
    const beats = this.#outbox.allBeats(now()).slice(-MAX_BEATS_PER_PARCEL);
    this.stop();
    if (sessionId !== null) await transport.close(sessionId, beats).catch(() => undefined);
  }

  /** The device is online again: do not wait for the back-off. */
  retryNow(): void {
    if (this.#retryTimer === undefined) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    void this.#flush();
  }

  async #flush(): Promise<void> {
    const { transport, now, hooks } = this.#options;
    const sessionId = this.#sessionId;
    if (this.#sending || sessionId === null) return;
    const sentAtMs = now();
    const parcel = this.#outbox.nextParcel(sentAtMs);
    if (!parcel) return;
    const waitMs = this.#pace(sentAtMs);
    if (waitMs > 0) {
      this.#tryLater(waitMs);
      return;
    }
    this.#sending = true;
    this.#sendingUpTo = parcel.lastSeq;
    try {
      const status =
        parcel.kind === 'presence'
          ? await transport.answerPresence(sessionId, parcel.promptId, parcel.beat)
          : await transport.sendBeats(sessionId, parcel.beats);
      this.#sending = false;
      if (this.#sessionId !== sessionId) return;
      this.#outbox.acknowledge(parcel.lastSeq);
      this.#lastHeardMs = sentAtMs;
      this.#failures = 0;
      if (this.#lost) {
        this.#lost = false;
        hooks.onBack();
      }
      hooks.onStatus(status);
      void this.#flush();
    } catch (cause) {
      this.#sending = false;
      if (this.#sessionId === sessionId) this.#fail(cause);
    }
  }

  #fail(cause: unknown): void {
    const { hooks, random, isOnline } = this.#options;
    const failure = failureOf(cause);
    if (failure !== 'retry') {
      hooks.onRefused(failure, cause);
      return;
    }
    const wait = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 15_000;
    this.#failures += 1;
    this.#tryLater(wait * (0.8 + 0.4 * random()));
    // One failed try may be chance and is mended within a second; the clock on screen would flicker.
    if (!this.#lost && (this.#failures >= 2 || !isOnline())) {
      this.#lost = true;
      hooks.onLost();
    }
  }

  #tryLater(waitMs: number): void {
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      void this.#flush();
    }, waitMs);
  }

  /** How long the next request has to wait so that restless fingers do not look like a flood, ms. */
  #pace(nowMs: number): number {
    const [oldest = nowMs] = this.#sentAtMs;
    const waitMs = this.#sentAtMs.length < PACE_REQUESTS ? 0 : oldest + PACE_MS - nowMs;
    if (waitMs <= 0) this.#sentAtMs = [...this.#sentAtMs, nowMs].slice(-PACE_REQUESTS);
    return waitMs;
  }
}
