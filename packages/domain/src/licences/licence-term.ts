import { parsePlainDate, type PlainDate } from '../people/plain-date.ts';
import { daysBetween } from '../standing/may-work.ts';
import type { LicenceLimits } from './licence-rules.ts';

const DAY_MS = 86_400_000;

/** A day so many days later (earlier, if negative). */
export const addDays = (day: string, days: number): PlainDate =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate;

/** The same day so many years later; 29 February becomes the 28th where there is none. */
function addYears(day: string, years: number): PlainDate {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  return parsePlainDate(`${year}${day.slice(4)}`) ?? (`${year}-02-28` as PlainDate);
}

/** First and last day on which a licence is good, both included. */
export interface LicenceTerm {
  readonly validFrom: string;
  readonly validUntil: string;
}

/** Six years from 1 March end on the last day of February. */
export const firstTerm = (validFrom: string, limits: LicenceLimits): LicenceTerm => ({
  validFrom,
  validUntil: addDays(addYears(validFrom, limits.validYears), -1),
});

/**
 * The term after a renewal: good from the day of the decision, so that nobody stands without a licence in between, and for the
 * full years after the old last day, so that nobody loses by being early. Overdue, the years begin on the day of the decision.
 */
export function renewedTerm(old: LicenceTerm, today: string, limits: LicenceLimits): LicenceTerm {
  const next = addDays(old.validUntil, 1);
  return { validFrom: today, validUntil: firstTerm(next > today ? next : today, limits).validUntil };
}

/** Where a licence stands in its term on a China day. */
export type LicencePhase = 'not-yet' | 'in-term' | 'renewable' | 'renew-late' | 'expired' | 'lapsed';

/**
 * - `renewable`: a renewal asked for today is in time;
 * - `renew-late`: still good, but less than the asked-for days are left;
 * - `expired`: not good any more, a renewal is still possible;
 * - `lapsed`: overdue for longer than the rules allow, to be cancelled.
 */
export function licencePhaseOf(
  { validFrom, validUntil }: LicenceTerm,
  today: string,
  limits: LicenceLimits,
): LicencePhase {
  if (today < validFrom) return 'not-yet';
  const left = daysBetween(today, validUntil);
  if (left < -limits.cancelAfterDays) return 'lapsed';
  if (left < 0) return 'expired';
  if (left < limits.renewBeforeDays) return 'renew-late';
  return left <= limits.renewWithinDays ? 'renewable' : 'in-term';
}

/** Day on which a licence that nobody renews is cancelled: the first one after the days of grace. */
export const cancelledOn = (validUntil: string, limits: LicenceLimits): PlainDate =>
  addDays(validUntil, limits.cancelAfterDays + 1);
