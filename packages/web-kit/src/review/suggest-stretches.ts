import type { ReviewCaseDetail, Stretch } from '@antu/contract';
import { describeOutcome } from './outcome-words.ts';
import { commonStretches, type MediaStretch } from './stretch-choice.ts';

/** Between the last picture that shows the learner and the next one somebody else may have sat there, epoch ms. */
interface Doubt {
  readonly fromMs: number;
  readonly toMs: number;
}

function doubtsOf(captures: ReviewCaseDetail['captures']): Doubt[] {
  const marks = captures
    .map((one) => ({ atMs: Date.parse(one.at), tone: describeOutcome(one.outcome)?.tone }))
    .sort((a, b) => a.atMs - b.atMs);
  return marks.flatMap(({ tone }, at) => {
    if (tone !== 'stop') return [];
    const before = marks.slice(0, at).findLast((one) => one.tone === 'ok');
    const after = marks.slice(at + 1).find((one) => one.tone === 'ok');
    return [
      {
        fromMs: before?.atMs ?? Number.NEGATIVE_INFINITY,
        toMs: after?.atMs ?? Number.POSITIVE_INFINITY,
      },
    ];
  });
}

/** What a credited stretch showed of the lesson during a doubt, widened to whole seconds. */
function shownDuring(stretch: Stretch, doubt: Doubt): MediaStretch | null {
  const fromMs = Date.parse(stretch.from);
  const toMs = Date.parse(stretch.to);
  const start = Math.max(fromMs, doubt.fromMs);
  const end = Math.min(toMs, doubt.toMs);
  if (end <= start || toMs <= fromMs) return null;
  const mediaAt = (ms: number) =>
    stretch.mediaFromMs + ((ms - fromMs) * (stretch.mediaToMs - stretch.mediaFromMs)) / (toMs - fromMs);
  return [Math.floor(mediaAt(start) / 1000), Math.ceil(mediaAt(end) / 1000)];
}

/**
 * Where a choice of stretches may begin: what counts of the time between the pictures around each one that speaks against
 * the learner. A proposal for people, nothing is decided by it.
 */
export function suggestStretches(
  detail: Pick<ReviewCaseDetail, 'captures' | 'stretches' | 'countedMediaSeconds'>,
): MediaStretch[] {
  const credited = detail.stretches.filter((one) => one.kind === 'credited');
  const shown = doubtsOf(detail.captures).flatMap((doubt) =>
    credited.flatMap((stretch) => {
      const found = shownDuring(stretch, doubt);
      return found ? [found] : [];
    }),
  );
  return commonStretches(shown, detail.countedMediaSeconds);
}
