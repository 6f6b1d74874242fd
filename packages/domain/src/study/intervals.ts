/** Half-open stretch `[from, to)` of a media time line, in milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Sorted, disjoint, non-empty stretches; touching stretches are merged. */
export type IntervalSet = readonly Interval[];

/** Merges any stretches into a set. Seconds seen twice count once because everything is counted on sets. */
export function unite(...sets: readonly IntervalSet[]): Interval[] {
  const sorted = sets
    .flat()
    .filter((one) => one.to > one.from)
    .sort((a, b) => a.from - b.from);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && next.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    } else {
      merged.push({ from: next.from, to: next.to });
    }
  }
  return merged;
}

/** What is in `set` and not in `taken`. Both are sets as made by `unite`. */
export function subtract(set: IntervalSet, taken: IntervalSet): Interval[] {
  const rest: Interval[] = [];
  for (const one of set) {
    let from = one.from;
    for (const hole of taken) {
      if (hole.to <= from) continue;
      if (hole.from >= one.to) break;
      if (hole.from > from) rest.push({ from, to: hole.from });
      from = Math.max(from, hole.to);
    }
    if (from < one.to) rest.push({ from, to: one.to });
  }
  return rest;
}

/** Total length in the unit of the stretches. */
export function lengthOf(set: IntervalSet): number {
  return set.reduce((sum, one) => sum + (one.to - one.from), 0);
}

/** End of the last stretch, 0 for an empty set. */
export function furthestOf(set: IntervalSet): number {
  return set.at(-1)?.to ?? 0;
}

/** Where viewing without a hole from the start ends: the place to resume. */
export function resumePointOf(set: IntervalSet): number {
  const first = set[0];
  return first && first.from === 0 ? first.to : 0;
}

/** Where a learner goes on: at the resume point, or at the start of a lesson that is credited to its last whole second. */
export function startPointOf(viewed: IntervalSet, durationMs: number): number {
  const resume = resumePointOf(viewed);
  return resume >= Math.floor(durationMs / 1000) * 1000 ? 0 : resume;
}

/** Shrinks each stretch to whole seconds inside it (unit ms). */
export function wholeSeconds(set: IntervalSet): Interval[] {
  return set
    .map((one) => ({ from: Math.ceil(one.from / 1000) * 1000, to: Math.floor(one.to / 1000) * 1000 }))
    .filter((one) => one.to > one.from);
}
