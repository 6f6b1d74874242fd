import { regionPathOf } from '../people/regions.ts';

/** Scores are counted in twentieths of all points: 0 to under 5 %, …, 95 % and more. */
export const SCORE_BINS = 20;

/** Region: everybody who lives in it, on every level; body: who holds the exam; employer: who sent the candidate. */
export const statisticPlaces = ['region', 'body', 'employer', 'body-employer'] as const;
export type StatisticPlace = (typeof statisticPlaces)[number];

/** One marked sitting, as statistics see it: without the person. */
export interface CountedResult {
  /** Which exam by its rules, over all their versions. */
  readonly exam: string;
  /** China month in which the exam was held, YYYY-MM. */
  readonly month: string;
  /** County of the candidate; null when it is not known. */
  readonly regionCode: string | null;
  readonly bodyId: string;
  readonly employerId: string | null;
  readonly centipoints: number;
  readonly totalCentipoints: number;
  readonly passed: boolean;
  readonly topics: readonly { readonly topicId: string; readonly earned: number; readonly points: number }[];
}

/** Sums over sittings. All whole, so that they are the same in any order, and can be taken away again. */
export interface ResultSums {
  readonly candidates: number;
  readonly passed: number;
  /** Sum of the shares of points, each in ten-thousandths, rounded. */
  readonly sumShare: number;
  /** `SCORE_BINS` counts. */
  readonly bins: readonly number[];
}
export interface TopicSums {
  readonly candidates: number;
  readonly earned: number;
  readonly points: number;
}

export const NO_RESULTS: ResultSums = { candidates: 0, passed: 0, sumShare: 0, bins: Array(SCORE_BINS).fill(0) };
const SHARE_UNIT = 10_000;

/** Bin of a score. Whole numbers throughout: 80 of 100 points are in the bin that begins at 80 %. */
export const scoreBin = (centipoints: number, totalCentipoints: number): number =>
  Math.min(SCORE_BINS - 1, Math.floor((centipoints * SCORE_BINS) / totalCentipoints));

/** What one sitting adds. Throws RangeError for points that no paper has. */
export function resultSums({ centipoints, totalCentipoints, passed }: CountedResult): ResultSums {
  if (!(totalCentipoints > 0 && centipoints >= 0 && centipoints <= totalCentipoints))
    throw new RangeError(`${centipoints} of ${totalCentipoints} points cannot be`);
  const bin = scoreBin(centipoints, totalCentipoints);
  return {
    candidates: 1,
    passed: passed ? 1 : 0,
    sumShare: Math.round((centipoints * SHARE_UNIT) / totalCentipoints),
    bins: NO_RESULTS.bins.map((_, at) => (at === bin ? 1 : 0)),
  };
}

/** @param sign -1 takes b away */
export const addResults = (a: ResultSums, b: ResultSums, sign: 1 | -1 = 1): ResultSums => ({
  candidates: a.candidates + sign * b.candidates,
  passed: a.passed + sign * b.passed,
  sumShare: a.sumShare + sign * b.sumShare,
  bins: a.bins.map((count, at) => count + sign * (b.bins[at] ?? 0)),
});

/** Mean share of the points, 0 to 1; null without anybody. */
export const meanShare = ({ candidates, sumShare }: ResultSums): number | null =>
  candidates === 0 ? null : sumShare / candidates / SHARE_UNIT;

/** Every place whose sums a sitting is part of. */
export function placesOf({
  regionCode,
  bodyId,
  employerId,
}: Pick<CountedResult, 'regionCode' | 'bodyId' | 'employerId'>): {
  readonly kind: StatisticPlace;
  readonly place: string;
}[] {
  const regions = regionCode === null ? [] : regionPathOf(regionCode).split('/').filter(Boolean);
  return [
    ...regions.map((place) => ({ kind: 'region' as const, place })),
    { kind: 'body' as const, place: bodyId },
    ...(employerId === null
      ? []
      : [
          { kind: 'employer' as const, place: employerId },
          { kind: 'body-employer' as const, place: `${bodyId}/${employerId}` },
        ]),
  ];
}
