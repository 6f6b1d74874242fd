/** Stop watching on this much before the bridgeable gap is used up, so that the last report still fits. */
const RESERVE_MS = 3_000;

/** How long watching on without a network can still be credited. */
export class NetworkBridge {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * The network is gone.
   * @param lastHeardMs stopwatch reading of the last answer @param gapSeconds what the rules can bridge
   * @param onUsedUp called when what follows could not be credited any more
   * @returns stopwatch reading at which it is used up
   */
  lost(nowMs: number, lastHeardMs: number, gapSeconds: number, onUsedUp: () => void): number {
    const endsAtMs = lastHeardMs + gapSeconds * 1000 - RESERVE_MS;
    this.back();
    this.#timer = setTimeout(onUsedUp, Math.max(0, endsAtMs - nowMs));
    return endsAtMs;
  }

  back(): void {
    clearTimeout(this.#timer);
  }
}
