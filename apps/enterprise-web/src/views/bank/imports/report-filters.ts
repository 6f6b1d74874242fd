import type { QuestionImportView } from '@antu/contract';

export const reportFilters = ['bad', 'hinted', 'good', 'all'] as const;
export type ReportFilter = (typeof reportFilters)[number];
type Counts = QuestionImportView['counts'];

/** How many questions each filter shows. */
export const filterCounts = ({ total, good, hinted }: Counts): Readonly<Record<ReportFilter, number>> => ({
  bad: total - good,
  hinted,
  good,
  all: total,
});

/** What a report opens with: what has to be mended, else what is worth a look, else everything. */
export function firstLook(counts: Counts): ReportFilter {
  const found = filterCounts(counts);
  return reportFilters.find((one) => one !== 'good' && found[one] > 0) ?? 'all';
}

/** Share of the questions that can be imported, whole percent: never 100 while one cannot, never 0 while one can. */
export function goodPercent({ total, good }: Counts): number {
  if (total === 0) return 0;
  const percent = Math.round((good * 100) / total);
  if (good === total) return 100;
  return good === 0 ? 0 : Math.min(99, Math.max(1, percent));
}
