import type { BeatReport } from '@antu/contract';
import type { PausedBy } from './study-view.ts';

/** Pausing this long before the page hides is the browser's doing, not the learner's. */
const HIDE_PAUSE_MS = 1_000;

const END_SLACK_MS = 1_500;

/** What the player does, and who stopped it. */
export class PlayRecord {
  activity: BeatReport['activity'] = 'paused';
  pausedBy: PausedBy = 'nobody';
  /** The picture is over. */
  atEnd = false;
  /** The picture is over and seconds are missing. */
  missed = false;
  /** Told to play; the player has not said yet that it does. */
  starting = false;
  #pausedAtMs = 0;
  #hiddenSince: number | null = null;

  get hidden(): boolean {
    return this.#hiddenSince !== null;
  }

  /** A position within a lesson of `durationMs`. */
  placeIn(durationMs: number, atMs: number): number {
    // A picture that is over is over, though its last frame lies a little before the length that the server measured.
    if (this.atEnd && durationMs - atMs < END_SLACK_MS) return durationMs;
    return Math.min(durationMs, Math.max(0, Math.round(atMs)));
  }

  /** A session begins; whether the page is in front has nothing to do with it. */
  restart(): void {
    this.activity = 'paused';
    this.pausedBy = 'nobody';
    this.atEnd = false;
    this.missed = false;
    this.starting = false;
  }

  run(): void {
    this.atEnd = false;
    this.missed = false;
    this.starting = false;
    this.pausedBy = 'learner';
  }

  /** @param nowMs stopwatch reading */
  pause(nowMs: number): void {
    this.pausedBy = 'learner';
    this.#pausedAtMs = nowMs;
  }

  /** Another place in the media: the end is not here any more. */
  move(): void {
    if (this.activity === 'ended') this.activity = 'paused';
    this.atEnd = false;
    this.missed = false;
  }

  /** @param asked a question stands on the screen, which stopped the picture first */
  hide(nowMs: number, asked: boolean): void {
    // Lengths of absence by the wall clock: the stopwatch of some phones sleeps with them.
    this.#hiddenSince = Date.now();
    const paused = this.activity === 'paused' || this.activity === 'hidden';
    const byBrowser = paused && this.pausedBy === 'learner' && nowMs - this.#pausedAtMs < HIDE_PAUSE_MS;
    if ((!paused || byBrowser) && !asked) this.pausedBy = 'hidden';
  }

  /** Answers how long the page was away, ms. */
  show(): number {
    const awayMs = Date.now() - (this.#hiddenSince ?? Date.now());
    this.#hiddenSince = null;
    return awayMs;
  }
}
