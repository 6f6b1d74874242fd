export const renditionNames = ['liuchang', 'biaoqing', 'gaoqing'] as const;
export type RenditionName = (typeof renditionNames)[number];

export interface RenditionPlan {
  readonly name: RenditionName;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
}

/** 流畅, 标清, 高清: length of the shorter side, so that upright phone videos get the same quality. */
const ladder = [
  { name: 'liuchang', shortSidePx: 360, videoBitsPerSecond: 600_000, audioBitsPerSecond: 64_000 },
  { name: 'biaoqing', shortSidePx: 480, videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 96_000 },
  { name: 'gaoqing', shortSidePx: 720, videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 128_000 },
] as const;

// H.264 in 4:2:0 needs even sides.
const even = (pixels: number, most: number): number =>
  Math.max(2, Math.min(Math.round(pixels / 2) * 2, Math.floor(most / 2) * 2));

/**
 * The renditions of a picture as it is shown (turned upright). A source is never enlarged: a small one gets fewer
 * renditions, at least one.
 */
export const planRenditions = (widthPx: number, heightPx: number): readonly RenditionPlan[] => {
  const shortSide = Math.min(widthPx, heightPx);
  return ladder
    .filter(({ shortSidePx }, index) => index === 0 || shortSidePx <= shortSide)
    .map(({ name, shortSidePx, videoBitsPerSecond, audioBitsPerSecond }) => {
      const scale = Math.min(1, shortSidePx / shortSide);
      return {
        name,
        widthPx: even(widthPx * scale, widthPx),
        heightPx: even(heightPx * scale, heightPx),
        videoBitsPerSecond,
        audioBitsPerSecond,
      };
    });
};
