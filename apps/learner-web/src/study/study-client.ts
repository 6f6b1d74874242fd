import type { BeatReport, StudyStatus } from '@antu/contract';
import { BeatSender } from './beat-sender.ts';
import { CreditProjection } from './credit-projection.ts';
import { NetworkBridge } from './network-bridge.ts';
import { PlayRecord } from './play-record.ts';
import { Questions } from './questions.ts';
import { type StudyClientOptions, withBrowser } from './study-options.ts';
import type { OpenedSession, SendFailure, StudyMedia } from './study-transport.ts';
import {
  AT_REST,
  type EndedBecause,
  endedBecause,
  INITIAL_VIEW,
  lineOf,
  lockOf,
  patchOf,
  type StudyView,
  takesBack,
  ViewStore,
} from './study-view.ts';

type Activity = BeatReport['activity'];

/** Reports that follow each other faster than this and say the same look like those of a robot. */
const LEAST_REPEAT_MS = 500;

/**
 * One learner at one lesson: opens the session, reports what the player does, obeys what the server answers, and keeps
 * a view that is true at every moment. Knows nothing of frameworks; page and player call it, `subscribe` tells screens.
 */
export class StudyClient {
  readonly #options: Required<StudyClientOptions>;
  readonly #sender: BeatSender;
  readonly #projection = new CreditProjection();
  readonly #store = new ViewStore();
  /** Are you there, and who are you? */
  readonly questions: Questions;
  readonly #bridge = new NetworkBridge();
  #media: StudyMedia | null = null;
  #sessionId: string | null = null;
  #status: StudyStatus | null = null;
  readonly #play = new PlayRecord();
  #touched = false;
  /** Beats pushed so far in this session; equals the running number of the last. */
  #seq = 0;
  /** Answers to beats before this number still speak of the place we left. */
  #movedAtSeq = 0;
  #lastBeatAtMs = 0;
  #beatTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StudyClientOptions) {
    this.#options = withBrowser(options);
    this.#sender = new BeatSender({
      ...this.#options,
      hooks: {
        onStatus: (status) => this.#obey(status),
        onLost: () => this.#networkLost(),
        onBack: () => this.#networkBack(),
        onRefused: (failure, cause) => this.#refused(failure, cause),
      },
    });
    this.questions = new Questions({
      ...this.#options,
      view: () => this.view,
      change: (patch) => this.#change(patch),
      sessionId: () => this.#sessionId,
      waiting: () => this.#sender.waiting,
      halt: (because) => this.#halt(because),
      goOn: (promptId) => this.#goOn(promptId),
      obey: (status) => this.#obey(status),
    });
  }

  get view(): StudyView {
    return this.#store.view;
  }

  /** Whole seconds to show as 已计时; never goes down while the session runs unless the server takes something back. */
  creditedSeconds(): number {
    return this.#projection.secondsAt(this.#options.now(), this.positionMs());
  }

  /** Where the picture is, ms; never outside the lesson. */
  positionMs(): number {
    const at = this.#media?.positionMs() ?? this.view.resumeAtMs;
    return this.#play.placeIn(this.view.lesson?.durationMs ?? 0, at);
  }

  /** Calls back with every new view; answers the way to stop. */
  subscribe(listener: (view: StudyView) => void): () => void {
    return this.#store.subscribe(listener);
  }

  /** Opens a session; also the way on after one has ended. Failures end in phase `failed`. */
  async open(): Promise<void> {
    this.#standStill();
    this.#change({ ...INITIAL_VIEW, lesson: this.view.lesson, rules: this.view.rules, phase: 'opening' });
    const { transport, lessonVersionId, device } = this.#options;
    await transport.open(lessonVersionId, device).then(
      (opened) => this.#begin(opened),
      (cause) => this.#change({ phase: 'failed', error: cause }),
    );
  }

  /** Gives the client its player, which must stand at `view.resumeAtMs` already. */
  attach(media: StudyMedia): void {
    this.#media = media;
  }

  /** Leaves the lesson; the promise is kept once the server has closed the session, or cannot be told. */
  async leave(): Promise<void> {
    if (this.view.phase !== 'open') return;
    const last = { mediaMs: this.positionMs(), activity: 'paused', touched: this.#touched, tick: false } as const;
    const closed = this.#sender.closeWith(last);
    this.#end('left');
    await closed;
  }

  play(): void {
    const { phase, lesson } = this.view;
    if (phase === 'ended' || phase === 'failed') return void this.#reopen();
    if (this.view.check) return this.questions.showCheck();
    if (phase !== 'open' || this.questions.asked() || this.#play.pausedBy === 'network') return;
    if (this.#play.missed && lesson) {
      // Nothing left behind the credited point but the lesson is not full: the hole is earlier, the server knows where.
      if (this.view.creditedToMs > lesson.durationMs - 2_000) return void this.#reopen();
      this.#moveTo(this.view.creditedToMs);
    }
    this.#play.starting = true;
    this.#change({ awayMs: null, sentBack: null });
    this.#media?.play();
  }

  pause(): void {
    this.#media?.pause();
  }

  /** Goes to a place that was watched before; answers false, and stays, where it was not. */
  seekTo(positionMs: number): boolean {
    if (this.view.phase !== 'open' || this.questions.asked() || positionMs > this.lockedFromMs()) return false;
    this.#moveTo(Math.max(0, Math.round(positionMs)));
    return true;
  }

  /** First position that may not be jumped to. @param positionMs where the picture is, or was before a jump */
  lockedFromMs(positionMs = this.positionMs()): number {
    // The picture runs a little ahead of what the last answer says; where it is now has been watched.
    return lockOf(this.view, this.#status, this.#play.activity === 'playing' ? positionMs : 0);
  }

  /** A pointer, key or touch: a sign that somebody is there. */
  touch(): void {
    this.#touched = true;
  }

  mediaPlaying(): void {
    const mayRun = this.view.phase === 'open' && !this.#play.hidden && this.#play.pausedBy !== 'network';
    if (!mayRun || this.questions.asked()) {
      this.#media?.pause();
      return;
    }
    if (this.#play.activity === 'playing') return;
    this.#play.run();
    this.#report('playing');
  }

  mediaPaused(): void {
    if (this.#play.starting) {
      this.#play.starting = false;
      this.#change({});
    }
    if (this.#play.activity !== 'playing' && this.#play.activity !== 'stalled') return;
    this.#play.pause(this.#options.now());
    this.#report('paused');
  }

  mediaStalled(): void {
    if (this.#play.activity === 'playing') this.#report('stalled');
  }

  mediaEnded(): void {
    this.#play.atEnd = true;
    if (!this.#play.hidden) this.#report('ended');
  }

  /** Another page, app or the lock screen is in front: the clock stands, so the picture stands too. */
  pageHidden(): void {
    if (this.#play.hidden) return;
    this.#play.hide(this.#options.now(), this.questions.asked() !== null);
    if (this.view.phase !== 'open') return;
    this.#report('hidden');
    this.#sender.sendBeside();
    this.#media?.pause();
  }

  pageVisible(): void {
    if (!this.#play.hidden) return;
    const awayMs = this.#play.show();
    if (this.view.phase !== 'open') return;
    if (this.#play.pausedBy === 'hidden' || this.view.check) this.#change({ awayMs });
    this.#report(this.#play.atEnd ? 'ended' : 'paused');
  }

  /** @param mayReturn the browser keeps the page and may show it again */
  pageLeaving(mayReturn: boolean): void {
    if (mayReturn) this.pageHidden();
    else void this.leave();
  }

  deviceOnline(): void {
    this.#sender.retryNow();
  }

  #begin(opened: OpenedSession): void {
    const { status, lesson, rules } = opened;
    this.#sessionId = status.sessionId;
    this.#sender.start(status.sessionId);
    this.#seq = 0;
    this.#lastBeatAtMs = this.#options.now();
    this.#movedAtSeq = 0;
    this.#play.restart();
    this.#status = status;
    this.#projection.accept(status, this.#options.now(), false, true);
    this.#change({
      phase: 'open',
      lesson,
      rules,
      resumeAtMs: opened.resumeAtMs,
      ...patchOf(status),
      tookOver: opened.tookOver,
      error: null,
    });
    this.questions.take(status);
    this.#scheduleBeat(status.nextBeatMs);
  }

  async #reopen(): Promise<void> {
    await this.open();
    if (this.view.phase !== 'open') return;
    this.#media?.seek(this.view.resumeAtMs);
    this.play();
  }

  #report(activity: Activity, { tick = false, promptId }: { tick?: boolean; promptId?: string } = {}): void {
    if (this.view.phase !== 'open') return;
    const soon = this.#seq > 0 && this.#options.now() - this.#lastBeatAtMs < LEAST_REPEAT_MS;
    if (soon && promptId === undefined && activity === this.#play.activity) return;
    this.#play.activity = activity;
    if (activity !== 'playing') this.#projection.stop(this.#options.now());
    this.#seq += 1;
    this.#lastBeatAtMs = this.#options.now();
    const beat = { mediaMs: this.positionMs(), activity, touched: this.#touched, tick };
    this.#touched = false;
    this.#sender.push(promptId === undefined ? beat : { ...beat, promptId });
    this.#scheduleBeat(this.#status?.nextBeatMs ?? 15_000);
    this.#change({});
  }

  #scheduleBeat(waitMs: number): void {
    clearTimeout(this.#beatTimer);
    this.#beatTimer = setTimeout(() => {
      // Standing still without a network says nothing that the last waiting beat does not say.
      if (this.#sender.lost && this.#play.activity !== 'playing') this.#scheduleBeat(waitMs);
      else this.#report(this.#play.activity, { tick: true });
    }, waitMs);
  }

  /**
   * Moves the picture. The stretch before the jump is settled by a report of its own; the new place is told when the
   * picture runs there.
   */
  #moveTo(positionMs: number): void {
    if (this.#play.activity === 'playing') this.#report('stalled');
    this.#play.move();
    this.#movedAtSeq = this.#seq + 1;
    this.#media?.seek(positionMs);
    this.#change({});
  }

  #obey(status: StudyStatus): void {
    this.#status = status;
    this.#projection.accept(status, this.#options.now(), this.#play.activity === 'playing', takesBack(status));
    this.#change(patchOf(status, this.view.confirmedSeconds));
    this.#scheduleBeat(Math.max(0, this.#lastBeatAtMs + status.nextBeatMs - this.#options.now()));
    if (status.state === 'ended') {
      this.#end(endedBecause(status.reason));
      return;
    }
    this.questions.take(status);
    if (status.goToMs !== null && status.lastSeq >= this.#movedAtSeq) this.#goBack(status.goToMs, status.reason);
    else if (this.#play.activity === 'ended' && status.lastSeq >= this.#seq) this.#closeOrWait(status);
  }

  #halt(because: 'prompt' | 'check'): void {
    this.#play.pausedBy = because;
    // Before the first report the server knows that nothing plays.
    if (this.#seq > 0) this.#report(this.#play.hidden ? 'hidden' : 'paused');
    this.#media?.pause();
  }

  #goOn(promptId?: string): void {
    if (promptId !== undefined) {
      this.#touched = true;
      this.#report('paused', { promptId });
    } else if (this.#play.atEnd) {
      return this.#report('ended');
    }
    this.#play.pausedBy = 'learner';
    this.#resume();
  }

  #goBack(toMs: number, reason: string | null): void {
    const atEnd = this.#play.atEnd;
    this.#moveTo(toMs);
    this.#change({ sentBack: { toMs, reason } });
    if (atEnd) this.#resume();
  }

  /** The picture is over; the server's clock may still be catching up with a slow uplink. */
  #closeOrWait(status: StudyStatus): void {
    const leftSeconds = status.creditableSeconds - status.creditedSeconds;
    if (leftSeconds <= 0) {
      const sessionId = this.#sessionId;
      this.#end('finished');
      if (sessionId !== null) this.#options.transport.close(sessionId, []).catch(() => undefined);
    } else if (status.state === 'counting') {
      this.#scheduleBeat(Math.min(status.nextBeatMs, leftSeconds * 1000 + 300));
    } else {
      this.#play.missed = true;
      this.#change({});
    }
  }

  #networkLost(): void {
    const nowMs = this.#options.now();
    const gapSeconds = this.view.rules?.bridgeableGapSeconds ?? 0;
    this.#projection.stop(nowMs);
    const usedUp = () => this.#bridgeUsedUp();
    this.#change({ bridgeEndsAtMs: this.#bridge.lost(nowMs, this.#sender.lastHeardMs, gapSeconds, usedUp) });
  }

  /** What is watched from here on could not be credited any more: better stand than watch in vain. */
  #bridgeUsedUp(): void {
    if (this.#play.activity !== 'playing' && this.#play.activity !== 'stalled') return;
    this.#play.pausedBy = 'network';
    this.#report('paused');
    this.#media?.pause();
  }

  #networkBack(): void {
    this.#bridge.back();
    this.#change({ bridgeEndsAtMs: null });
    if (this.#play.pausedBy !== 'network') return;
    this.#play.pausedBy = 'learner';
    this.#resume();
  }

  #resume(): void {
    if (this.#play.hidden || this.questions.asked()) return;
    this.#play.starting = true;
    this.#media?.play();
  }

  #refused(failure: Exclude<SendFailure, 'retry'>, cause: unknown): void {
    this.#change({ error: cause });
    this.#end(failure === 'gone' ? 'vanished' : failure);
  }

  #end(because: EndedBecause): void {
    this.#standStill();
    this.#projection.settle();
    this.#change({ ...AT_REST, phase: 'ended', endedBecause: because });
    this.#media?.pause();
  }

  #standStill(): void {
    clearTimeout(this.#beatTimer);
    this.#bridge.back();
    this.#projection.stop(this.#options.now());
    this.#sender.stop();
    this.#sessionId = null;
    this.#play.activity = 'paused';
    this.#play.starting = false;
  }

  #change(patch: Partial<StudyView>): void {
    this.#store.change(patch, (next) =>
      lineOf({
        phase: next.phase,
        play: this.#play,
        lost: this.#sender.lost,
        asked: this.questions.asked(next),
        positionMs: this.positionMs(),
        status: this.#status,
      }),
    );
  }
}
