import { leafHash, nodeHash, rootOf } from '@antu/proof';
import type { FileStorage } from '../../../platform/storage/storage.ts';
import { hashOf } from '../hash.ts';
import { TILE_WIDTH, tileName } from '../tile-names.ts';
import { readEntries, TileReader } from '../tile-reader.ts';

export type TreeVisitor = {
  /** Every leaf in its order, with the data it was computed from. */
  leaf(index: number, hash: Buffer, entry: Buffer): void;
  /** After so many leaves. */
  root?(size: number, root: Uint8Array): void;
  difference(what: string): void;
};

/**
 * Computes the whole tree anew from the entries and compares every tile with it. What cannot be read is a difference and ends
 * the walk, since nothing after it can be judged.
 * @param askedRoots sizes at which the root is wanted
 */
export async function walkTree(
  storage: FileStorage,
  size: number,
  askedRoots: ReadonlySet<number>,
  visitor: TreeVisitor,
): Promise<void> {
  const reader = new TileReader(storage, size);
  const roots = new CompactRange();
  const levels: Buffer[][] = [];
  const compare = async (level: number, index: number, hashes: Buffer[]) => {
    const stored = await reader.hashes(level, index);
    if (!stored.equals(Buffer.concat(hashes)))
      visitor.difference(`${tileName(level, index, hashes.length)} is not what the entries give`);
  };
  for (let tile = 0; tile * TILE_WIDTH < size; tile += 1) {
    const entries = await readEntries(storage, tile, size);
    const leaves = entries.map((entry) => Buffer.from(leafHash(entry, hashOf)));
    for (const [at, leaf] of leaves.entries()) {
      visitor.leaf(tile * TILE_WIDTH + at, leaf, entries[at] ?? Buffer.alloc(0));
      roots.add(leaf);
      if (askedRoots.has(roots.size)) visitor.root?.(roots.size, roots.root());
    }
    await compare(0, tile, leaves);
    let full: Buffer[] = leaves;
    let level = 1;
    while (full.length === TILE_WIDTH) {
      const above = (levels[level] ??= []);
      above.push(Buffer.from(rootOf(full, hashOf)));
      if (above.length < TILE_WIDTH) break;
      await compare(level, (tile + 1) / TILE_WIDTH ** level - 1, above);
      full = above;
      levels[level] = [];
      level += 1;
    }
  }
  for (const [level, hashes] of levels.entries()) {
    if (!hashes || hashes.length === 0) continue;
    await compare(level, Math.floor(size / TILE_WIDTH ** (level + 1)), hashes);
  }
}

/** Hashes of the complete subtrees of a tree that grows leaf by leaf. */
class CompactRange {
  readonly #peaks: Uint8Array[] = [];
  size = 0;

  add(leaf: Uint8Array): void {
    let node = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2))
      node = nodeHash(this.#peaks.pop() ?? node, node, hashOf);
    this.#peaks.push(node);
    this.size += 1;
  }

  root(): Uint8Array {
    return this.#peaks.reduceRight((right, left) => nodeHash(left, right, hashOf));
  }
}
