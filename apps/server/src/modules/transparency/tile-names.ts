/** Hashes or entries of a full tile (C2SP tlog-tiles: height 8). */
export const TILE_WIDTH = 256;

/** A tile of hashes of some level, or of the entries themselves. */
export type TileLevel = number | 'entries';

/** Path of a tile below the log's address, such as `tile/0/x001/234` or, not yet full, `tile/0/x001/234.p/17`. */
export function tileName(level: TileLevel, index: number, width = TILE_WIDTH): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** A tile's name taken apart; undefined if no tile is named so. */
export function parseTileName(name: string): { level: TileLevel; index: number; width: number } | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(name);
  if (!match?.[1] || !match[2]) return undefined;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number(match[2].replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  return width <= TILE_WIDTH && tileName(level, index, width) === name ? { level, index, width } : undefined;
}

/** How many hashes or entries a tile has in a log of `size` leaves; 0 or less if it does not exist yet. */
export function widthWithin(level: TileLevel, index: number, size: number): number {
  const count = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.min(TILE_WIDTH, count - index * TILE_WIDTH);
}

/** Where the log lies in the storage. */
export const logKey = (name: string): string => `transparency/${name}`;
