import { type Interval, type IntervalSet, subtract, unite } from '../study/intervals.ts';

/** An entry of the ledger of one lesson as far as counting goes. Unit: seconds of the media. */
export interface LedgerMove {
  readonly sessionId: string;
  /** 1 credits the stretches, -1 takes them back. */
  readonly sign: -1 | 1;
  readonly media: IntervalSet;
}

/** What is in both sets. Both are sets as made by `unite`. */
export function intersect(one: IntervalSet, other: IntervalSet): Interval[] {
  return subtract(one, subtract(one, other));
}

/** What counts after these moves, in the order in which they were written. */
export function countedOf(moves: readonly LedgerMove[]): Interval[] {
  return moves.reduce<Interval[]>(
    (counted, { sign, media }) => (sign === 1 ? unite(counted, media) : subtract(counted, unite(media))),
    [],
  );
}

/** What a session credits and what of it still counts. */
export interface SessionCount {
  /** Counted at any time. */
  readonly ever: readonly Interval[];
  readonly now: readonly Interval[];
  /** Waited for a check of identity and was refused by a later decision: never counted. */
  readonly denied: readonly Interval[];
}

/**
 * The part of one session in the moves of a lesson.
 * @param denied what decisions refused of the session
 */
export function countOfSession(
  moves: readonly LedgerMove[],
  sessionId: string,
  denied: readonly IntervalSet[] = [],
): SessionCount {
  const own = moves.filter((move) => move.sessionId === sessionId);
  const ever = unite(...own.filter(({ sign }) => sign === 1).map(({ media }) => media));
  return { ever, now: countedOf(own), denied: unite(...denied) };
}

/**
 * What a void takes back: of the stretches asked for, those that this session credited and that still count.
 * @param asked null: all of the session
 */
export function voidableOf({ now }: SessionCount, asked: IntervalSet | null): Interval[] {
  return asked === null ? [...now] : intersect(now, unite(asked));
}

/** Taken back and not given back since, whatever other sessions credited of it. */
export function voidedOf({ ever, now }: SessionCount): Interval[] {
  return subtract(ever, now);
}

/**
 * What a restore gives back: everything that was taken back or refused of the session and does not count now. What was studied
 * again since is in the lesson already and must not count twice.
 * @param lesson what counts of the lesson, all sessions
 */
export function restorableOf({ ever, denied }: SessionCount, lesson: IntervalSet): Interval[] {
  return subtract(unite(ever, denied), lesson);
}

/** What an award credits of stretches that waited: what the lesson has not got by other ways in the meantime. */
export function awardableOf(awaited: IntervalSet, lesson: IntervalSet): Interval[] {
  return subtract(unite(awaited), lesson);
}
