import { randomBytes } from 'node:crypto';
import type { listMockPlans, SittingView } from '@antu/contract';
import { bucketOf, chinaDateOf, examLimitsOf, getExamRuleSet, placeInBucket, sittingStates } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { drawFromPlan, findPlan, selectPlans, shortageError, sizeOf } from '../plans/index.ts';
import { listAttempts } from './attempts.ts';
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

/** Plans for mock exams of the schemes in which the learner owes training, and the latest attempts. */
export async function listMockExams(ctx: OwnContext): Promise<MockList> {
  const personId = requireOwnPerson(ctx.actor);
  const plans = await selectPlans(
    ctx.pool,
    `p.is_mock and p.retired_at is null and p.scheme in (
       select c.scheme from training_assignment a join course c on c.id = a.course_id where a.bucket = $1 and a.person_id = $2)`,
    [bucketOf(personId), personId],
  );
  const attempts = await listAttempts(ctx.pool, personId, {
    kind: 'mock',
    states: sittingStates,
    most: MOST_ATTEMPTS_SHOWN,
  });
  return {
    plans: plans.map((plan) => {
      const { durationSeconds, totalPoints, passPoints } = examLimitsOf(getExamRuleSet(plan.ruleSetId));
      const { questions } = sizeOf(plan);
      return { planId: plan.id, titleZh: plan.titleZh, questions, durationSeconds, totalPoints, passPoints };
    }),
    attempts,
  };
}
