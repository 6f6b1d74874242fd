import { randomUUID } from 'node:crypto';
import type { SamplePaper } from '@antu/contract';
import { askQuestion, getExamRuleSet, type PaperItem, rightAsShown } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { recordAudit } from '../../audit/index.ts';
import { type BankContext, type LoadedVersion, loadVersions } from '../bank/index.ts';
import { shortageError } from './check-plan.ts';
import { drawFromPlan } from './draw-from-plan.ts';
import { type ExamPlan, getPlan } from './plan-rows.ts';
import { todayOf } from './save-plan.ts';

export interface LoadedItem extends PaperItem, LoadedVersion {}

/** A paper with its questions and all that is right. */
export interface LoadedPaper {
  readonly plan: ExamPlan;
  readonly seed: string;
  readonly items: readonly LoadedItem[];
}

/** Draws a paper for people who make them. Who looked at which is in the audit log. Errors: `exams.plan_short` */
export async function loadSample(ctx: BankContext, planId: string, seed: string): Promise<LoadedPaper> {
  const plan = await getPlan(ctx.pool, ctx.actor, planId);
  const drawn = await drawFromPlan(ctx.pool, plan, `sample/${seed}`, todayOf(ctx));
  if (!drawn.ok) throw shortageError(drawn.shortages);
  const versions = await loadVersions(
    ctx.pool,
    drawn.items.map(({ versionId }) => versionId),
  );
  await transaction(ctx.pool, (tx) =>
    recordAudit(tx, ctx, { action: 'exams.sample-paper', object: { kind: 'exam-plan', id: planId }, detail: { seed } }),
  );
  return {
    plan,
    seed,
    items: drawn.items.map((item) => {
      const version = versions.get(item.versionId);
      // Versions that were drawn are never deleted.
      if (!version) throw new RangeError(`no question version ${item.versionId}`);
      return { ...item, ...version };
    }),
  };
}

/** A seed for a paper to look at. `sample/` before it keeps it apart from the seeds of exams. */
export const newSampleSeed = (): string => randomUUID().slice(0, 8);

export async function drawSample(
  ctx: BankContext,
  planId: string,
  { seed = newSampleSeed() }: { seed?: string | undefined },
): Promise<SamplePaper> {
  const { plan, items } = await loadSample(ctx, planId, seed);
  const { limits } = getExamRuleSet(plan.ruleSetId);
  return {
    planId,
    titleZh: plan.titleZh,
    seed,
    durationSeconds: limits.durationSeconds.value,
    totalPoints: items.reduce((sum, { centipoints }) => sum + centipoints, 0) / 100,
    items: items.map(({ question, facts, optionOrders, centipoints, questionId }) => ({
      points: centipoints / 100,
      questionId,
      question: askQuestion(question, optionOrders),
      // The schema's lists may be written to, the domain's not: nothing else differs.
      right: rightAsShown(question, optionOrders) as SamplePaper['items'][number]['right'],
      clause: facts.clause,
      explanation: facts.explanation,
    })),
  };
}
