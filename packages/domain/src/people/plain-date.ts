declare const plainDate: unique symbol;

/** A calendar date without a time or zone, `YYYY-MM-DD`. Branded, so that an instant cannot slip in for a day. */
export type PlainDate = string & { readonly [plainDate]: true };

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** The date if the text is a real day of the calendar, else undefined. */
export const parsePlainDate = (text: string): PlainDate | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month) ? (text as PlainDate) : undefined;
};

/** China has one zone and no summer time: UTC+8 all year. */
const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/** The calendar day in China at an instant (milliseconds since 1970 UTC). */
export const chinaDateAt = (instantMs: number): PlainDate =>
  new Date(instantMs + CHINA_OFFSET_MS).toISOString().slice(0, 10) as PlainDate;

/** Whole years between two dates, as ages are counted: a birthday counts from that day on. */
export const fullYearsBetween = (from: PlainDate, to: PlainDate): number => {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
};
