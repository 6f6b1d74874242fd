import type { StudyStatus } from '@antu/contract';

/**
 * 已计时 between two answers of the server. It runs on from the last answer by what the server could grant at most: the
 * time since, and only the picture beyond the credited point. It never goes down while the session runs, unless the server
 * takes something back; when it is over, what the server confirmed is the truth.
 */
export class CreditProjection {
  #seconds = 0;
  #creditedToMs = 0;
  #creditable = 0;
  #shown = 0;
  /** Stopwatch reading from which time counts; null while the clock stands. */
  #countingFromMs: number | null = null;
  #countedMs = 0;

  /** @param takenBack the day's limit is reached: what ran on since the last answer will not be granted */
  accept(status: StudyStatus, nowMs: number, playing: boolean, takenBack: boolean): void {
    this.#seconds = status.creditedSeconds;
    this.#creditedToMs = status.creditedToMs;
    this.#creditable = status.creditableSeconds;
    this.#countedMs = 0;
    this.#countingFromMs = playing && status.state === 'counting' ? nowMs : null;
    this.#shown = takenBack ? status.creditedSeconds : Math.max(this.#shown, status.creditedSeconds);
  }

  /** The picture stands, or nothing is known of the server any more: no further until the next answer. */
  stop(nowMs: number): void {
    if (this.#countingFromMs === null) return;
    this.#countedMs += nowMs - this.#countingFromMs;
    this.#countingFromMs = null;
  }

  /** The session is over: what was hoped for since the last answer will not come. */
  settle(): void {
    this.#countingFromMs = null;
    this.#countedMs = 0;
    this.#shown = this.#seconds;
  }

  /** Whole seconds to show. */
  secondsAt(nowMs: number, positionMs: number): number {
    const elapsedMs = this.#countedMs + (this.#countingFromMs === null ? 0 : nowMs - this.#countingFromMs);
    const gainMs = Math.max(0, Math.min(elapsedMs, positionMs - this.#creditedToMs));
    const projected = Math.min(this.#creditable, this.#seconds + Math.floor(gainMs / 1000));
    this.#shown = Math.max(this.#shown, projected);
    return this.#shown;
  }
}
