import type { SittingPaper } from '@antu/contract';
import type { Answer } from '@antu/domain';
import { AnswerOutbox } from './answer-outbox.ts';
import { backOffMs } from './back-off.ts';
import { handOver, requestOf } from './hand-over.ts';
import { factsAfter, factsOf, goesOnElsewhere, itemsOf, type News } from './paper-view.ts';
import { PictureTaker } from './picture-taker.ts';
import { ServerClock } from './server-clock.ts';
import type { SittingClientOptions } from './sitting-options.ts';
import {
  forget,
  forgetStale,
  newRecord,
  readPaper,
  readRecord,
  type SittingRecord,
  writePaper,
  writeRecord,
} from './sitting-record.ts';
import { failureOf, type PageEvent, troubleOf, VOIDED_CODE } from './sitting-transport.ts';
import { FIRST_SCREEN, type SittingScreen } from './sitting-view.ts';
import { timeCallDue } from './time-calls.ts';

/** A touch more may follow: one request takes several choices. */
const SOON_MS = 250;
/** Typing is saved at its pauses. */
const TYPING_MS = 900;
/** Silence longer than this is broken by asking: messages and extra time come with the answer. */
const LOOK_EVERY_MS = 20_000;
const END_LOOK_MS = 2_000;
const SECOND_MS = 1_000;
const CALL_SHOWN_MS = 12_000;
const MOST_EVENTS = 50;

/**
 * One sitting on this device: keeps every answer at once, saves them in order until the server has acknowledged each, follows the
 * server's time, and hands in. Knows nothing of screens; `subscribe` tells them.
 */
export class SittingClient {
  readonly #options: Required<SittingClientOptions>;
  readonly #clock: ServerClock;
  readonly #listeners = new Set<(screen: SittingScreen) => void>();
  #screen: SittingScreen = FIRST_SCREEN;
  #record: SittingRecord;
  #outbox: AnswerOutbox;
  readonly pictures: PictureTaker;
  #paper: SittingPaper | null = null;
  /** When it arrived, on the stopwatch. */
  #paperMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueMs = Number.POSITIVE_INFINITY;
  readonly #second: ReturnType<typeof setInterval>;
  #sending = false;
  /** Handed in; the server has not said yet that it is over. */
  #handedIn = false;
  #tries = 0;
  #lastLeftMs: number | null = null;
  #callUntilMs = 0;
  #disposed = false;

  constructor(options: SittingClientOptions) {
    this.#options = {
      stopwatchMs: () => performance.now(),
      deviceMs: () => Date.now(),
      random: Math.random,
      ...options,
    };
    const { keeper, sittingId, owner, deviceMs, stopwatchMs, transport, takePicture } = this.#options;
    this.pictures = new PictureTaker({
      take: takePicture,
      send: (id, report) => transport.sendPicture(id, this.#record.deviceToken ?? '', report),
      onState: (state, fault) => this.#change({ camera: { state, fault } }),
      stopwatchMs,
    });
    this.#clock = new ServerClock(stopwatchMs);
    forgetStale(keeper, deviceMs());
    this.#record = readRecord(keeper, sittingId, owner) ?? newRecord(owner, deviceMs());
    this.#outbox = new AnswerOutbox(this.#record);
    this.#second = setInterval(() => this.#everySecond(), SECOND_MS);
  }

  get screen(): SittingScreen {
    return this.#screen;
  }

  subscribe(listener: (screen: SittingScreen) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Time left, ms, by the server's clock; null before the paper is there. */
  leftMs(): number | null {
    const endsAt = this.#screen.facts?.endsAt;
    return endsAt && this.#clock.known ? Math.max(0, Date.parse(endsAt) - this.#clock.nowMs()) : null;
  }

  /** Server time, ms since 1970; null before an answer. */
  nowMs(): number | null {
    return this.#clock.known ? this.#clock.nowMs() : null;
  }

  /** Looks where the sitting stands: one that runs goes on here, one that has not begun waits for `open`. Never rejects. */
  async enter(): Promise<void> {
    this.#change({ phase: 'opening', busy: true, refusal: null });
    const askedMs = this.#options.stopwatchMs();
    try {
      const facts = await this.#options.transport.look();
      if (this.#disposed) return;
      this.#clock.hear(facts.now, askedMs);
      this.#change({ facts });
      if (facts.state === 'frozen') this.#change({ phase: 'ready', busy: false });
      else if (facts.state === 'running') await this.open();
      else this.#stop('over');
    } catch (cause) {
      if (this.#disposed) return;
      // Without an answer the paper that is here is as good as any.
      if (troubleOf(cause) === 'later') await this.open();
      else this.#notLetIn(cause, false);
    }
  }

  /** Asks for the paper, or goes on with the one that is here when there is no network. Never rejects. */
  async open(takeOver = false): Promise<void> {
    // Another page of this browser may have gone on meanwhile.
    this.#record = readRecord(this.#options.keeper, this.#options.sittingId, this.#options.owner) ?? this.#record;
    this.#outbox = new AnswerOutbox(this.#record);
    this.#change({ phase: 'opening', busy: true, refusal: null });
    const askedMs = this.#options.stopwatchMs();
    try {
      const paper = await this.#options.transport.start(takeOver);
      if (this.#disposed) return;
      this.#clock.hear(paper.now, askedMs);
      this.#begin(paper, takeOver);
    } catch (cause) {
      if (this.#disposed) return;
      this.#notLetIn(cause, takeOver);
    }
  }

  /** Takes an answer: it is kept on the device before this returns. @param typed more letters may follow */
  answer(item: number, answer: Answer, typed = false): void {
    if (this.#screen.phase !== 'open') return;
    this.#outbox.give(item, answer, this.#clock.nowMs());
    this.#keep();
    this.#wake(typed ? TYPING_MS : SOON_MS);
  }

  goTo(at: number): void {
    if (at < 0 || at >= this.#screen.items.length) return;
    this.#record.at = at;
    this.#keep();
  }

  toggleFlag(item: number): void {
    const { flags } = this.#record;
    this.#record.flags = flags.includes(item) ? flags.filter((one) => one !== item) : [...flags, item];
    this.#keep();
  }

  /** Notes what happened to the page; sent with the answers. */
  note(kind: PageEvent): void {
    if (this.#screen.phase !== 'open' || !this.#clock.known) return;
    this.#record.events.push({ kind, atMs: this.#clock.nowMs() });
    this.#keep();
    this.#wake(0);
  }

  /** Hands in once everything is saved. */
  submit(): void {
    if (this.#screen.phase !== 'open') return;
    this.#change({ phase: 'handing-in' });
    this.#wake(0);
  }

  /** Back to the questions, as long as nothing has been handed in. */
  keepWorking(): void {
    if (this.#screen.phase === 'handing-in') this.#change({ phase: 'open' });
  }

  /** The device believes that it has a network, or the page is in front again: worth a try at once. */
  tryNow(): void {
    this.#tries = 0;
    this.#wake(0);
  }

  /** Another page of this browser has the sitting now. */
  movedAway(): void {
    if (this.#screen.phase === 'open' || this.#screen.phase === 'handing-in') this.#stop('elsewhere', undefined, false);
  }

  seenAdded(): void {
    this.#change({ added: null });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#second);
    this.#listeners.clear();
  }

  #begin(paper: SittingPaper, others: boolean): void {
    this.#take(paper, others);
    this.#lastLeftMs = null;
    this.#change({ phase: 'open', offline: false, busy: false, facts: factsOf(paper), added: null });
    this.#keep();
    this.pictures.news(paper, true);
    this.#wake(0);
  }

  #notLetIn(cause: unknown, takeOver: boolean): void {
    const trouble = troubleOf(cause);
    const { code, status } = failureOf(cause);
    const refusal = { code, error: cause };
    if (trouble === 'elsewhere' || trouble === 'signed-out' || trouble === 'over') return this.#stop(trouble, cause);
    if (trouble === 'later' && !takeOver && this.#goOnAlone()) return;
    this.#change({ phase: 'door', busy: false, refusal, offline: trouble === 'later' && status === 0 });
  }

  /** Without a network: the paper that is here, and the time as well as it can be known. */
  #goOnAlone(): boolean {
    const { keeper, sittingId, deviceMs } = this.#options;
    const paper = readPaper(keeper, sittingId);
    const { clock, deviceToken } = this.#record;
    if (!paper || !clock || deviceToken === null || deviceToken !== paper.deviceToken) return false;
    this.#clock.assume(clock.serverMs + Math.max(0, deviceMs() - clock.deviceMs));
    this.#paper = paper;
    this.#change({ phase: 'open', offline: true, busy: false, facts: factsOf(paper) });
    this.#keep();
    this.#wake(this.#backOffMs());
    return true;
  }

  /** Sends what is waiting, one request after another; never two at a time. */
  async #send(): Promise<void> {
    if (this.#sending || this.#disposed || !this.#running()) return;
    this.#sending = true;
    try {
      await this.#sendOne();
      this.#tries = 0;
      if (this.#screen.offline) this.#record.events.push({ kind: 'online', atMs: this.#clock.nowMs() });
      this.#change({ offline: false, refusal: null });
    } catch (cause) {
      this.#failed(cause);
    } finally {
      this.#sending = false;
    }
    if (this.#running()) this.#wake(this.#nextInMs());
  }

  async #sendOne(): Promise<void> {
    const { transport, stopwatchMs } = this.#options;
    const askedMs = stopwatchMs();
    const deviceToken = this.#record.deviceToken ?? '';
    if ((this.#screen.facts?.handedOver ?? 0) > (this.#paper?.handedOver ?? 0)) return this.#catchUp();
    const parcel = this.#outbox.nextParcel();
    if (parcel) {
      this.#keep();
      const saved = await transport.save(requestOf(parcel, deviceToken, this.#clock));
      this.#outbox.acknowledge(parcel.seq, saved.elsewhere?.kept);
      if (!saved.counts) this.#change({ late: this.#screen.late + parcel.answers.length });
      if (saved.elsewhere) return this.#stop('elsewhere');
      this.#heard(saved, askedMs);
      // Whoever answers without a pause is asked for pictures all the same.
      if (!this.pictures.isOverdue || !this.#running()) return;
      const lookedMs = stopwatchMs();
      return this.#heard(await transport.look(), lookedMs);
    }
    const events = this.#record.events.slice(0, MOST_EVENTS);
    if (events.length > 0) {
      const reports = events.map(({ kind, atMs }) => ({ kind, agoMs: this.#clock.agoMs(atMs) }));
      const facts = await transport.report({ deviceToken, events: reports });
      this.#record.events = this.#record.events.slice(events.length);
      return this.#heard(facts, askedMs);
    }
    if (this.#screen.phase === 'open') return this.#heard(await transport.look(), askedMs);
    const facts = await transport.submit(deviceToken);
    this.#handedIn = true;
    this.#heard(facts, askedMs);
  }

  /** A replaced device has brought what was given on it: what is later of each answer stands here, too. */
  async #catchUp(): Promise<void> {
    const askedMs = this.#options.stopwatchMs();
    const paper = await this.#options.transport.start(false);
    if (this.#disposed || !this.#running()) return;
    this.#take(paper, true);
    this.#heard(paper, askedMs);
  }

  /** @param others somebody may have answered on another device */
  #take(paper: SittingPaper, others: boolean): void {
    this.#outbox.reconcile(paper.answers, { sameDevice: paper.deviceToken === this.#record.deviceToken, others });
    this.#record.deviceToken = paper.deviceToken;
    this.#paper = paper;
    this.#paperMs = this.#options.stopwatchMs();
    writePaper(this.#options.keeper, this.#options.sittingId, paper);
  }

  /** Takes what every answer says: time, state, message. */
  #heard(news: News, askedMs: number): void {
    this.#clock.hear(news.now, askedMs);
    const before = this.#screen.facts;
    if (!before) return;
    // An answer to a question of before this paper knows another mark.
    if (this.#paper && askedMs >= this.#paperMs && goesOnElsewhere(this.#paper, news)) return this.#stop('elsewhere');
    const { facts, addedSeconds } = factsAfter(before, news);
    const added = addedSeconds > 0 ? { added: (this.#screen.added ?? 0) + addedSeconds } : {};
    // More time came while this page was already handing in for want of it.
    const isOpenAgain = this.#screen.phase === 'time-up' && addedSeconds > 0 && facts.state === 'running';
    this.#change({ facts, phase: isOpenAgain ? 'open' : this.#screen.phase, ...added });
    this.#keep();
    this.pictures.news(news, this.#screen.phase === 'open');
    if (facts.state !== 'running' && facts.state !== 'frozen') this.#stop('over');
  }

  #failed(cause: unknown): void {
    const trouble = troubleOf(cause);
    if (trouble === 'elsewhere' || trouble === 'signed-out' || trouble === 'over') return this.#stop(trouble, cause);
    this.#tries += 1;
    if (failureOf(cause).status === 0 && !this.#screen.offline) {
      this.#record.events.push({ kind: 'offline', atMs: this.#clock.nowMs() });
      this.#keep();
    }
    const refusal = trouble === 'refused' ? { code: failureOf(cause).code, error: cause } : null;
    this.#change({ offline: trouble === 'later', refusal });
  }

  /** Another device brings the server what was given here before. @param cause a refusal, which may be the first to tell of a void */
  #stop(phase: 'elsewhere' | 'signed-out' | 'over', cause?: unknown, handsOver = phase === 'elsewhere'): void {
    clearTimeout(this.#timer);
    const { facts: before } = this.#screen;
    const facts = before && failureOf(cause).code === VOIDED_CODE ? { ...before, state: 'voided' as const } : before;
    const late = phase === 'over' ? this.#screen.late + this.#outbox.unsent().length : this.#screen.late;
    this.#change({ phase, facts, busy: false, call: null, late, offline: false });
    if (phase === 'over') forget(this.#options.keeper, this.#options.sittingId);
    else this.#keep();
    if (!handsOver) return;
    const isHere = () => !this.#disposed && this.#screen.phase === 'elsewhere';
    void handOver(this.#options.transport, this.#outbox, this.#record, this.#clock, isHere, () => this.#keep());
  }

  #running(): boolean {
    return ['open', 'handing-in', 'time-up'].includes(this.#screen.phase);
  }

  #nextInMs(): number {
    if (this.#tries > 0) return this.#backOffMs();
    if (this.#outbox.waiting || this.#record.events.length > 0) return SOON_MS;
    if (this.#screen.phase !== 'open' && !this.#handedIn) return 0;
    return this.#screen.phase === 'open' ? LOOK_EVERY_MS * (0.85 + 0.3 * this.#options.random()) : END_LOOK_MS;
  }

  #backOffMs(): number {
    return backOffMs(this.#tries, this.#options.random);
  }

  /** Sends after so long, or earlier when that was planned; a network that is gone is not asked more often for it. */
  #wake(inMs: number): void {
    if (this.#disposed || !this.#running()) return;
    const dueMs = this.#options.stopwatchMs() + (this.#tries > 0 ? Math.max(inMs, this.#backOffMs()) : inMs);
    if (dueMs >= this.#dueMs) return;
    clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => {
      this.#dueMs = Number.POSITIVE_INFINITY;
      void this.#send();
    }, dueMs - this.#options.stopwatchMs());
  }

  #everySecond(): void {
    const leftMs = this.leftMs();
    if (leftMs === null || !this.#running()) return;
    const call = timeCallDue(this.#lastLeftMs, leftMs);
    this.#lastLeftMs = leftMs;
    const nowMs = this.#options.stopwatchMs();
    if (call !== null) {
      this.#callUntilMs = nowMs + CALL_SHOWN_MS;
      this.#change({ call });
    } else if (this.#screen.call !== null && nowMs > this.#callUntilMs) this.#change({ call: null });
    if (leftMs === 0 && this.#screen.phase !== 'time-up') {
      this.#change({ phase: 'time-up' });
      this.#wake(0);
    }
  }

  /** Writes the record to the device and shows what changed. */
  #keep(): void {
    const { keeper, sittingId, deviceMs } = this.#options;
    if (this.#clock.known) this.#record.clock = { serverMs: this.#clock.nowMs(), deviceMs: deviceMs() };
    const kept = writeRecord(keeper, sittingId, this.#record);
    const items = itemsOf(this.#paper, this.#outbox, this.#record.flags);
    this.#change({ kept, at: this.#record.at, unsent: this.#outbox.unsent().length, items });
  }

  #change(patch: Partial<SittingScreen>): void {
    this.#screen = { ...this.#screen, ...patch };
    for (const listener of this.#listeners) listener(this.#screen);
  }
}
