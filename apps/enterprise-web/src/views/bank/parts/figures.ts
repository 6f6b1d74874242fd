/** A share of 0 to 1 in percent; a dash where there is none yet. */
export const percentWords = (share: number | null | undefined): string =>
  share === null || share === undefined ? '—' : `${Math.round(share * 100)}%`;

/** A coefficient of -1 to 1 with two digits and a real minus sign; a dash where there is none yet. */
export const discriminationWords = (value: number | null | undefined): string =>
  value === null || value === undefined ? '—' : value.toFixed(2).replace('-', '−');

/** What figures of a question hint at, once enough people answered it. */
export type FigureHint = 'hintHard' | 'hintEasy' | 'hintReverse';

/** With fewer answers a figure says little: chosen for operation. */
export const ENOUGH_ANSWERS = 30;

export function figureHints({
  answered,
  pValue,
  discrimination,
}: {
  answered: number;
  pValue: number | null;
  discrimination: number | null;
}): readonly FigureHint[] {
  if (answered < ENOUGH_ANSWERS) return [];
  const hints: FigureHint[] = [];
  if (pValue !== null && pValue < 0.2) hints.push('hintHard');
  if (pValue !== null && pValue > 0.95) hints.push('hintEasy');
  if (discrimination !== null && discrimination < 0) hints.push('hintReverse');
  return hints;
}
