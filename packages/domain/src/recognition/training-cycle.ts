import { addDays } from '../licences/licence-term.ts';
import { parsePlainDate, type PlainDate } from '../people/plain-date.ts';

/** First and last day of a cycle, China days, both included. */
export interface TrainingCycle {
  readonly from: string;
  /** Null: a cycle without end. */
  readonly until: string | null;
}

/** The same day so many months later; a day that the month does not have becomes its last one. */
export function addMonths(day: string, months: number): PlainDate {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const month = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
  for (let last = Number(day.slice(8)); last > 28; last -= 1) {
    const found = parsePlainDate(`${month}-${last}`);
    if (found) return found;
  }
  return `${month}-${day.slice(8) > '28' ? '28' : day.slice(8)}` as PlainDate;
}

/**
 * The cycle in which a day lies. Every cycle is counted from the anchor, so that a month that is too short shortens one cycle only.
 * @param anchor first day of some cycle, before or after `day`
 * @param months length of a cycle; null: one cycle without end
 */
export function cycleAt(anchor: string, months: number | null, day: string): TrainingCycle {
  if (months === null) return { from: anchor, until: null };
  const monthsApart =
    (Number(day.slice(0, 4)) - Number(anchor.slice(0, 4))) * 12 + Number(day.slice(5, 7)) - Number(anchor.slice(5, 7));
  // One too late at most: where the day of the month of the anchor has not come yet.
  const guess = Math.floor(monthsApart / months);
  const index = addMonths(anchor, guess * months) > day ? guess - 1 : guess;
  return { from: addMonths(anchor, index * months), until: addDays(addMonths(anchor, (index + 1) * months), -1) };
}

export const isInCycle = ({ from, until }: TrainingCycle, day: string): boolean =>
  day >= from && (until === null || day <= until);
