import type { StudyMedia } from './study-transport.ts';

export interface ReadingClockOptions {
  durationMs: number;
  startAtMs: number;
  /** Stopwatch, ms. */
  now?: () => number;
  onPlaying: () => void;
  onPaused: () => void;
  onEnded: () => void;
}

/**
 * Plays a document: the "position" is the time spent reading. It runs only between `play` and `pause`, ends at the
 * reading time of the lesson, and may be set back but is as locked ahead as a video.
 */
export class ReadingClock implements StudyMedia {
  readonly #options: ReadingClockOptions;
  readonly #now: () => number;
  #readMs: number;
  #runningSinceMs: number | null = null;
  #endTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReadingClockOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#readMs = Math.min(options.startAtMs, options.durationMs);
  }

  positionMs(): number {
    const running = this.#runningSinceMs === null ? 0 : this.#now() - this.#runningSinceMs;
    return Math.min(this.#options.durationMs, this.#readMs + running);
  }

  play(): void {
    if (this.#runningSinceMs !== null) return;
    if (this.#readMs >= this.#options.durationMs) {
      this.#options.onEnded();
      return;
    }
    this.#run();
    this.#options.onPlaying();
  }

  pause(): void {
    if (this.#runningSinceMs === null) return;
    this.#halt();
    this.#options.onPaused();
  }

  seek(positionMs: number): void {
    const running = this.#runningSinceMs !== null;
    this.#halt();
    this.#readMs = Math.min(this.#options.durationMs, Math.max(0, positionMs));
    if (!running) return;
    this.#run();
    // As a video reports `seeked`: only after the caller has noted the jump.
    queueMicrotask(() => this.#runningSinceMs !== null && this.#options.onPlaying());
  }

  /** Stops for good. */
  dispose(): void {
    this.#halt();
  }

  #run(): void {
    this.#runningSinceMs = this.#now();
    this.#endTimer = setTimeout(() => {
      this.#halt();
      this.#options.onEnded();
    }, this.#options.durationMs - this.#readMs);
  }

  #halt(): void {
    clearTimeout(this.#endTimer);
    this.#readMs = this.positionMs();
    this.#runningSinceMs = null;
  }
}
