/** Numbers of [0, 1) that follow from a text alone: a paper can be drawn again exactly. Not for secrets. */
export type SeededRandom = () => number;

/** @param seed any text; different texts give unrelated numbers */
export function seededRandom(seed: string): SeededRandom {
  // Four words by FNV-1a from four beginnings, then sfc32, which passes PractRand.
  let [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162].map((start) => {
    let word = start;
    for (let at = 0; at < seed.length; at += 1) word = Math.imul(word ^ seed.charCodeAt(at), 0x01000193) >>> 0;
    return word;
  }) as [number, number, number, number];
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still look like the seed.
  for (let warm = 0; warm < 12; warm += 1) next();
  return next;
}

/** A new list in an order that every number of `random` has a part in (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [mixed[last], mixed[at]] = [mixed[at] as Item, mixed[last] as Item];
  }
  return mixed;
}
