import { type Interval, intersect, lengthOf, subtract, unite } from '@antu/domain';

/** A part of a lesson in whole seconds: from the first number to just before the second. */
export type MediaStretch = readonly [fromSeconds: number, toSeconds: number];
/** Which end of a stretch is moved. */
export type Edge = 'from' | 'to';

const toInterval = ([from, to]: MediaStretch): Interval => ({ from, to });
const toStretch = ({ from, to }: Interval): MediaStretch => [from, to];

/** Sorted, disjoint and not empty: what is chosen twice counts once. */
export function tidyStretches(stretches: readonly MediaStretch[]): MediaStretch[] {
  return unite(stretches.map(toInterval)).map(toStretch);
}

/** What of `stretches` lies in `kept` as well. */
export function commonStretches(stretches: readonly MediaStretch[], kept: readonly MediaStretch[]): MediaStretch[] {
  return intersect(unite(stretches.map(toInterval)), unite(kept.map(toInterval))).map(toStretch);
}

/** Length of all of them together, s. */
export function secondsOfStretches(stretches: readonly MediaStretch[]): number {
  return lengthOf(unite(stretches.map(toInterval)));
}

/** What follows from voiding a choice, s. Only what counts now can stop counting. */
export interface VoidEffect {
  readonly voidedSeconds: number;
  readonly leftSeconds: number;
}

/** @param counted stretches that count now @param chosen stretches to be voided */
export function effectOfVoid(counted: readonly MediaStretch[], chosen: readonly MediaStretch[]): VoidEffect {
  const voidedSeconds = secondsOfStretches(commonStretches(chosen, counted));
  return { voidedSeconds, leftSeconds: secondsOfStretches(counted) - voidedSeconds };
}

/** The longest stretch that counts and is not chosen yet, the first of several; null when all is chosen. */
export function longestOpenStretch(
  counted: readonly MediaStretch[],
  chosen: readonly MediaStretch[],
): MediaStretch | null {
  const open = subtract(unite(counted.map(toInterval)), unite(chosen.map(toInterval)));
  const first = open.reduce<Interval | null>(
    (best, one) => (best === null || one.to - one.from > best.to - best.from ? one : best),
    null,
  );
  return first && toStretch(first);
}

/**
 * Moves one end of a stretch to a second of the lesson. It stays inside the lesson and at least a second long: the other
 * end is not pushed.
 */
export function moveEdge(stretch: MediaStretch, edge: Edge, toSecond: number, lessonSeconds: number): MediaStretch {
  const [from, to] = stretch;
  const second = Math.round(toSecond);
  return edge === 'from'
    ? [Math.min(Math.max(0, second), to - 1), to]
    : [from, Math.max(Math.min(lessonSeconds, second), from + 1)];
}

/** The nearest of `marks` within reach, or the second itself: handles stop where counted time begins and ends. */
export function snapTo(second: number, marks: readonly number[], reachSeconds: number): number {
  let nearest = second;
  let distance = reachSeconds;
  for (const mark of marks) {
    if (Math.abs(mark - second) > distance) continue;
    nearest = mark;
    distance = Math.abs(mark - second);
  }
  return nearest;
}

/** Reads 12:35, 1:02:05 or plain seconds such as 755, with the colon of either script; null for anything else. */
export function parseClock(text: string): number | null {
  const parts = text.trim().replaceAll('：', ':').split(':');
  if (parts.length > 3 || parts.some((part) => !/^\d{1,5}$/.test(part))) return null;
  const numbers = parts.map(Number);
  // Only the first part may be larger than the unit above it: 75:00 is said, 1:75 is a slip of the finger.
  if (numbers.slice(1).some((part) => part > 59)) return null;
  return numbers.reduce((sum, part) => sum * 60 + part, 0);
}
