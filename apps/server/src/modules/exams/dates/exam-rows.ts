import type { ExamView } from '@antu/contract';
import { bookingUntilMsOf, examLimitsOf, getExamRuleSet, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

export type ExamState = ExamView['state'];

/** A row of `exam` with the name of its organisation. */
export interface ExamRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly region_code: string;
  readonly region_path: string;
  readonly region_name: string;
  readonly title_zh: string;
  readonly scheme: SchemeCode;
  readonly rule_set_id: string;
  readonly plan_id: string;
  readonly mode: 'online' | 'place';
  readonly address: string | null;
  readonly opens_at: Date;
  readonly closes_at: Date;
  readonly capacity: number;
  readonly booked: number;
  readonly course_ids: readonly string[];
  readonly state: ExamState;
}

/** Exams that fulfil a condition about `e`. @param rest order and limit */
export async function selectExams(
  db: Queryable,
  where: string,
  values: readonly unknown[],
  rest = 'order by e.opens_at, e.id',
): Promise<ExamRow[]> {
  const { rows } = await db.query<ExamRow>(
    `select e.id, e.organisation_id, o.name as organisation_name, e.region_code, r.path as region_path, r.name as region_name, e.title_zh, e.scheme,
       e.rule_set_id, e.plan_id, e.mode, e.address, e.opens_at, e.closes_at, e.capacity, e.booked, e.course_ids, e.state
     from exam e join organisation o on o.id = e.organisation_id join region r on r.code = e.region_code where ${where} ${rest}`,
    [...values],
  );
  return rows;
}

export const findExam = async (db: Queryable, examId: string): Promise<ExamRow | undefined> =>
  (await selectExams(db, 'e.id = $1', [examId]))[0];

/** When booking and cancelling end, epoch ms. */
export const bookingUntilMs = ({ opens_at, rule_set_id }: Pick<ExamRow, 'opens_at' | 'rule_set_id'>): number =>
  bookingUntilMsOf(examLimitsOf(getExamRuleSet(rule_set_id)), opens_at.getTime());

/** Titles of courses by id. */
export async function courseTitles(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; title_zh: string }>(
    'select id, title_zh from course where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.title_zh]));
}

export async function presentExams(db: Queryable, rows: readonly ExamRow[]): Promise<ExamView[]> {
  const titles = await courseTitles(
    db,
    rows.flatMap((row) => row.course_ids),
  );
  return rows.map((row) => {
    const ruleSet = getExamRuleSet(row.rule_set_id);
    const limits = examLimitsOf(ruleSet);
    return {
      id: row.id,
      organisation: { id: row.organisation_id, name: row.organisation_name },
      titleZh: row.title_zh,
      scheme: row.scheme,
      ruleSetId: row.rule_set_id,
      ruleNameZh: ruleSet.nameZh,
      planId: row.plan_id,
      place: { mode: row.mode, address: row.address },
      opensAt: row.opens_at.toISOString(),
      closesAt: row.closes_at.toISOString(),
      durationSeconds: limits.durationSeconds,
      totalPoints: limits.totalPoints,
      passPoints: limits.passPoints,
      capacity: row.capacity,
      booked: row.booked,
      state: row.state,
      bookingUntil: new Date(bookingUntilMs(row)).toISOString(),
      courses: row.course_ids.map((courseId) => ({ courseId, titleZh: titles.get(courseId) ?? '' })),
      identityCheck: limits.identityAtStart,
    };
  });
}
