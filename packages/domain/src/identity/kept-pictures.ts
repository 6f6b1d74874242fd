/** The verdict as far as it decides which pictures are kept. */
export interface KeptFor {
  readonly outcome: 'passed' | 'failed' | 'pending';
  /** Signs of suspicion, whatever the outcome. */
  readonly isSuspicious: boolean;
  /** Index of the frame in which the provider knew the person best; null if it named none. */
  readonly bestFrame: number | null;
}

/**
 * Which pictures of a check are kept for the record, as indexes of `frames`: of a plain pass the best one; otherwise, so that a
 * person can judge, the first of all and the last of every step, in which the movement is furthest.
 * @param frames in order of the steps
 */
export function choosePictures(frames: readonly { readonly step: number }[], kept: KeptFor): number[] {
  if (frames.length === 0) return [];
  const best = kept.bestFrame !== null && kept.bestFrame in frames ? kept.bestFrame : 0;
  if (kept.outcome === 'passed' && !kept.isSuspicious) return [best];
  const lastOfStep = new Map(frames.map((frame, at) => [frame.step, at]));
  return [...new Set([0, ...lastOfStep.values()])].sort((a, b) => a - b);
}
