import { setTimeout as sleep } from 'node:timers/promises';

const MOST_ITEMS_OF_A_BATCH = 2_000;

/**
 * Collects items and hands them on in batches, one batch at a time: while one is on its way the next one gathers.
 * `handle` must not throw; what it returns is tried again before anything that came later.
 */
export class WriteGroup<Item> {
  readonly #handle: (batch: Item[]) => Promise<Item[]>;
  readonly #windowMs: number;
  #queue: Item[] = [];
  #working: Promise<void> | undefined;

  /** @param windowMs how long a batch gathers before it is handed on */
  constructor(handle: (batch: Item[]) => Promise<Item[]>, windowMs: number) {
    this.#handle = handle;
    this.#windowMs = windowMs;
  }

  add(item: Item): void {
    this.#queue.push(item);
    this.#working ??= this.#work();
  }

  /** Resolves when nothing waits and nothing is on its way. */
  async drain(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      await sleep(this.#windowMs);
      const batch = this.#queue.splice(0, MOST_ITEMS_OF_A_BATCH);
      const again = await this.#handle(batch);
      if (again.length > 0) this.#queue.unshift(...again);
    }
    this.#working = undefined;
  }
}
