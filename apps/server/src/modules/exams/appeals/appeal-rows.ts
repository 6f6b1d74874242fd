import type { ExamAppeal, SittingResult } from '@antu/contract';
import { bucketOf, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../../platform/database/pool.ts';
import { openMaskedName } from '../../people/index.ts';

/** An appeal with what is told of its exam and candidate. */
export interface AppealRow {
  readonly id: string;
  readonly person_id: string;
  readonly sitting_id: string;
  readonly exam_id: string;
  readonly item: number | null;
  readonly question_version_id: string | null;
  readonly reason: string;
  readonly state: ExamAppeal['state'];
  readonly appealed_at: Date;
  readonly answer: string | null;
  readonly title_zh: string;
  readonly organisation_id: string;
  readonly region_path: string;
  readonly rule_set_id: string;
  /** As they stand; null without a result. */
  readonly centipoints: number | null;
  readonly name_sealed: Buffer;
}

/** Appeals that fulfil a condition about `a`, its exam `e` and its sitting `s`. @param rest order and limit */
export async function selectAppeals(
  db: Queryable,
  where: string,
  values: readonly unknown[],
  rest = '',
): Promise<AppealRow[]> {
  const { rows } = await db.query<AppealRow>(
    `select a.id, a.person_id, a.sitting_id, a.exam_id, a.item, a.question_version_id, a.reason, a.state, a.appealed_at, a.answer,
       e.title_zh, e.organisation_id, region.path as region_path, s.rule_set_id, r.centipoints, person.name_sealed
     from exam_appeal a join exam e on e.id = a.exam_id join region on region.code = e.region_code
       join exam_sitting s on s.bucket = a.bucket and s.id = a.sitting_id
       join person on person.bucket = a.bucket and person.id = a.person_id
       left join lateral (select centipoints from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id and s.state = 'marked'
         order by version desc limit 1) r on true
     where ${where} ${rest}`,
    [...values],
  );
  return rows;
}

export const findAppeal = async (db: Queryable, appealId: string): Promise<AppealRow | undefined> =>
  (await selectAppeals(db, 'a.bucket = $1 and a.id = $2', [bucketOf(appealId), appealId]))[0];

/** What those who answer are told. */
export function presentAppeal(keys: KeyRing, row: AppealRow): ExamAppeal {
  return {
    id: row.id,
    sittingId: row.sitting_id,
    examId: row.exam_id,
    examTitleZh: row.title_zh,
    nameMasked: openMaskedName(keys, row.name_sealed, row.person_id),
    item: row.item,
    reason: row.reason,
    state: row.state,
    answer: row.answer,
    at: row.appealed_at.toISOString(),
    points: row.centipoints === null ? null : row.centipoints / 100,
    totalPoints: examLimitsOf(getExamRuleSet(row.rule_set_id)).totalPoints,
  };
}

interface OwnRow {
  id: string;
  item: number | null;
  reason: string;
  state: ExamAppeal['state'];
  appealed_at: Date;
  answer: string | null;
  answered_at: Date | null;
}

/** Appeals about one sitting, as the candidate sees them; the oldest first. */
export async function readOwnAppeals(db: Queryable, sittingId: string): Promise<SittingResult['appeals']> {
  const { rows } = await db.query<OwnRow>(
    `select id, item, reason, state, appealed_at, answer, answered_at from exam_appeal
     where bucket = $1 and sitting_id = $2 order by appealed_at, id`,
    [bucketOf(sittingId), sittingId],
  );
  return rows.map((row) => ({
    id: row.id,
    item: row.item,
    reason: row.reason,
    at: row.appealed_at.toISOString(),
    state: row.state,
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
  }));
}
