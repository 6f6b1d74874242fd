/**
 * Whole minutes still to go. They and the minutes done, both rounded down, add up to the minutes of the whole as it is
 * shown; while anything is left it is 1 at least.
 */
export function minutesLeft(doneSeconds: number, wholeSeconds: number): number {
  if (doneSeconds >= wholeSeconds) return 0;
  return Math.max(1, Math.floor(wholeSeconds / 60) - Math.floor(doneSeconds / 60));
}
