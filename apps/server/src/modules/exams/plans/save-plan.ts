import type {
  createExamPlan as createEndpoint,
  ExamPlanDetail,
  replaceExamPlan as replaceEndpoint,
} from '@antu/contract';
import { chinaDateAt } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import type { BankContext } from '../bank/index.ts';
import { checkSource, requireOwnParts, requireRules, requireValid } from './check-plan.ts';
import { candidatesOf } from './draw-from-plan.ts';
import { findPlan, getPlan, requirePlanner } from './plan-rows.ts';
import { presentPlan } from './present-plan.ts';

export type NewPlan = z.output<(typeof createEndpoint)['body']>;
type PlanBody = z.output<(typeof replaceEndpoint)['body']>;

/** Keeps a plan. Errors: `exams.plan_not_valid`, `…plan_short`, `…rule_set_unknown`, `…plan_topic_foreign`, `questions.not_found` */
export async function createPlan(ctx: BankContext, { organisationId, ...body }: NewPlan): Promise<ExamPlanDetail> {
  requirePlanner(ctx.actor, organisationId);
  const planId = await transaction(ctx.pool, (tx) => insertPlan(tx, ctx, organisationId, body, null));
  return viewPlan(ctx, planId);
}

/** Keeps the next wording of a plan and takes the old one out of use. Errors: as `createPlan`, and `exams.plan_replaced` */
export async function replacePlan(ctx: BankContext, planId: string, body: PlanBody): Promise<ExamPlanDetail> {
  const { organisationId } = await getPlan(ctx.pool, ctx.actor, planId);
  const nextId = await transaction(ctx.pool, async (tx) => {
    await takeOutOfUse(tx, ctx, planId);
    return insertPlan(tx, ctx, organisationId, body, planId);
  });
  return viewPlan(ctx, nextId);
}

/** Takes a plan out of use: no new exam is made for it. Errors: `exams.plan_replaced` */
export async function retirePlan(ctx: BankContext, planId: string): Promise<ExamPlanDetail> {
  await getPlan(ctx.pool, ctx.actor, planId);
  await transaction(ctx.pool, async (tx) => {
    await takeOutOfUse(tx, ctx, planId);
    await recordAudit(tx, ctx, { action: 'exams.retire-plan', object: { kind: 'exam-plan', id: planId } });
  });
  return viewPlan(ctx, planId);
}

/** A plan of the actor as it stands today. */
export async function viewPlan(ctx: BankContext, planId: string): Promise<ExamPlanDetail> {
  const plan = await getPlan(ctx.pool, ctx.actor, planId);
  return presentPlan(ctx.pool, plan, todayOf(ctx));
}

/** The China day of a request. */
export const todayOf = (ctx: Pick<BankContext, 'now'>): string => chinaDateAt(ctx.now().getTime());

async function takeOutOfUse(tx: Tx, ctx: BankContext, planId: string): Promise<void> {
  const { rowCount } = await tx.query('update exam_plan set retired_at = $2 where id = $1 and retired_at is null', [
    planId,
    ctx.now(),
  ]);
  if (rowCount === 1) return;
  const plan = await findPlan(tx, planId);
  throw new AppError('exams.plan_replaced', { planId, replacedBy: plan?.replacedBy ?? null });
}

async function insertPlan(
  tx: Tx,
  ctx: BankContext,
  organisationId: string,
  body: PlanBody,
  replacesId: string | null,
): Promise<string> {
  const rules = await requireRules(tx, organisationId, body.ruleSetId, todayOf(ctx));
  const scope = { organisationId, scheme: rules.scheme, posts: body.posts, isMock: body.isMock };
  await requireOwnParts(tx, body, scope);
  requireValid(checkSource(body, rules, await candidatesOf(tx, scope, todayOf(ctx))));
  const planId = uuidv7(ctx.now().getTime());
  await tx.query(
    `insert into exam_plan (id, organisation_id, scheme, rule_set_id, title_zh, lines, picked, posts, shuffle_questions,
       shuffle_options, is_mock, replaces_id, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      planId,
      organisationId,
      rules.scheme,
      rules.id,
      body.titleZh,
      body.lines && JSON.stringify(body.lines),
      body.picked && JSON.stringify(body.picked),
      body.posts,
      body.shuffleQuestions,
      body.shuffleOptions,
      body.isMock,
      replacesId,
      ctx.actor.accountId,
      ctx.now(),
    ],
  );
  await recordAudit(tx, ctx, {
    action: replacesId === null ? 'exams.create-plan' : 'exams.replace-plan',
    object: { kind: 'exam-plan', id: planId },
    detail: { organisationId, ruleSetId: rules.id, titleZh: body.titleZh, isMock: body.isMock, replacesId },
  });
  return planId;
}
