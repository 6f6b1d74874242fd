import { HASH_BYTES, type ReadNode, rootOf } from '@antu/proof';
import { buffer } from 'node:stream/consumers';
import type { FileStorage } from '../../platform/storage/storage.ts';
import { hashOf } from './hash.ts';
import { logKey, TILE_WIDTH, tileName, type TileLevel, widthWithin } from './tile-names.ts';

/** A tile is missing, too short, or does not belong to the tree: the log in the storage was damaged. */
export class DamagedLogError extends Error {}

/** Bytes of a file of the log; undefined if there is none. */
export async function readLogFile(storage: FileStorage, name: string): Promise<Buffer | undefined> {
  const file = await storage.get(logKey(name));
  return file && buffer(file.stream);
}

/** Reads tiles of hashes in a log of so many leaves. Keeps the full ones that were read last: they never change. */
export class TileReader {
  readonly #storage: FileStorage;
  readonly #size: number;
  readonly #kept: Map<string, Promise<Buffer>>;

  constructor(storage: FileStorage, size: number, kept = new Map<string, Promise<Buffer>>()) {
    this.#storage = storage;
    this.#size = size;
    this.#kept = kept;
  }

  /** Hashes of a tile as far as the log reaches, 32 bytes each. Throws DamagedLogError if they are not there. */
  hashes(level: number, index: number): Promise<Buffer> {
    const width = widthWithin(level, index, this.#size);
    const name = tileName(level, index, Math.max(width, 1));
    const known = this.#kept.get(name);
    if (known) return known;
    const read = readTile(this.#storage, level, index, width);
    this.#kept.set(name, read);
    read.catch(() => this.#kept.delete(name));
    if (this.#kept.size > MOST_KEPT)
      for (const oldest of [...this.#kept.keys()].slice(0, 64)) this.#kept.delete(oldest);
    return read;
  }

  /** Hash of a complete subtree, out of the tile it lies in or over. */
  readonly node: ReadNode = async (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const width = 2 ** (level % 8);
    const first = index * width;
    const tile = await this.hashes(tileLevel, Math.floor(first / TILE_WIDTH));
    const from = first % TILE_WIDTH;
    if (tile.length < (from + width) * HASH_BYTES)
      throw new DamagedLogError(`node ${level}/${index} is beyond the log`);
    return rootOf(hashesOf(tile.subarray(from * HASH_BYTES, (from + width) * HASH_BYTES)), hashOf);
  };
}

/** About 6 MB. */
const MOST_KEPT = 768;

async function readTile(storage: FileStorage, level: number, index: number, width: number): Promise<Buffer> {
  if (width < 1) throw new DamagedLogError(`tile ${level}/${index} is beyond the log`);
  // Partial tiles are tidied away once the full one is there.
  const bytes =
    (await readLogFile(storage, tileName(level, index, width))) ?? (await readLogFile(storage, tileName(level, index)));
  if (!bytes || bytes.length < width * HASH_BYTES)
    throw new DamagedLogError(`tile ${tileName(level, index, width)} is missing`);
  return bytes.subarray(0, width * HASH_BYTES);
}

export function hashesOf(tile: Buffer): Buffer[] {
  return Array.from({ length: tile.length / HASH_BYTES }, (_, i) =>
    tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}

/** Entries of a bundle: each a big-endian length of two bytes and the data. Throws DamagedLogError if they do not fill it exactly. */
export function entriesOf(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 <= bundle.length ? at + 2 + bundle.readUInt16BE(at) : Number.POSITIVE_INFINITY;
    if (end > bundle.length) throw new DamagedLogError('a bundle of entries is cut off');
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/** Entries of a bundle as far as the log reaches. */
export async function readEntries(storage: FileStorage, index: number, size: number): Promise<Buffer[]> {
  const width = widthWithin('entries' satisfies TileLevel, index, size);
  const bytes =
    (await readLogFile(storage, tileName('entries', index, width))) ??
    (await readLogFile(storage, tileName('entries', index)));
  const entries = bytes ? entriesOf(bytes) : [];
  if (entries.length < width) throw new DamagedLogError(`entries ${tileName('entries', index, width)} are missing`);
  return entries.slice(0, width);
}
