/** First eight bytes of every leaf hash of a log, to be ticked off. Ten million take 80 MB. */
export class LeafSet {
  #prefixes = new BigUint64Array(1024);
  #seen = new Uint8Array(0);
  #size = 0;

  add(leaf: Buffer): void {
    if (this.#size === this.#prefixes.length) {
      const longer = new BigUint64Array(this.#size * 2);
      longer.set(this.#prefixes);
      this.#prefixes = longer;
    }
    this.#prefixes[this.#size] = leaf.readBigUInt64BE();
    this.#size += 1;
  }

  /** Called when all leaves are in. */
  close(): void {
    this.#prefixes = this.#prefixes.slice(0, this.#size).sort();
    this.#seen = new Uint8Array(this.#size);
  }

  /** Ticks a leaf off. @returns whether it was there and had not been ticked off before */
  tick(leaf: Buffer): boolean {
    const wanted = leaf.readBigUInt64BE();
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#prefixes[middle] ?? 0n) < wanted) low = middle + 1;
      else high = middle;
    }
    for (; this.#prefixes[low] === wanted; low += 1) {
      if (this.#seen[low] !== 0) continue;
      this.#seen[low] = 1;
      return true;
    }
    return false;
  }

  /** Prefixes that nobody ticked off. */
  left(): Set<bigint> {
    const left = new Set<bigint>();
    for (const [at, seen] of this.#seen.entries()) if (seen === 0) left.add(this.#prefixes[at] ?? 0n);
    return left;
  }
}
