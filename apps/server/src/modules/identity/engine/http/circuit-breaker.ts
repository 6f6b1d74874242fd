export type BreakerOptions = {
  /** Failures in a row after which nothing is asked any more. Default 5. */
  mostFailures?: number;
  /** For how long, ms. Default 30,000. */
  openMs?: number;
  /** Milliseconds that only ever grow. */
  now?: () => number;
};

/** The service failed so often that it is not asked now. */
export class CircuitOpen extends Error {}

/**
 * Spares a service that is down, and those who would wait for it. After the pause one question is let through: its answer
 * decides whether the others may ask again.
 */
export class CircuitBreaker {
  readonly #mostFailures: number;
  readonly #openMs: number;
  readonly #now: () => number;
  #failures = 0;
  #openUntilMs = 0;
  #isProbing = false;

  constructor(options: BreakerOptions = {}) {
    this.#mostFailures = options.mostFailures ?? 5;
    this.#openMs = options.openMs ?? 30_000;
    this.#now = options.now ?? (() => performance.now());
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#failures < this.#mostFailures) return 'closed';
    return this.#now() < this.#openUntilMs ? 'open' : 'half-open';
  }

  /**
   * Does the work unless the circuit is open (`CircuitOpen`).
   * @param isFailure whether what was thrown speaks against the service; default: everything does
   */
  async run<Result>(work: () => Promise<Result>, isFailure: (error: unknown) => boolean = () => true): Promise<Result> {
    const { state } = this;
    if (state === 'open' || (state === 'half-open' && this.#isProbing))
      throw new CircuitOpen('not asked: it failed too often');
    const isProbe = state === 'half-open';
    if (isProbe) this.#isProbing = true;
    try {
      const result = await work();
      this.#failures = 0;
      return result;
    } catch (error) {
      if (isFailure(error)) {
        this.#failures += 1;
        if (this.#failures >= this.#mostFailures) this.#openUntilMs = this.#now() + this.#openMs;
      }
      throw error;
    } finally {
      if (isProbe) this.#isProbing = false;
    }
  }
}
