import { HASH_BYTES, leafHash, rootFrom, rootOf } from '@antu/proof';
import type { FileStorage } from '../../platform/storage/storage.ts';
import { hashOf } from './hash.ts';
import { hashesOf, readEntries, TileReader } from './tile-reader.ts';
import { logKey, TILE_WIDTH, tileName } from './tile-names.ts';

/** Files written at the same time. */
const AT_ONCE = 16;

/**
 * Writes the tiles that the leaves `entries` add to a log of `size` leaves. The bytes follow from the leaves alone: whoever
 * writes them again after a crash, or at the same time, writes the same. Nothing that an older checkpoint covers changes.
 * @returns the root of the longer log
 */
export async function writeTiles(
  storage: FileStorage,
  size: number,
  entries: readonly Uint8Array[],
): Promise<Uint8Array> {
  const files = new Map<string, Uint8Array>();
  await bundleEntries(storage, size, entries, files);
  let added: Uint8Array[] = entries.map((entry) => leafHash(entry, hashOf));
  for (let level = 0; added.length > 0; level += 1) added = await tileHashes(storage, size, level, added, files);
  const writes = [...files];
  for (let at = 0; at < writes.length; at += AT_ONCE)
    await Promise.all(writes.slice(at, at + AT_ONCE).map(([name, bytes]) => storage.put(logKey(name), bytes)));
  const grown = size + entries.length;
  return rootFrom(new TileReader(storage, grown).node, grown, hashOf);
}

async function bundleEntries(
  storage: FileStorage,
  size: number,
  entries: readonly Uint8Array[],
  files: Map<string, Uint8Array>,
): Promise<void> {
  const first = Math.floor(size / TILE_WIDTH);
  const before = size % TILE_WIDTH === 0 ? [] : await readEntries(storage, first, size);
  const all = [...before, ...entries];
  for (let at = 0; at < all.length; at += TILE_WIDTH) {
    const part = all.slice(at, at + TILE_WIDTH);
    const framed = part.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]);
    files.set(tileName('entries', first + at / TILE_WIDTH, part.length), Buffer.concat(framed));
  }
}

/** @returns the hashes over the tiles that became full: what the next level gains */
async function tileHashes(
  storage: FileStorage,
  size: number,
  level: number,
  added: readonly Uint8Array[],
  files: Map<string, Uint8Array>,
): Promise<Uint8Array[]> {
  const count = Math.floor(size / TILE_WIDTH ** level);
  const first = Math.floor(count / TILE_WIDTH);
  const before = count % TILE_WIDTH === 0 ? Buffer.alloc(0) : await new TileReader(storage, size).hashes(level, first);
  const all = Buffer.concat([before, ...added]);
  const full: Uint8Array[] = [];
  const tileBytes = TILE_WIDTH * HASH_BYTES;
  for (let at = 0; at < all.length; at += tileBytes) {
    const tile = all.subarray(at, at + tileBytes);
    files.set(tileName(level, first + at / tileBytes, tile.length / HASH_BYTES), tile);
    if (tile.length === tileBytes) full.push(rootOf(hashesOf(tile), hashOf));
  }
  return full;
}
