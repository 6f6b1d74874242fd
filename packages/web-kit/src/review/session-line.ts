import type { ReviewCaseDetail, Stretch } from '@antu/contract';
import { type Interval, subtract, unite } from '@antu/domain';
import type { MediaStretch } from './stretch-choice.ts';

export type StretchLook = 'credited' | 'refused' | 'waiting' | 'standing';

/** What a stretch is for a reviewer: another page in front counts as refused, as in the sums of the server. */
export function lookOf({ kind, reason }: Pick<Stretch, 'kind' | 'reason'>): StretchLook {
  if (reason === 'identity-awaiting' || reason === 'quiz-awaiting') return 'waiting';
  if (kind === 'credited' || kind === 'refused') return kind;
  return reason === 'hidden' ? 'refused' : 'standing';
}

/** A span of a line, percent of its width. */
export interface Placed {
  readonly leftPercent: number;
  readonly widthPercent: number;
}

/** Places a span between the two ends of a line; what lies outside is cut off. Null when nothing is left. */
export function place(from: number, to: number, start: number, end: number): Placed | null {
  const length = end - start;
  const left = Math.max(from, start);
  const right = Math.min(to, end);
  if (length <= 0 || right <= left) return null;
  return { leftPercent: ((left - start) * 100) / length, widthPercent: ((right - left) * 100) / length };
}

/** The two ends of a session, epoch ms: a running one reaches to its last stretch. */
export function endsOf(detail: Pick<ReviewCaseDetail, 'openedAt' | 'endedAt' | 'stretches'>): {
  fromMs: number;
  toMs: number;
} {
  const fromMs = Date.parse(detail.openedAt);
  const last = detail.stretches.at(-1)?.to;
  const toMs = Math.max(fromMs + 1000, detail.endedAt ? Date.parse(detail.endedAt) : 0, last ? Date.parse(last) : 0);
  return { fromMs, toMs };
}

/** Length of all stretches of one look, whole seconds; credited ones by what was credited, not by the clock. */
export function secondsOfLook(stretches: readonly Stretch[], look: StretchLook): number {
  const seconds = stretches
    .filter((one) => lookOf(one) === look)
    .reduce(
      (sum, one) =>
        sum + (look === 'credited' ? one.creditedSeconds : (Date.parse(one.to) - Date.parse(one.from)) / 1000),
      0,
    );
  return Math.floor(seconds);
}

const STEPS_SECONDS = [60, 120, 300, 600, 900, 1800];
const HOUR_SECONDS = 3600;

/** Round clock times inside the two ends, at most `most`, none so near an end that the labels would touch. */
export function ticksBetween(fromMs: number, toMs: number, most: number): number[] {
  const length = toMs - fromMs;
  const hours = HOUR_SECONDS * Math.ceil(length / 1000 / HOUR_SECONDS / most);
  const step = 1000 * (STEPS_SECONDS.find((one) => length / (one * 1000) <= most) ?? hours);
  const clear = length / (most + 1);
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at < toMs; at += step) {
    if (at - fromMs >= clear && toMs - at >= clear) ticks.push(at);
  }
  return ticks;
}

/** Stretches of the lesson that decisions took back and none gave back since, in the order of the lesson. */
export function voidedStretchesOf(decisions: ReviewCaseDetail['decisions']): MediaStretch[] {
  let voided: Interval[] = [];
  for (const { kind, mediaSeconds } of [...decisions].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const stretches = unite(mediaSeconds.map(([from, to]) => ({ from, to })));
    if (kind === 'void') voided = unite(voided, stretches);
    if (kind === 'restore') voided = subtract(voided, stretches);
  }
  return voided.map(({ from, to }): MediaStretch => [from, to]);
}
