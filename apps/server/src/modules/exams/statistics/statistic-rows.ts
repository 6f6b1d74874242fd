import { addResults, NO_RESULTS, type ResultSums } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { rowsOf } from '../bank/context.ts';
import type { AskedPlace } from './statistic-place.ts';

/** Months as first days, both included, and which exams; null: all. */
export interface AskedSpan {
  readonly fromDay: string;
  readonly toDay: string;
  readonly exams: readonly string[] | null;
}
export interface Cell {
  readonly exam: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly sums: ResultSums;
}
/** Sums of one of the places below. */
export interface PlaceSums {
  readonly id: string;
  readonly name: string;
  readonly candidates: number;
  readonly passed: number;
  readonly sumShare: number;
}
export interface TopicRow {
  readonly topic_id: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly candidates: number;
  readonly earned: number;
  readonly points: number;
}

/** Every exam and month of a place: a few hundred rows at most. */
export async function readCells(db: Queryable, place: AskedPlace, span: AskedSpan): Promise<Cell[]> {
  const rows = await rowsOf<{
    exam: string;
    month: string;
    candidates: number;
    passed: number;
    sum_share: number;
    bins: number[];
  }>(
    db,
    `select exam, to_char(month, 'YYYY-MM') as month, candidates, passed, sum_share, bins from exam_statistic
     where kind = $1 and place = $2 and month between $3 and $4`,
    [place.kind, place.code, span.fromDay, span.toDay],
  );
  return rows.map(({ exam, month, candidates, passed, sum_share, bins }) => ({
    exam,
    month,
    sums: { candidates, passed, sumShare: Number(sum_share), bins },
  }));
}

export const sumCells = (cells: readonly Cell[]): ResultSums =>
  cells.reduce((sum, cell) => addResults(sum, cell.sums), NO_RESULTS);

export function readTopicRows(db: Queryable, place: AskedPlace, span: AskedSpan): Promise<TopicRow[]> {
  return rowsOf<TopicRow>(
    db,
    `select s.topic_id, t.title_zh, t.title_en, sum(s.candidates)::int as candidates, sum(s.earned)::float8 as earned,
       sum(s.points)::float8 as points
     from exam_topic_statistic s join syllabus_topic t on t.id = s.topic_id
     where s.kind = $1 and s.place = $2 and s.month between $3 and $4 and ($5::text[] is null or s.exam = any($5))
     group by s.topic_id, t.title_zh, t.title_en having sum(s.candidates) > 0
     order by sum(s.earned)::float8 / nullif(sum(s.points), 0), s.topic_id`,
    [place.kind, place.code, span.fromDay, span.toDay, span.exams],
  );
}

/** The regions one level below, also those where nobody sat. */
export function readRegionRows(db: Queryable, place: AskedPlace, span: AskedSpan): Promise<PlaceSums[]> {
  if (place.kind !== 'region') return Promise.resolve([]);
  return rowsOf<PlaceSums>(
    db,
    `select r.code as id, r.name, coalesce(sum(s.candidates), 0)::int as candidates, coalesce(sum(s.passed), 0)::int as passed,
       coalesce(sum(s.sum_share), 0)::float8 as "sumShare"
     from region r left join exam_statistic s on s.kind = 'region' and s.place = r.code and s.month between $2 and $3
       and ($4::text[] is null or s.exam = any($4))
     where r.parent_code = $1 group by r.code, r.name order by r.code`,
    [place.code, span.fromDay, span.toDay, span.exams],
  );
}

/** Training bodies of a region, or employers of the candidates of a body, most candidates first. One more than asked for tells of more. */
export async function readOrganisationRows(
  db: Queryable,
  place: AskedPlace,
  span: AskedSpan,
  most: number,
): Promise<PlaceSums[]> {
  if (place.kind === 'employer') return [];
  const [from, where, value] =
    place.kind === 'region'
      ? [
          `organisation o join region r on r.code = o.region_code join exam_statistic s on s.kind = 'body' and s.place = o.id::text`,
          'r.path like $4',
          `%/${place.code}/%`,
        ]
      : [
          `exam_statistic s join organisation o on o.id = substr(s.place, 38)::uuid`,
          `s.kind = 'body-employer' and s.place like $4`,
          `${place.code}/%`,
        ];
  return rowsOf<PlaceSums>(
    db,
    `select o.id, o.name, sum(s.candidates)::int as candidates, sum(s.passed)::int as passed, sum(s.sum_share)::float8 as "sumShare"
     from ${from}
     where ${where} and s.month between $1 and $2 and ($3::text[] is null or s.exam = any($3))
     group by o.id, o.name having sum(s.candidates) > 0 order by sum(s.candidates) desc, o.id limit ${most + 1}`,
    [span.fromDay, span.toDay, span.exams, value],
  );
}
