import { HASH_BYTES } from '@antu/proof';
import type { TileReader } from './tile-reader.ts';
import { TILE_WIDTH } from './tile-names.ts';

/** Place of a leaf in tiles of hashes [firstTile, endTile), newest first; undefined if it is in none. */
export async function scanTiles(
  reader: TileReader,
  leaf: Buffer,
  firstTile: number,
  endTile: number,
): Promise<number | undefined> {
  for (let index = endTile - 1; index >= firstTile; index -= 1) {
    const at = positionIn(await reader.hashes(0, index), leaf);
    if (at !== undefined) return index * TILE_WIDTH + at;
  }
  return undefined;
}

function positionIn(tile: Buffer, leaf: Buffer): number | undefined {
  for (let at = tile.indexOf(leaf); at >= 0; at = tile.indexOf(leaf, at + 1))
    if (at % HASH_BYTES === 0) return at / HASH_BYTES;
  return undefined;
}
