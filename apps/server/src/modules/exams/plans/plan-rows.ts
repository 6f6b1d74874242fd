import { type BlueprintLine, type PaperSource, type PickedQuestion, type SchemeCode, sumOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import { requireReach } from '../../people/index.ts';

/** A plan as it is kept. It never changes but for going out of use. */
export interface ExamPlan extends PaperSource {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly scheme: SchemeCode;
  readonly ruleSetId: string;
  readonly titleZh: string;
  /** Questions for everybody and for these posts; empty: for any post. */
  readonly posts: readonly string[];
  readonly isMock: boolean;
  /** The plan that took the place of this one. */
  readonly replacedBy: string | null;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

interface PlanRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly scheme: SchemeCode;
  readonly rule_set_id: string;
  readonly title_zh: string;
  readonly lines: string | null;
  readonly picked: string | null;
  readonly posts: readonly string[];
  readonly shuffle_questions: boolean;
  readonly shuffle_options: boolean;
  readonly is_mock: boolean;
  readonly replaced_by: string | null;
  readonly created_at: Date;
  readonly retired_at: Date | null;
}

/** Plans that fulfil a condition about `p`, the newest first. */
export async function selectPlans(db: Queryable, where: string, values: readonly unknown[]): Promise<ExamPlan[]> {
  const { rows } = await db.query<PlanRow>(
    `select p.*, o.name as organisation_name, next.id as replaced_by
     from exam_plan p join organisation o on o.id = p.organisation_id left join exam_plan next on next.replaces_id = p.id
     where ${where} order by p.created_at desc, p.id desc`,
    [...values],
  );
  return rows.map(planOf);
}

// Only this module writes the JSON, and only what the contract's schema let through.
const planOf = (row: PlanRow): ExamPlan => ({
  id: row.id,
  organisationId: row.organisation_id,
  organisationName: row.organisation_name,
  scheme: row.scheme,
  ruleSetId: row.rule_set_id,
  titleZh: row.title_zh,
  lines: row.lines === null ? null : (JSON.parse(row.lines) as BlueprintLine[]),
  picked: row.picked === null ? null : (JSON.parse(row.picked) as PickedQuestion[]),
  posts: row.posts,
  shuffleQuestions: row.shuffle_questions,
  shuffleOptions: row.shuffle_options,
  isMock: row.is_mock,
  replacedBy: row.replaced_by,
  createdAt: row.created_at,
  retiredAt: row.retired_at,
});

/** A plan by its id, also one out of use: exams that were made for it stay with it. */
export async function findPlan(db: Queryable, planId: string): Promise<ExamPlan | undefined> {
  const [plan] = await selectPlans(db, 'p.id = $1', [planId]);
  return plan;
}

/** How many questions a paper of the plan has, and their points in hundredths. */
export const sizeOf = (plan: PaperSource): { questions: number; centipoints: number } => {
  const { questions, centipoints } = sumOf(plan, []);
  return { questions, centipoints };
};

/** Refuses unless the actor makes plans in the organisation. */
export const requirePlanner = (actor: Actor, organisationId: string): void =>
  requireReach(actor, 'exam-plans.write', { organisationIds: [organisationId], regionPaths: [] });

/** A plan that the actor may work on. Errors: `exams.plan_not_found` */
export async function getPlan(db: Queryable, actor: Actor, planId: string): Promise<ExamPlan> {
  const plan = await findPlan(db, planId);
  if (!plan) throw new AppError('exams.plan_not_found');
  requirePlanner(actor, plan.organisationId);
  return plan;
}
