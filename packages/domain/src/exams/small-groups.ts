/** Groups smaller than this say something about single people. */
export const SMALLEST_SHOWN_GROUP = 5;

/**
 * Which groups of a list are not shown to somebody who may not know about single people. An empty group is nobody's secret. Where
 * exactly one group would be hidden it could be found out by taking the others from their sum: then the next smallest is hidden too.
 * @param sizes people in each group
 * @param sumIsShown whether the list adds up to a number that is on screen
 * @returns for each group whether it is hidden
 */
export function hiddenGroups(sizes: readonly number[], sumIsShown: boolean): boolean[] {
  const hidden = sizes.map((size) => size > 0 && size < SMALLEST_SHOWN_GROUP);
  if (!sumIsShown || hidden.filter(Boolean).length !== 1) return hidden;
  const open = sizes.flatMap((size, at) => (size > 0 && !hidden[at] ? [{ size, at }] : []));
  const next = open.toSorted((a, b) => a.size - b.size || a.at - b.at)[0];
  if (next) hidden[next.at] = true;
  return hidden;
}
