import type { answerExamAppeal, ExamAppeal } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { addJob } from '../../../platform/jobs.ts';
import { recordAudit } from '../../audit/index.ts';
import { markOneSitting } from '../marking/jobs.ts';
import { remarkSitting } from '../marking/mark-sitting.ts';
import { noteExamEvents } from '../sittings/exam-events.ts';
import { acceptQuestion } from './accept-question.ts';
import { type AppealRow, findAppeal, presentAppeal } from './appeal-rows.ts';
import { remarkDue } from './jobs.ts';
import { getAppealInReach, type JudgeContext } from './read-appeals.ts';

type Body = z.output<(typeof answerExamAppeal)['body']>;

/** Answers an appeal in words; a granted one is a new decision over the same facts, nothing is changed in place. */
export async function answerAppeal(ctx: JudgeContext, appealId: string, body: Body): Promise<ExamAppeal> {
  const row = await getAppealInReach(ctx, appealId);
  await transaction(
    ctx.pool,
    async (tx) => {
      await requireOtherPerson(tx, ctx, row);
      const { rowCount } = await tx.query(
        `update exam_appeal set state = $3, answer = $4, answered_by = $5, answered_at = $6
         where bucket = $1 and id = $2 and state = 'open'`,
        [bucketOf(appealId), appealId, body.decision, body.answer, ctx.actor.accountId, ctx.now()],
      );
      if (rowCount !== 1) throw new AppError('exams.appeal_answered');
      const touched = body.decision === 'granted' ? await grant(tx, ctx, row) : 0;
      await recordAudit(tx, ctx, {
        action: 'exams.appeal-answer',
        object: { kind: 'exam-appeal', id: appealId },
        detail: { sittingId: row.sitting_id, item: row.item, decision: body.decision, touched },
      });
    },
    { retries: 3 },
  );
  const answered = await findAppeal(ctx.pool, appealId);
  if (!answered) throw new AppError('exams.appeal_not_found');
  return presentAppeal(ctx.platform.keys, answered);
}

/** Nobody judges their own work: a question they wrote in, a sitting they declared void. */
async function requireOtherPerson(tx: Tx, ctx: JudgeContext, row: AppealRow): Promise<void> {
  const { rows } = await tx.query<{ own: boolean }>(
    `select exists (select from question_version where id = $1 and $4 = any(authors))
       or exists (select from exam_sitting where bucket = $2 and id = $3 and voided_by = $4) as own`,
    [row.question_version_id, bucketOf(row.sitting_id), row.sitting_id, ctx.actor.accountId],
  );
  if (rows[0]?.own) throw new AppError('exams.appeal_own_work');
}

/** @returns how many others have to be marked again */
async function grant(tx: Tx, ctx: JudgeContext, row: AppealRow): Promise<number> {
  const decision = { decidedBy: ctx.actor.accountId, nowMs: ctx.nowMs() };
  if (row.question_version_id === null) {
    const isReinstated = await reinstate(tx, ctx, row);
    if (!isReinstated) await remarkSitting(tx, row.sitting_id, decision);
    return 0;
  }
  const touched = await acceptQuestion(
    tx,
    { ...row, versionId: row.question_version_id },
    { appealId: row.id, decidedBy: ctx.actor.accountId, at: ctx.now() },
  );
  await remarkSitting(tx, row.sitting_id, decision);
  if (touched > 0) await addJob(tx, remarkDue, {}, { jobKey: remarkDue.name });
  return touched;
}

/** A void that does not stand: the sitting is marked as it was when it was ended. @returns false for one that was not void */
async function reinstate(tx: Tx, ctx: JudgeContext, { sitting_id: sittingId, reason }: AppealRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update exam_sitting set state = 'submitted', void_reason = null, voided_by = null
     where bucket = $1 and id = $2 and state = 'voided' and started_at is not null`,
    [bucketOf(sittingId), sittingId],
  );
  if (rowCount !== 1) return false;
  await noteExamEvents(tx, [{ sittingId, kind: 'reinstated', receivedAtMs: ctx.nowMs(), detail: reason }]);
  await addJob(tx, markOneSitting, { sittingId });
  return true;
}
