import type { checkExamPlan, createExamPlan, drawSamplePaper, ExamPlanView } from '@antu/contract';
import {
  askQuestion,
  chinaDateOf,
  drawPaper,
  examLimitsOf,
  findExamRuleSets,
  getExamRuleSet,
  type Shortage,
} from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { organisationInReach, requireReach, scopeOf } from '../../people/index.ts';
import { loadVersions } from '../bank/index.ts';
import { regionOfOrganisation } from './organisation-region.ts';
import { drawFromPlan } from './draw-from-plan.ts';
import { candidatesOf } from './plan-candidates.ts';
import { type ExamPlan, findPlan, presentPlan, selectPlans, sizeOf } from './plan-rows.ts';

type Ctx = RouteContext<'exam-plans.write'>;
type Body = z.output<(typeof createExamPlan)['body']>;
type CheckBody = z.output<(typeof checkExamPlan)['body']>;
type CheckAnswer = z.input<(typeof checkExamPlan)['answer']>;
type Sample = z.input<(typeof drawSamplePaper)['answer']>;

export async function listPlans(ctx: Ctx): Promise<{ items: ExamPlanView[] }> {
  const within = organisationInReach(scopeOf(ctx.actor, 'exam-plans.write'), 'p.organisation_id', 1);
  return { items: (await selectPlans(ctx.pool, within.sql, within.values)).map(presentPlan) };
}

/** Makes a plan. What its rule set fixes, points and number of questions, must fit; and the bank must be able to serve it now. */
export async function createPlan(ctx: Ctx, body: Body): Promise<ExamPlanView> {
  requireReach(ctx.actor, 'exam-plans.write', { organisationIds: [body.organisationId], regionPaths: [] });
  if ((body.lines === null) === (body.picked === null)) throw new AppError('platform.bad_input');
  const regionCode = await regionOfOrganisation(ctx.pool, body.organisationId);
  const ruleSet = getKnownRuleSet(body.ruleSetId);
  const today = chinaDateOf(ctx.nowMs());
  if (!findExamRuleSets(ruleSet.scheme, regionCode, today).includes(ruleSet))
    throw new AppError('exams.rule_set_unknown');
  const plan: ExamPlan = {
    ...body,
    id: uuidv7(ctx.nowMs()),
    organisationName: '',
    scheme: ruleSet.scheme,
    createdAt: ctx.now(),
    retiredAt: null,
  };
  requireSize(plan);
  await requireDrawable(ctx, plan, today);
  await transaction(ctx.pool, async (tx) => {
    await tx.query(
      `insert into exam_plan (id, organisation_id, scheme, rule_set_id, title_zh, lines, picked, shuffle_questions, shuffle_options,
         is_mock, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        plan.id,
        plan.organisationId,
        plan.scheme,
        plan.ruleSetId,
        plan.titleZh,
        plan.lines && JSON.stringify(plan.lines),
        plan.picked && JSON.stringify(plan.picked),
        plan.shuffleQuestions,
        plan.shuffleOptions,
        plan.isMock,
        ctx.actor.accountId,
        plan.createdAt,
      ],
    );
    await recordAudit(tx, ctx, {
      action: 'exams.create-plan',
      object: { kind: 'exam-plan', id: plan.id },
      detail: { organisationId: plan.organisationId, ruleSetId: plan.ruleSetId, isMock: plan.isMock, ...sizeOf(plan) },
    });
  });
  return presentPlan(await getPlanToWrite(ctx, plan.id));
}

function getKnownRuleSet(id: string) {
  try {
    return getExamRuleSet(id);
  } catch {
    throw new AppError('exams.rule_set_unknown');
  }
}

function requireSize(plan: ExamPlan): void {
  const limits = examLimitsOf(getExamRuleSet(plan.ruleSetId));
  const { questions, centipoints } = sizeOf(plan);
  if (centipoints !== limits.totalPoints * 100) {
    throw new AppError('exams.plan_points', { points: centipoints / 100, total: limits.totalPoints });
  }
  // A mock exam may be shorter than the real one; its points are the same.
  if (!plan.isMock && limits.questions !== null && questions !== limits.questions) {
    throw new AppError('exams.plan_questions', { count: questions, wanted: limits.questions });
  }
}

async function requireDrawable({ pool }: Ctx, plan: ExamPlan, day: string): Promise<void> {
  const drawn = await drawFromPlan(pool, plan, plan.id, day);
  if (!drawn.ok) throw shortageError(drawn.shortages);
}

/** Says which lines lack how many questions. */
export function shortageError(shortages: readonly Shortage[]): AppError {
  const say = (words: (one: Shortage) => string, separator: string) => shortages.map(words).join(separator);
  return new AppError('exams.plan_short', {
    shortages,
    summary: say((one) => `第 ${one.line + 1} 行要 ${one.wanted} 道，只有 ${one.available} 道`, '；'),
    summaryEn: say((one) => `line ${one.line + 1} wants ${one.wanted} and gets ${one.available}`, '; '),
  });
}

/** A plan of an organisation that the actor writes plans for. */
export async function getPlanToWrite(ctx: Ctx, planId: string): Promise<ExamPlan> {
  const plan = await findPlan(ctx.pool, planId);
  if (!plan) throw new AppError('exams.plan_not_found');
  requireReach(ctx.actor, 'exam-plans.write', { organisationIds: [plan.organisationId], regionPaths: [] });
  return plan;
}

/** Takes a plan out of use; exams that were made of it keep it. */
export async function retirePlan(ctx: Ctx, planId: string): Promise<ExamPlanView> {
  const plan = await getPlanToWrite(ctx, planId);
  await transaction(ctx.pool, async (tx) => {
    await tx.query('update exam_plan set retired_at = $2 where id = $1 and retired_at is null', [planId, ctx.now()]);
    await recordAudit(tx, ctx, {
      action: 'exams.retire-plan',
      object: { kind: 'exam-plan', id: planId },
      detail: { organisationId: plan.organisationId },
    });
  });
  return presentPlan(await getPlanToWrite(ctx, planId));
}

/** What the bank has, and what lines would lack. */
export async function checkPlan(ctx: Ctx, { organisationId, scheme, lines }: CheckBody): Promise<CheckAnswer> {
  requireReach(ctx.actor, 'exam-plans.write', { organisationIds: [organisationId], regionPaths: [] });
  const candidates = await candidatesOf(ctx.pool, { scheme, organisationId }, chinaDateOf(ctx.nowMs()));
  const counted = Map.groupBy(candidates, (one) => `${one.topicId} ${one.kind} ${one.difficulty}`);
  const drawn = drawPaper({ lines, shuffleQuestions: false, shuffleOptions: false }, candidates, 'check');
  return {
    available: [...counted.values()].flatMap((group) =>
      group.slice(0, 1).map(({ topicId, kind, difficulty }) => ({ topicId, kind, difficulty, count: group.length })),
    ),
    shortages: drawn.ok ? [] : [...drawn.shortages],
  };
}

/** A paper for looking at. */
export async function samplePaper(ctx: Ctx, planId: string, seed: string): Promise<Sample> {
  const plan = await getPlanToWrite(ctx, planId);
  const drawn = await drawFromPlan(ctx.pool, plan, `sample/${seed}`, chinaDateOf(ctx.nowMs()));
  if (!drawn.ok) throw shortageError(drawn.shortages);
  const versions = await loadVersions(
    ctx.pool,
    drawn.items.map(({ versionId }) => versionId),
  );
  return {
    titleZh: plan.titleZh,
    totalPoints: sizeOf(plan).centipoints / 100,
    items: drawn.items.flatMap(({ versionId, centipoints, optionOrders }, item) => {
      const version = versions.get(versionId);
      return version
        ? [{ item, points: centipoints / 100, question: askQuestion(version.question, optionOrders) }]
        : [];
    }),
  };
}
