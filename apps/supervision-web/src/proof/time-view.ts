/** A window on the server's time line, epoch ms. */
export interface TimeView {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Part of the window that a span covers, in percent of its width. */
export interface Placed {
  readonly leftPercent: number;
  readonly widthPercent: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const MAJOR_STEPS_MS = [
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  120 * MINUTE,
] as const;

/** Width in px that a clock label needs to stand free. */
const LABEL_PX = 72;
/** The clocks at the two ends lie wholly inside the plot, those between are centred: half a label more keeps them apart. */
const END_CLEAR = 1.5;

/** Where an instant stands in the window, in percent; below 0 or above 100 when outside. */
export function percentAt(view: TimeView, atMs: number): number {
  const length = view.toMs - view.fromMs;
  return length <= 0 ? 0 : ((atMs - view.fromMs) * 100) / length;
}

/** The instant at a part (0..1) of the window. */
export function instantAt(view: TimeView, part: number): number {
  return view.fromMs + Math.min(1, Math.max(0, part)) * (view.toMs - view.fromMs);
}

/** The visible part of a span; null when nothing of it lies in the window. */
export function placeSpan(view: TimeView, span: TimeView): Placed | null {
  const fromMs = Math.max(view.fromMs, span.fromMs);
  const toMs = Math.min(view.toMs, span.toMs);
  if (toMs < fromMs || (toMs === fromMs && span.toMs > span.fromMs)) return null;
  const leftPercent = percentAt(view, fromMs);
  return { leftPercent, widthPercent: percentAt(view, toMs) - leftPercent };
}

export interface Ticks {
  /** Labelled instants. */
  readonly major: readonly number[];
  readonly minor: readonly number[];
}

/**
 * Round clock times for the axis. Labels keep clear of each other and of the two ends, which carry their own.
 * @param widthPx width of the plot
 */
export function ticksOf(view: TimeView, widthPx: number): Ticks {
  const length = view.toMs - view.fromMs;
  if (length <= 0 || widthPx <= 0) return { major: [], minor: [] };
  const fits = Math.max(1, Math.floor(widthPx / LABEL_PX));
  const step =
    MAJOR_STEPS_MS.find((one) => length / one <= fits) ?? MAJOR_STEPS_MS[MAJOR_STEPS_MS.length - 1] ?? length;
  const clearMs = (length * LABEL_PX) / widthPx;
  const major = multiplesOf(step, view).filter(
    (at) => at - view.fromMs >= clearMs * END_CLEAR && view.toMs - at >= clearMs * END_CLEAR,
  );
  return { major, minor: multiplesOf(step / 5, view) };
}

function multiplesOf(stepMs: number, view: TimeView): number[] {
  const all: number[] = [];
  for (let at = Math.ceil(view.fromMs / stepMs) * stepMs; at <= view.toMs; at += stepMs) all.push(at);
  return all;
}

/**
 * A window of `lengthMs` around an instant, kept inside the whole; the whole when it is no longer than that.
 * @param lengthMs null for the whole
 */
export function zoomTo(whole: TimeView, centreMs: number, lengthMs: number | null): TimeView {
  if (lengthMs === null || whole.toMs - whole.fromMs <= lengthMs) return whole;
  const fromMs = Math.min(Math.max(centreMs - lengthMs / 2, whole.fromMs), whole.toMs - lengthMs);
  return { fromMs, toMs: fromMs + lengthMs };
}

/** Moves a window just far enough to show an instant with an eighth of its length around. */
export function followTo(whole: TimeView, view: TimeView, atMs: number): TimeView {
  const length = view.toMs - view.fromMs;
  const margin = length / 8;
  if (atMs >= view.fromMs + margin && atMs <= view.toMs - margin) return view;
  const wanted = atMs < view.fromMs + margin ? atMs - margin : atMs + margin - length;
  const fromMs = Math.min(Math.max(wanted, whole.fromMs), Math.max(whole.fromMs, whole.toMs - length));
  return { fromMs, toMs: fromMs + length };
}
