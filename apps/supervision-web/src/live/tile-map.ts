/** Place of a region on the map of tiles. */
export interface Tile {
  readonly code: string;
  readonly column: number;
  readonly row: number;
}

/** Guangdong's 21 cities about where they lie, by the first four digits of GB/T 2260; columns and rows from 1. */
const GUANGDONG: Readonly<Record<string, readonly [column: number, row: number]>> = {
  4418: [4, 1],
  4402: [5, 1],
  4416: [6, 1],
  4414: [7, 1],
  4451: [8, 1],
  4412: [3, 2],
  4406: [4, 2],
  4401: [5, 2],
  4413: [6, 2],
  4452: [7, 2],
  4405: [8, 2],
  4453: [2, 3],
  4407: [3, 3],
  4420: [4, 3],
  4419: [5, 3],
  4403: [6, 3],
  4415: [7, 3],
  4409: [1, 4],
  4417: [2, 4],
  4404: [4, 4],
  4408: [1, 5],
};
const GRID_COLUMNS = 6;

/**
 * Lays regions out as tiles: by geography where the whole province is known, else in the order of their codes.
 * @returns tiles and the number of columns
 */
export function layTiles(codes: readonly string[]): { tiles: Tile[]; columns: number; geographic: boolean } {
  const places = codes.map((code) => (code.endsWith('00') ? GUANGDONG[code.slice(0, 4)] : undefined));
  if (codes.length > 1 && places.every((place) => place !== undefined)) {
    const tiles = codes.flatMap((code, at) => {
      const place = places[at];
      return place ? [{ code, column: place[0], row: place[1] }] : [];
    });
    return { tiles, columns: 8, geographic: true };
  }
  const columns = Math.min(GRID_COLUMNS, Math.max(1, codes.length));
  const tiles = [...codes]
    .sort()
    .map((code, at) => ({ code, column: (at % columns) + 1, row: Math.floor(at / columns) + 1 }));
  return { tiles, columns, geographic: false };
}

/** Lower bounds of the colours above the lightest, round numbers up to the largest value; empty when all are 0. */
export function colourSteps(values: readonly number[]): number[] {
  const largest = Math.max(0, ...values);
  if (largest === 0) return [];
  const steps = [0.1, 0.25, 0.5, 0.8].map((part) => roundNice(largest * part)).filter((step) => step >= 1);
  return [...new Set(steps)];
}

/** Index of the colour of a value, 0 (lightest) to the number of steps. */
export function colourOf(value: number, steps: readonly number[]): number {
  return steps.filter((step) => value >= step).length;
}

function roundNice(value: number): number {
  if (value <= 1) return Math.ceil(value);
  const power = 10 ** Math.floor(Math.log10(value));
  const nice = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].findLast((step) => step * power <= value) ?? 1;
  return Math.max(1, Math.round(nice * power));
}

/** 广州市 as 广州: on a tile the short name is enough. Names of two characters stay whole. */
export function shortName(name: string): string {
  return name.length > 2 ? name.replace(/(特别行政区|自治州|地区|市|区|县)$/, '') : name;
}

/** Learners per thousand registered people, one decimal; 0 when nobody is registered. */
export function perThousand(learners: number, population: number): number {
  return population <= 0 ? 0 : Math.round((learners * 10_000) / population) / 10;
}
