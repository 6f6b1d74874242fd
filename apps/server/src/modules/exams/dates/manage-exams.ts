import type { createExam, ExamView, listExams } from '@antu/contract';
import { chinaDateOf, examLimitsOf, findExamRuleSets, getExamRuleSet } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { organisationInReach, requireReach, scopeOf } from '../../people/index.ts';
import { readCursor, writeCursor } from '../page-cursor.ts';
import { drawFromPlan, type ExamPlan, findPlan, regionOfOrganisation, shortageError } from '../plans/index.ts';
import { type ExamRow, findExam, presentExams, selectExams } from './exam-rows.ts';

type Ctx = RouteContext<'exams.manage'>;
type Body = z.output<(typeof createExam)['body']>;
type Query = z.output<(typeof listExams)['query']>;

/** An exam within reach of a permission; one outside is refused. */
export async function getExamInReach(
  ctx: Pick<Ctx, 'pool' | 'actor'>,
  permission: 'exams.manage' | 'exams.invigilate' | 'exams.watch',
  examId: string,
): Promise<ExamRow> {
  const exam = await findExam(ctx.pool, examId);
  if (!exam) throw new AppError('exams.not_found');
  requireReach(ctx.actor, permission, { organisationIds: [exam.organisation_id], regionPaths: [exam.region_path] });
  return exam;
}

/** Exams of the caller's organisations, the latest first. */
export async function listOwnExams(
  ctx: Ctx,
  { cursor, limit, state }: Query,
): Promise<{ items: ExamView[]; nextCursor: string | null; total: number }> {
  const within = organisationInReach(scopeOf(ctx.actor, 'exams.manage'), 'e.organisation_id', 1);
  const [before, beforeId] = readCursor(cursor);
  const at = within.values.length;
  const where = `${within.sql} and ($${at + 1}::text is null or e.state = $${at + 1})`;
  const values = [...within.values, state ?? null];
  const [rows, counted] = await Promise.all([
    selectExams(
      ctx.pool,
      `${where} and ($${at + 2}::timestamptz is null or (e.opens_at, e.id) < ($${at + 2}, $${at + 3}::uuid))`,
      [...values, before, beforeId],
      `order by e.opens_at desc, e.id desc limit ${limit + 1}`,
    ),
    ctx.pool.query<{ total: number }>(`select count(*)::int as total from exam e where ${where}`, values),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await presentExams(ctx.pool, shown),
    nextCursor: rows.length > limit && last ? writeCursor(last.opens_at, last.id) : null,
    total: counted.rows[0]?.total ?? 0,
  };
}

/** Makes a date of an exam. Its papers are drawn shortly before it opens; that the bank can serve them is tried now. */
export async function makeExam(ctx: Ctx, body: Body): Promise<ExamView> {
  requireReach(ctx.actor, 'exams.manage', { organisationIds: [body.organisationId], regionPaths: [] });
  const plan = await findPlan(ctx.pool, body.planId);
  if (!plan || plan.organisationId !== body.organisationId || plan.isMock || plan.retiredAt) {
    throw new AppError('exams.plan_not_found');
  }
  const regionCode = await regionOfOrganisation(ctx.pool, body.organisationId);
  requireWindow(ctx, plan, body, regionCode);
  const drawn = await drawFromPlan(ctx.pool, plan, 'try', chinaDateOf(Date.parse(body.opensAt)));
  if (!drawn.ok) throw shortageError(drawn.shortages);
  const id = uuidv7(ctx.nowMs());
  await transaction(ctx.pool, async (tx) => {
    await tx.query(
      `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, address, opens_at, closes_at,
         capacity, course_ids, state, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'planned', $14, $15)`,
      [
        id,
        body.organisationId,
        regionCode,
        body.titleZh,
        plan.scheme,
        plan.ruleSetId,
        plan.id,
        body.place.mode,
        body.place.address,
        body.opensAt,
        body.closesAt,
        body.capacity,
        body.courseIds,
        ctx.actor.accountId,
        ctx.now(),
      ],
    );
    await recordAudit(tx, ctx, {
      action: 'exams.create',
      object: { kind: 'exam', id },
      detail: { organisationId: body.organisationId, planId: plan.id, opensAt: body.opensAt, capacity: body.capacity },
    });
  });
  return presentOne(ctx, id);
}

function requireWindow(ctx: Ctx, plan: ExamPlan, body: Body, regionCode: string): void {
  const [opensMs, closesMs] = [Date.parse(body.opensAt), Date.parse(body.closesAt)];
  const day = chinaDateOf(opensMs);
  const ruleSet = getExamRuleSet(plan.ruleSetId);
  if (body.ruleSetId !== plan.ruleSetId || !findExamRuleSets(plan.scheme, regionCode, day).includes(ruleSet)) {
    throw new AppError('exams.rule_set_unknown');
  }
  const limits = examLimitsOf(ruleSet);
  const bad = (why: string, whyEn: string): AppError => new AppError('exams.window_bad', { why, whyEn });
  if (opensMs <= ctx.nowMs()) throw bad('开始时间已经过去', 'it begins in the past');
  if (closesMs - opensMs < limits.durationSeconds * 1000) {
    throw bad(`不足 ${limits.durationSeconds / 60} 分钟`, `shorter than ${limits.durationSeconds / 60} minutes`);
  }
  const months = [opensMs, closesMs].map((ms) => Number(chinaDateOf(ms).slice(5, 7)));
  if (months.some((month) => month < limits.firstMonth || month > limits.lastMonth)) {
    throw bad(
      `只能在 ${limits.firstMonth} 月到 ${limits.lastMonth} 月举行`,
      `held from month ${limits.firstMonth} to month ${limits.lastMonth} only`,
    );
  }
}

const presentOne = async (ctx: Pick<Ctx, 'pool'>, id: string): Promise<ExamView> => {
  const [view] = await presentExams(ctx.pool, await selectExams(ctx.pool, 'e.id = $1', [id]));
  if (!view) throw new AppError('exams.not_found');
  return view;
};

export async function getExamView(ctx: Ctx, examId: string): Promise<ExamView> {
  return presentOne(ctx, (await getExamInReach(ctx, 'exams.manage', examId)).id);
}

/** Calls an exam off before anybody has begun; bookings end with it. */
export async function cancelExamDate(ctx: Ctx, examId: string, reason: string): Promise<ExamView> {
  await getExamInReach(ctx, 'exams.manage', examId);
  await transaction(ctx.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update exam set state = 'cancelled', cancelled_because = $2 where id = $1 and state in ('planned', 'frozen')`,
      [examId, reason],
    );
    if (rowCount !== 1) throw new AppError('exams.not_possible');
    await tx.query(
      `update exam_booking set state = 'cancelled', cancelled_at = $2 where exam_id = $1 and state = 'booked'`,
      [examId, ctx.now()],
    );
    await tx.query(
      `update exam_sitting set state = 'voided', void_reason = $2 where exam_id = $1 and state = 'frozen'`,
      [examId, reason],
    );
    await recordAudit(tx, ctx, { action: 'exams.cancel', object: { kind: 'exam', id: examId }, detail: { reason } });
  });
  return presentOne(ctx, examId);
}
