/** A text that wants to stand at a place of the plot. */
export interface Label<Key> {
  readonly key: Key;
  readonly leftPercent: number;
  readonly widthPx: number;
  readonly align: 'start' | 'middle' | 'end';
}

const AIR_PX = 6;

/**
 * Keeps the labels that fit: earlier ones in the list win, none overlaps another or leaves the plot.
 * @param plotPx width of the plot
 */
export function placeLabels<Key>(labels: readonly Label<Key>[], plotPx: number): Label<Key>[] {
  const taken: { from: number; to: number }[] = [];
  return labels.filter((label) => {
    const at = (label.leftPercent * plotPx) / 100;
    const shift = label.align === 'start' ? 0 : label.align === 'end' ? -label.widthPx : -label.widthPx / 2;
    const from = at + shift;
    const to = from + label.widthPx;
    if (from < -1 || to > plotPx + 1) return false;
    if (taken.some((one) => from < one.to + AIR_PX && to > one.from - AIR_PX)) return false;
    taken.push({ from, to });
    return true;
  });
}

/** Rough width of a text in px: full-width characters take one em, others a bit more than half. */
export function textWidthPx(text: string, emPx: number): number {
  let ems = 0;
  for (const char of text) ems += /[\u2e80-\uffef]/.test(char) ? 1 : 0.56;
  return ems * emPx;
}
