import type { ResultGroup } from '@antu/contract';

/** Share of those who sat that passed, 0 to 1; null when nobody sat or the group is not shown. */
export const passRate = ({ candidates, passed }: Pick<ResultGroup, 'candidates' | 'passed'>): number | null =>
  candidates === null || passed === null || candidates === 0 ? null : passed / candidates;

/** A share of 0 to 1 in whole percent: 100 only for all, 0 only for none; a dash where there is none. */
export function shareWords(share: number | null): string {
  if (share === null) return '—';
  const percent = Math.round(share * 100);
  if (share > 0 && percent === 0) return '<1%';
  if (share < 1 && percent === 100) return '>99%';
  return `${percent}%`;
}

/** Month by some months later or earlier. @param month YYYY-MM */
export function shiftMonth(month: string, by: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

export const periods = ['year', 'thisYear', 'lastYear'] as const;
export type Period = (typeof periods)[number];
/** First and last month of a period. @param thisMonth YYYY-MM */
export function periodOf(period: Period, thisMonth: string): { from: string; to: string } {
  const year = Number(thisMonth.slice(0, 4));
  if (period === 'year') return { from: shiftMonth(thisMonth, -11), to: thisMonth };
  if (period === 'thisYear') return { from: `${year}-01`, to: thisMonth };
  return { from: `${year - 1}-01`, to: `${year - 1}-12` };
}

const YEARS_TO_CHOOSE = 6;
/** Months of this year and the five before it, latest first, and those chosen already. @param thisMonth YYYY-MM */
export function monthsToChoose(thisMonth: string, chosen: readonly string[]): string[] {
  const count = (YEARS_TO_CHOOSE - 1) * 12 + Number(thisMonth.slice(5));
  const recent = Array.from({ length: count }, (_, back) => shiftMonth(thisMonth, -back));
  return [...new Set([...recent, ...chosen])].sort((a, b) => b.localeCompare(a));
}

/** A month in words. @param month YYYY-MM @param locale BCP 47 */
export function monthName(month: string, locale: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(at);
}

/** A round number that is not below the highest one, for the top of an axis. */
export function axisTop(highest: number): number {
  if (highest <= 5) return 5;
  const unit = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * unit >= highest) ?? 10;
  return step * unit;
}

export type GroupOrder = 'candidates' | 'rate';
/** Groups in order, those that are not shown or had nobody at the end. By rate the weakest comes first: it needs a look. */
export function sortGroups<Group extends ResultGroup>(groups: readonly Group[], order: GroupOrder): Group[] {
  if (order === 'candidates') return groups.toSorted((a, b) => (b.candidates ?? -1) - (a.candidates ?? -1));
  return groups.toSorted(
    (a, b) => (passRate(a) ?? 2) - (passRate(b) ?? 2) || (b.candidates ?? -1) - (a.candidates ?? -1),
  );
}
