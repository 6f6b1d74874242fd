import type { ExamAppeal, ExamAppealDetail, listExamAppeals } from '@antu/contract';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { organisationInReach, requireReach, scopeOf } from '../../people/index.ts';
import { readReview, type SittingReview } from '../marking/read-review.ts';
import { findResult } from '../marking/result-rows.ts';
import { readCursor, writeCursor } from '../page-cursor.ts';
import { type AppealRow, findAppeal, presentAppeal, selectAppeals } from './appeal-rows.ts';
import { countTouched } from './accept-question.ts';

export type JudgeContext = RouteContext<'exam-appeals.decide'>;
type Query = z.output<(typeof listExamAppeals)['query']>;
const PAGE = 30;

/** Appeals about exams of the caller's organisations, the oldest first. */
export async function listAppeals(
  ctx: JudgeContext,
  { state, cursor }: Query,
): Promise<{ items: ExamAppeal[]; nextCursor: string | null; total: number }> {
  const within = organisationInReach(scopeOf(ctx.actor, 'exam-appeals.decide'), 'e.organisation_id', 1);
  const at = within.values.length;
  const where = `${within.sql} and a.state = $${at + 1}`;
  const values = [...within.values, state];
  const [rows, counted] = await Promise.all([
    selectAppeals(
      ctx.pool,
      `${where} and ($${at + 2}::timestamptz is null or (a.appealed_at, a.id) > ($${at + 2}, $${at + 3}::uuid))`,
      [...values, ...readCursor(cursor)],
      `order by a.appealed_at, a.id limit ${PAGE + 1}`,
    ),
    ctx.pool.query<{ total: number }>(
      `select count(*)::int as total from exam_appeal a join exam e on e.id = a.exam_id where ${where}`,
      values,
    ),
  ]);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.appeals-list',
    object: { kind: 'exam-appeal', id: null },
    detail: { state, shown: shown.length },
  });
  return {
    items: shown.map((row) => presentAppeal(ctx.platform.keys, row)),
    nextCursor: rows.length > PAGE && last ? writeCursor(last.appealed_at, last.id) : null,
    total: counted.rows[0]?.total ?? 0,
  };
}

/** An appeal within reach; one outside is refused. Errors: `exams.appeal_not_found` */
export async function getAppealInReach(ctx: JudgeContext, appealId: string): Promise<AppealRow> {
  const row = await findAppeal(ctx.pool, appealId);
  if (!row) throw new AppError('exams.appeal_not_found');
  requireReach(ctx.actor, 'exam-appeals.decide', {
    organisationIds: [row.organisation_id],
    regionPaths: [row.region_path],
  });
  return row;
}

/** One appeal, with the question as it was asked, what was given and what is right. */
export async function getAppeal(ctx: JudgeContext, appealId: string): Promise<ExamAppealDetail> {
  const row = await getAppealInReach(ctx, appealId);
  const { item, question_version_id: versionId } = row;
  const [reviewed, touched] = await Promise.all([
    item === null ? [] : readItems(ctx, row.sitting_id),
    versionId === null ? 0 : countTouched(ctx.pool, { ...row, versionId }),
  ]);
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.appeal-read',
    object: { kind: 'exam-appeal', id: appealId },
    detail: { sittingId: row.sitting_id },
  });
  return {
    ...presentAppeal(ctx.platform.keys, row),
    review: reviewed.find((one) => one.item === item) ?? null,
    touched,
  };
}

async function readItems(ctx: JudgeContext, sittingId: string): Promise<SittingReview['items']> {
  const result = await findResult(ctx.pool, sittingId);
  return (await readReview(ctx, sittingId, result?.earned ?? [])).items;
}
