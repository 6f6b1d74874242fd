import type { ModelBeat, ProofModel } from './proof-model.ts';
import type { TimeView } from './time-view.ts';

export interface PageSpan extends TimeView {
  readonly hidden: boolean;
}

/** When the page was in front and when another one was, merged. After the last report nothing is known. */
export function pageSpans({ beats, whole }: ProofModel): PageSpan[] {
  const spans: PageSpan[] = [];
  beats.forEach((beat, at) => {
    const fromMs = at === 0 ? whole.fromMs : beat.atMs;
    const toMs = beats[at + 1]?.atMs ?? (beat.activity === 'playing' ? beat.atMs : whole.toMs);
    const hidden = beat.activity === 'hidden';
    const last = spans.at(-1);
    if (last?.hidden === hidden) spans[spans.length - 1] = { ...last, toMs };
    else if (toMs > fromMs) spans.push({ fromMs, toMs, hidden });
  });
  return spans;
}

export interface NetworkGap extends TimeView {
  /** `bridged`: reported later and credited as far as the clock allows. `lost`: longer than may be bridged. */
  readonly kind: 'bridged' | 'lost';
  readonly reports: number;
}

/** Silences of the network: runs of late reports, and stretches refused because they were too long. */
export function networkGaps({ beats, stretches }: ProofModel): NetworkGap[] {
  const gaps: NetworkGap[] = [];
  let run: { fromMs: number; toMs: number; reports: number } | null = null;
  const close = (): void => {
    if (run && run.toMs > run.fromMs) gaps.push({ ...run, kind: 'bridged' });
    run = null;
  };
  beats.forEach((beat, at) => {
    if (!beat.late) return close();
    run = {
      fromMs: run?.fromMs ?? beats[at - 1]?.atMs ?? beat.atMs,
      toMs: beat.atMs,
      reports: (run?.reports ?? 0) + 1,
    };
  });
  close();
  for (const one of stretches) {
    if (one.reason === 'network-gap') gaps.push({ fromMs: one.fromMs, toMs: one.toMs, kind: 'lost', reports: 0 });
  }
  return gaps.sort((a, b) => a.fromMs - b.fromMs);
}

/** Instants at which the learner was surely there: touches and answers; the opening counts as one. */
export function presenceSigns({ beats, whole }: ProofModel): number[] {
  return [whole.fromMs, ...beats.filter((beat) => beat.touched || beat.answered).map((beat) => beat.atMs)];
}

/** Longest time without a sign of the learner, up to the end of the reports; null when there is none. */
export function longestAbsence(model: ProofModel): TimeView | null {
  const signs = presenceSigns(model);
  const end = model.beats.at(-1)?.atMs;
  const all = end === undefined ? signs : [...signs, end];
  let longest: TimeView | null = null;
  for (const [at, toMs] of all.entries()) {
    const fromMs = all[at - 1];
    if (fromMs === undefined) continue;
    if (!longest || toMs - fromMs > longest.toMs - longest.fromMs) longest = { fromMs, toMs };
  }
  return longest;
}

export interface OtherDevice extends TimeView {
  readonly sessionId: string;
  readonly deviceKind: string;
  readonly deviceName: string;
}

/** Other sessions of the same person that touch the time drawn; one that still runs reaches to its end. */
export function otherDevices(
  list: readonly { sessionId: string; from: string; to: string | null; deviceKind: string; deviceName: string }[],
  whole: TimeView,
): OtherDevice[] {
  return list
    .map(({ from, to, ...rest }) => ({
      ...rest,
      fromMs: Date.parse(from),
      toMs: to === null ? whole.toMs : Date.parse(to),
    }))
    .filter((one) => one.toMs >= whole.fromMs && one.fromMs <= whole.toMs);
}

/** The last report at or before an instant. */
export function beatBefore(beats: readonly ModelBeat[], atMs: number): ModelBeat | undefined {
  return beats.findLast((beat) => beat.atMs <= atMs);
}
