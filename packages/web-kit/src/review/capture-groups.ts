import type { ReviewCaseDetail } from '@antu/contract';

export type Capture = ReviewCaseDetail['captures'][number];

/** Pictures of one check, or one picture in passing. */
export interface CaptureGroup {
  readonly key: string;
  readonly at: string;
  readonly kind: Capture['kind'];
  readonly outcome: string | null;
  readonly pictures: readonly Capture[];
}

/** The steps of one check follow each other within this time, ms. */
const SAME_CHECK_MS = 60_000;

/** Puts the pictures of one check together, in the order in which they were taken. */
export function groupCaptures(captures: readonly Capture[]): CaptureGroup[] {
  const groups: (CaptureGroup & { pictures: Capture[] })[] = [];
  for (const one of [...captures].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const last = groups.at(-1);
    const near = last?.pictures.at(-1);
    const joins =
      one.kind === 'check' &&
      last?.kind === 'check' &&
      last.outcome === one.outcome &&
      near !== undefined &&
      Date.parse(one.at) - Date.parse(near.at) < SAME_CHECK_MS;
    if (joins) last.pictures.push(one);
    else groups.push({ key: one.id, at: one.at, kind: one.kind, outcome: one.outcome, pictures: [one] });
  }
  return groups;
}
