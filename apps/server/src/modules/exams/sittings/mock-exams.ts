import { randomBytes } from 'node:crypto';
import type { listMockPlans, SittingView } from '@antu/contract';
import {
  bucketOf,
  chinaDateOf,
  examLimitsOf,
  getExamRuleSet,
  placeInBucket,
  type SittingStateName,
} from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { drawFromPlan, findPlan, selectPlans, shortageError, sizeOf } from '../plans/index.ts';
import { freezePaper, insertPapers, versionsOf } from './freeze-paper.ts';
import { presentSitting, type SittingRow, sittingColumns } from './sitting-rows.ts';

/** A mock exam that was not begun is kept for this long. */
const KEPT_MS = 86_400_000;
const MOST_ATTEMPTS_SHOWN = 20;

type MockList = z.input<(typeof listMockPlans)['answer']>;

/** Draws a paper of a mock plan for the learner. The paper is new each time. */
export async function openMockExam(ctx: OwnContext, planId: string): Promise<SittingView> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const plan = await findPlan(ctx.pool, planId);
  if (!plan?.isMock || plan.retiredAt) throw new AppError('exams.plan_not_found');
  const limits = examLimitsOf(getExamRuleSet(plan.ruleSetId));
  const seed = randomBytes(16).toString('hex');
  const drawn = await drawFromPlan(ctx.pool, plan, seed, chinaDateOf(nowMs));
  if (!drawn.ok) throw shortageError(drawn.shortages);
  const sittingId = placeInBucket(uuidv7(nowMs), bucketOf(personId));
  const paper = freezePaper(sittingId, seed, drawn.items, await versionsOf(ctx.pool, drawn.items), ctx.now());
  const row = await transaction(ctx.pool, async (tx) => {
    const { rows } = await tx.query<SittingRow>(
      `insert into exam_sitting as s (bucket, id, person_id, kind, plan_id, rule_set_id, title_zh, state, opens_at, closes_at,
         duration_seconds, grace_seconds, created_at)
       values ($1, $2, $3, 'mock', $4, $5, $6, 'frozen', $7, $8, $9, $10, $7) returning ${sittingColumns}`,
      [
        bucketOf(sittingId),
        sittingId,
        personId,
        planId,
        plan.ruleSetId,
        plan.titleZh,
        new Date(nowMs),
        new Date(nowMs + KEPT_MS),
        limits.durationSeconds,
        limits.lateGraceSeconds,
      ],
    );
    await insertPapers(tx, [paper]);
    return rows[0];
  });
  if (!row) throw new AppError('exams.sitting_not_found');
  return presentSitting(row, nowMs, null);
}

interface AttemptRow {
  id: string;
  title_zh: string;
  state: SittingStateName;
  rule_set_id: string;
  at: Date;
  centipoints: number | null;
  passed: boolean | null;
}

/** Plans for mock exams of the schemes in which the learner owes training, and the latest attempts. */
export async function listMockExams(ctx: OwnContext): Promise<MockList> {
  const personId = requireOwnPerson(ctx.actor);
  const plans = await selectPlans(
    ctx.pool,
    `p.is_mock and p.retired_at is null and p.scheme in (
       select c.scheme from training_assignment a join course c on c.id = a.course_id where a.bucket = $1 and a.person_id = $2)`,
    [bucketOf(personId), personId],
  );
  const { rows } = await ctx.pool.query<AttemptRow>(
    `select s.id, s.title_zh, s.state, s.rule_set_id, coalesce(s.started_at, s.created_at) as at, r.centipoints, r.passed
     from exam_sitting s left join lateral (
       select centipoints, passed from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id order by version desc limit 1
     ) r on true
     where s.bucket = $1 and s.person_id = $2 and s.kind = 'mock' order by s.id desc limit ${MOST_ATTEMPTS_SHOWN}`,
    [bucketOf(personId), personId],
  );
  return {
    plans: plans.map((plan) => {
      const { durationSeconds, totalPoints, passPoints } = examLimitsOf(getExamRuleSet(plan.ruleSetId));
      const { questions } = sizeOf(plan);
      return { planId: plan.id, titleZh: plan.titleZh, questions, durationSeconds, totalPoints, passPoints };
    }),
    attempts: rows.map((row) => ({
      sittingId: row.id,
      titleZh: row.title_zh,
      state: row.state,
      points: row.centipoints === null ? null : row.centipoints / 100,
      totalPoints: examLimitsOf(getExamRuleSet(row.rule_set_id)).totalPoints,
      passed: row.passed,
      at: row.at.toISOString(),
    })),
  };
}
