import type { BlueprintLine, SchemeCode } from '@antu/domain';
import { getExamRuleSet } from '@antu/domain';
import type { ExamPlanView } from '@antu/contract';
import type { Queryable } from '../../../platform/database/pool.ts';

/** A question picked by hand. */
export interface PickedQuestion {
  readonly versionId: string;
  readonly centipoints: number;
}

/** From what a paper is made. Either lines or picked questions. */
export interface ExamPlan {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly scheme: SchemeCode;
  readonly ruleSetId: string;
  readonly titleZh: string;
  readonly lines: readonly BlueprintLine[] | null;
  readonly picked: readonly PickedQuestion[] | null;
  readonly shuffleQuestions: boolean;
  readonly shuffleOptions: boolean;
  readonly isMock: boolean;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

interface Row {
  id: string;
  organisation_id: string;
  organisation_name: string;
  scheme: SchemeCode;
  rule_set_id: string;
  title_zh: string;
  lines: string | null;
  picked: string | null;
  shuffle_questions: boolean;
  shuffle_options: boolean;
  is_mock: boolean;
  created_at: Date;
  retired_at: Date | null;
}

/** Plans that fulfil a condition about `p`, the newest first. */
export async function selectPlans(db: Queryable, where: string, values: readonly unknown[]): Promise<ExamPlan[]> {
  const { rows } = await db.query<Row>(
    `select p.id, p.organisation_id, o.name as organisation_name, p.scheme, p.rule_set_id, p.title_zh, p.lines, p.picked,
       p.shuffle_questions, p.shuffle_options, p.is_mock, p.created_at, p.retired_at
     from exam_plan p join organisation o on o.id = p.organisation_id where ${where} order by p.created_at desc, p.id desc`,
    [...values],
  );
  return rows.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    scheme: row.scheme,
    ruleSetId: row.rule_set_id,
    titleZh: row.title_zh,
    // Both were written by this module, from what the contract's schema let through.
    lines: row.lines === null ? null : (JSON.parse(row.lines) as BlueprintLine[]),
    picked: row.picked === null ? null : (JSON.parse(row.picked) as PickedQuestion[]),
    shuffleQuestions: row.shuffle_questions,
    shuffleOptions: row.shuffle_options,
    isMock: row.is_mock,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }));
}

/** The plan of an id, retired ones included; undefined if there is none. */
export const findPlan = async (db: Queryable, planId: string): Promise<ExamPlan | undefined> =>
  (await selectPlans(db, 'p.id = $1', [planId]))[0];

/** How many questions a paper of the plan has, and their points in hundredths. */
export function sizeOf({ lines, picked }: Pick<ExamPlan, 'lines' | 'picked'>): {
  questions: number;
  centipoints: number;
} {
  const parts = [...(lines ?? []), ...(picked ?? []).map(({ centipoints }) => ({ count: 1, centipoints }))];
  return parts.reduce(
    (sum, { count, centipoints }) => ({
      questions: sum.questions + count,
      centipoints: sum.centipoints + count * centipoints,
    }),
    { questions: 0, centipoints: 0 },
  );
}

export function presentPlan(plan: ExamPlan): ExamPlanView {
  const { questions, centipoints } = sizeOf(plan);
  return {
    id: plan.id,
    organisation: { id: plan.organisationId, name: plan.organisationName },
    scheme: plan.scheme,
    ruleSetId: plan.ruleSetId,
    ruleNameZh: getExamRuleSet(plan.ruleSetId).nameZh,
    titleZh: plan.titleZh,
    mode: plan.lines === null ? 'picked' : 'drawn',
    lines: plan.lines && [...plan.lines],
    picked: plan.picked && [...plan.picked],
    shuffleQuestions: plan.shuffleQuestions,
    shuffleOptions: plan.shuffleOptions,
    isMock: plan.isMock,
    questions,
    totalPoints: centipoints / 100,
    createdAt: plan.createdAt.toISOString(),
    retiredAt: plan.retiredAt?.toISOString() ?? null,
  };
}
