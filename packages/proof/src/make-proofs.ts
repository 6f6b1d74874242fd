import { emptyRoot, nodeHash, type Sha256, splitOf } from './merkle.ts';

/** Gives the hash of a complete subtree: the node `index` of `level`, which stands over the leaves index·2^level up to (index+1)·2^level. */
export type ReadNode = (level: number, index: number) => Promise<Uint8Array>;

/** Root of the tree of the first `size` leaves. */
export async function rootFrom(read: ReadNode, size: number, hash?: Sha256): Promise<Uint8Array> {
  return size === 0 ? emptyRoot(hash) : hashOfRange(read, 0, size, hash);
}

/** Path from leaf `index` to the root of the tree of the first `size` leaves (RFC 9162 section 2.1.3.1). Throws RangeError if the leaf is not in it. */
export async function inclusionPath(read: ReadNode, index: number, size: number, hash?: Sha256): Promise<Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const path: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push(await hashOfRange(read, middle, to, hash));
      to = middle;
    } else {
      path.push(await hashOfRange(read, from, middle, hash));
      from = middle;
    }
  }
  return path.toReversed();
}

/** Proof that the tree of `size` leaves continues that of `oldSize` (RFC 9162 section 2.1.4.1). Empty for equal sizes and for an empty old tree. */
export async function consistencyPath(
  read: ReadNode,
  oldSize: number,
  size: number,
  hash?: Sha256,
): Promise<Uint8Array[]> {
  if (!(oldSize >= 0 && oldSize <= size)) throw new RangeError(`no tree of ${oldSize} in one of ${size}`);
  if (oldSize === 0 || oldSize === size) return [];
  const path: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to !== oldSize) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      path.push(await hashOfRange(read, middle, to, hash));
      to = middle;
    } else {
      path.push(await hashOfRange(read, from, middle, hash));
      from = middle;
    }
  }
  // The old root itself is known to whoever checks; any other subtree is not.
  if (from > 0) path.push(await hashOfRange(read, from, to, hash));
  return path.toReversed();
}

/** Hash over leaves [from, to), where `from` is where a subtree of that size begins. */
async function hashOfRange(read: ReadNode, from: number, to: number, hash?: Sha256): Promise<Uint8Array> {
  const size = to - from;
  const level = Math.log2(size);
  if (Number.isInteger(level)) return read(level, from / size);
  const middle = from + splitOf(size);
  const right = hashOfRange(read, middle, to, hash);
  return nodeHash(await hashOfRange(read, from, middle, hash), await right, hash);
}
