/**
 * How often something may be done, by key: `burst` at once, then `perSecond`. Kept in this process alone; of the keys that were
 * used longest ago those beyond `most` are forgotten, so that nobody fills the memory with addresses.
 */
export class Allowance {
  readonly #limits: { readonly burst: number; readonly perSecond: number; readonly most: number };
  readonly #left = new Map<string, { tokens: number; atMs: number }>();

  constructor(limits: { readonly burst: number; readonly perSecond: number; readonly most: number }) {
    this.#limits = limits;
  }

  /** Whether something is left, without taking it. */
  has(key: string, nowMs: number): boolean {
    return this.#tokens(key, nowMs) >= 1;
  }

  /** Takes one. @returns false if none was left */
  take(key: string, nowMs: number): boolean {
    const tokens = this.#tokens(key, nowMs);
    this.#left.delete(key);
    this.#left.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs });
    if (this.#left.size > this.#limits.most) this.#left.delete(this.#left.keys().next().value ?? '');
    return tokens >= 1;
  }

  #tokens(key: string, nowMs: number): number {
    const { burst, perSecond } = this.#limits;
    const kept = this.#left.get(key);
    return kept ? Math.min(burst, kept.tokens + (Math.max(0, nowMs - kept.atMs) / 1000) * perSecond) : burst;
  }
}
