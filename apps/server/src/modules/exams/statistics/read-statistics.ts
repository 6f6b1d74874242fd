import type { ExamStatistics, getExamStatistics, ResultGroup } from '@antu/contract';
import { chinaDateOf, type ExamRuleSet, examRuleSets, hiddenGroups, meanShare, NO_RESULTS } from '@antu/domain';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { rowsOf } from '../bank/context.ts';
import { type AskedPlace, findPlace } from './statistic-place.ts';
import {
  type AskedSpan,
  type Cell,
  type PlaceSums,
  readCells,
  readOrganisationRows,
  readRegionRows,
  readTopicRows,
  sumCells,
  type TopicRow,
} from './statistic-rows.ts';

type Ctx = RouteContext<'exam-statistics.read'>;
type Query = z.output<(typeof getExamStatistics)['query']>;
/** Most months of one answer. */
const MOST_MONTHS = 36;
const MOST_ORGANISATIONS = 50;

/** Pass rate and scores of a place over some months, all from sums: it costs the same however many people sat. */
export async function readStatistics(ctx: Ctx, query: Query): Promise<ExamStatistics> {
  const months = monthsOf(query, chinaDateOf(ctx.nowMs()).slice(0, 7));
  const [from, to] = [months[0] as string, months.at(-1) as string];
  const place = await findPlace(ctx, query);
  const span: AskedSpan = { fromDay: `${from}-01`, toDay: `${to}-01`, exams: examsOf(query) };
  const [cells, topics, regions, organisations, [due]] = await Promise.all([
    readCells(ctx.pool, place, span),
    readTopicRows(ctx.pool, place, span),
    readRegionRows(ctx.pool, place, span),
    readOrganisationRows(ctx.pool, place, span, MOST_ORGANISATIONS),
    rowsOf<{ waits: boolean }>(ctx.pool, 'select exists (select 1 from exam_statistic_due) as waits'),
  ]);
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.statistics',
    object: { kind: place.kind === 'region' ? 'region' : 'organisation', id: place.code },
    detail: { from, to, exam: query.exam ?? null },
  });
  const wanted = cells.filter(({ exam }) => span.exams === null || span.exams.includes(exam));
  const show = (rows: readonly PlaceSums[]) => groupsOf(rows, place, true);
  const [total] = groupsOf([sumCells(wanted)], place, false) as [ResultGroup];
  return {
    place: { kind: place.kind, code: place.code, name: place.name },
    from,
    to,
    hidesSmall: !place.showsSmall,
    isCurrent: due?.waits === false,
    total,
    months: monthGroups(wanted, months, place),
    bins: total.hidden ? null : [...sumCells(wanted).bins],
    exams: examGroups(cells, query, place),
    topics: topicViews(topics, place),
    regions: show(regions).map((group, at) => ({
      ...group,
      code: regions[at]?.id ?? '',
      name: regions[at]?.name ?? '',
    })),
    organisations: show(organisations)
      .slice(0, MOST_ORGANISATIONS)
      .map((group, at) => ({
        ...group,
        organisationId: organisations[at]?.id ?? '',
        name: organisations[at]?.name ?? '',
      })),
    moreOrganisations: organisations.length > MOST_ORGANISATIONS,
  };
}

/** The months asked for, oldest first; the last twelve without a span. */
function monthsOf({ from, to }: Query, thisMonth: string): string[] {
  const last = to ?? thisMonth;
  const first = from ?? shift(last, -11);
  const months: string[] = [];
  for (let month = first; month <= last && months.length <= MOST_MONTHS; month = shift(month, 1)) months.push(month);
  if (months.length === 0 || months.length > MOST_MONTHS) throw new AppError('exams.span_bad', { most: MOST_MONTHS });
  return months;
}

function shift(month: string, by: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

function examsOf({ exam, scheme }: Query): string[] | null {
  if (exam !== undefined) return [exam];
  if (scheme === undefined) return null;
  return [...new Set(examRuleSets.filter((one) => one.scheme === scheme).map((one) => one.exam))];
}

type Sums = Pick<PlaceSums, 'candidates' | 'passed' | 'sumShare'>;

function groupsOf(rows: readonly Sums[], { showsSmall }: AskedPlace, sumIsShown: boolean): ResultGroup[] {
  const hidden = showsSmall
    ? rows.map(() => false)
    : hiddenGroups(
        rows.map((row) => row.candidates),
        sumIsShown,
      );
  return rows.map((row, at) =>
    hidden[at]
      ? { candidates: null, passed: null, meanShare: null, hidden: true }
      : {
          candidates: row.candidates,
          passed: row.passed,
          meanShare: meanShare({ ...NO_RESULTS, ...row }),
          hidden: false,
        },
  );
}

function monthGroups(cells: readonly Cell[], months: readonly string[], place: AskedPlace): ExamStatistics['months'] {
  const byMonth = Map.groupBy(cells, (cell) => cell.month);
  const groups = groupsOf(
    months.map((month) => sumCells(byMonth.get(month) ?? [])),
    place,
    true,
  );
  return groups.map((group, at) => ({ ...group, month: months[at] as string }));
}

/** Exams that were held there, whichever of them is asked for: what the page offers to choose from. */
function examGroups(cells: readonly Cell[], { scheme }: Query, place: AskedPlace): ExamStatistics['exams'] {
  const byExam = Map.groupBy(cells, (cell) => cell.exam);
  const held = newestRuleSets().filter(
    (ruleSet) => byExam.has(ruleSet.exam) && (scheme === undefined || ruleSet.scheme === scheme),
  );
  const groups = groupsOf(
    held.map(({ exam }) => sumCells(byExam.get(exam) ?? [])),
    place,
    true,
  );
  return held.map(({ exam, nameZh, nameEn, limits }, at) => ({
    ...(groups[at] as ResultGroup),
    exam,
    nameZh,
    nameEn,
    passShare: limits.passPoints.value / limits.totalPoints.value,
  }));
}

function newestRuleSets(): ExamRuleSet[] {
  return [...Map.groupBy(examRuleSets, (one) => one.exam).values()].flatMap(
    (versions) => versions.toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0] ?? [],
  );
}

function topicViews(rows: readonly TopicRow[], { showsSmall }: AskedPlace): ExamStatistics['topics'] {
  // Topics do not add up to anything: everybody has several.
  const hidden = showsSmall
    ? []
    : hiddenGroups(
        rows.map((row) => row.candidates),
        false,
      );
  return rows.map((row, at) => ({
    topicId: row.topic_id,
    titleZh: row.title_zh,
    titleEn: row.title_en,
    candidates: hidden[at] ? null : row.candidates,
    share: hidden[at] || row.points === 0 ? null : row.earned / row.points,
    hidden: hidden[at] === true,
  }));
}
