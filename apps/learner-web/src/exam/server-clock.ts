/**
 * Server time from the `now` of its answers and a stopwatch, so that setting the device's clock changes nothing. Each answer
 * says: the offset lies between "stamped when we asked" and "stamped when it came"; answers together narrow it down.
 */
export class ServerClock {
  readonly #stopwatchMs: () => number;
  /** Offset = server time - stopwatch; the true one lies between the two. Null before the first answer. */
  #bounds: { least: number; most: number } | null = null;

  /** @param stopwatchMs grows evenly, whatever happens to the device's clock */
  constructor(stopwatchMs: () => number) {
    this.#stopwatchMs = stopwatchMs;
  }

  /**
   * Takes an answer into account.
   * @param now ISO instant that the server put on it @param askedMs stopwatch when it was asked for
   */
  hear(now: string, askedMs: number): void {
    const serverMs = Date.parse(now);
    if (Number.isNaN(serverMs)) return;
    const heard = { least: serverMs - this.#stopwatchMs(), most: serverMs - askedMs };
    const both = this.#bounds && {
      least: Math.max(heard.least, this.#bounds.least),
      most: Math.min(heard.most, this.#bounds.most),
    };
    // They cannot both be true: the stopwatch stood still while the device slept. The newer answer holds.
    this.#bounds = both && both.least <= both.most ? both : heard;
  }

  /** Goes on from an estimate until the first answer comes. @param serverMs estimate of this moment */
  assume(serverMs: number): void {
    if (this.#bounds) return;
    const offset = serverMs - this.#stopwatchMs();
    // As wide as possible: any answer is better.
    this.#bounds = { least: offset - 86_400_000, most: offset + 86_400_000 };
  }

  get known(): boolean {
    return this.#bounds !== null;
  }

  /** How long ago an instant of the server's time is, ms, as the contract has it. */
  agoMs(atMs: number): number {
    return Math.min(86_400_000, Math.max(0, Math.round(this.nowMs() - atMs)));
  }

  /** Server time, ms since 1970; the middle of what it can be. */
  nowMs(): number {
    if (!this.#bounds) throw new Error('no answer of the server yet');
    return this.#stopwatchMs() + (this.#bounds.least + this.#bounds.most) / 2;
  }
}
