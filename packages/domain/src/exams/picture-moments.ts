import type { ExamLimits } from './exam-limits.ts';

/** A uniform number of at least 0 and below 1 that nobody outside the server can know: the one of a sitting's `index`-th picture. */
export type PictureDraw = (index: number) => number;

/** While pictures are asked of a sitting. Times in epoch ms. */
export interface PictureTimes {
  readonly startedAtMs: number;
  /** The end: of the sitting, of its time, or now. */
  readonly untilMs: number;
}
type PictureLimits = Pick<ExamLimits, 'snapshotGapSeconds' | 'snapshotWaitSeconds'>;

/** The first picture comes early: somebody who hands in soon is seen once, too. Parts of the longest gap. */
const FIRST = { least: 0.05, most: 0.4 } as const;
const LATER = { least: 0.25, most: 1 } as const;

/**
 * When pictures are due, epoch ms, rising: the first soon after the start, each later one less than the longest gap after the one
 * before. Pure: whoever knows the secret behind the draws can see that the moments were not chosen.
 */
export function pictureMoments(
  { startedAtMs, untilMs }: PictureTimes,
  { snapshotGapSeconds }: PictureLimits,
  draw: PictureDraw,
): number[] {
  const moments: number[] = [];
  if (snapshotGapSeconds === null) return moments;
  for (let atMs = startedAtMs; ; ) {
    const { least, most } = moments.length === 0 ? FIRST : LATER;
    atMs += Math.floor(snapshotGapSeconds * 1000 * (least + (most - least) * draw(moments.length)));
    if (atMs >= untilMs) return moments;
    moments.push(atMs);
  }
}

/** The picture that is asked for at a moment, or null. @param settled pictures of which it is known what became of them */
export function askedPicture(
  moments: readonly number[],
  settled: number,
  nowMs: number,
  { snapshotWaitSeconds }: PictureLimits,
): number | null {
  const index = moments.findLastIndex((atMs) => atMs <= nowMs);
  const dueMs = moments[index];
  if (dueMs === undefined || index < settled) return null;
  return nowMs <= dueMs + snapshotWaitSeconds * 1000 ? index : null;
}

/** The next pictures that can no more arrive. A sitting that ended while one was awaited does not miss it. */
export function missingPictures(
  moments: readonly number[],
  settled: number,
  untilMs: number,
  { snapshotWaitSeconds }: PictureLimits,
): number[] {
  return moments.flatMap((dueMs, index) =>
    index >= settled && dueMs + snapshotWaitSeconds * 1000 < untilMs ? [index] : [],
  );
}
