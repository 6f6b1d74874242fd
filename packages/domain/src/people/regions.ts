export const REGION_LEVELS = ['province', 'city', 'county'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

/** The level that a GB/T 2260 code has by its form: 440000 province, 440100 city, 440104 county. */
export const regionLevelOf = (code: string): RegionLevel => {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
};

/** The code above, null for a province. Counties run directly by a province hang under its 90 group (469001 -> 469000). */
export const parentRegionCode = (code: string): string | null => {
  const level = regionLevelOf(code);
  if (level === 'province') return null;
  return level === 'city' ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;
};

/** Materialised path from the province down, such as `/440000/440100/440104/`; 东莞 is `/440000/441900/`. */
export const regionPathOf = (code: string): string => {
  const parent = parentRegionCode(code);
  return parent === null ? `/${code}/` : `${regionPathOf(parent)}${code}/`;
};
