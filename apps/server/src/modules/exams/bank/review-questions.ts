import { findQuestionReviewProblems, type QuestionReviewProblem } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { BankContext } from './context.ts';
import { moveVersions, type SeenVersion } from './move-versions.ts';
import type { VersionRow } from './version-rows.ts';

export interface ReviewInput {
  readonly versions: readonly SeenVersion[];
  readonly decision: 'approved' | 'refused';
  readonly comment: string;
}

const problemCode = {
  'own-work': 'questions.own_work',
  'comment-missing': 'questions.comment_missing',
} as const satisfies Record<QuestionReviewProblem, string>;

/** Decides on versions that wait, all or none. An approved one takes the place of the version that papers drew until now. */
export async function reviewQuestions(
  ctx: BankContext,
  bankId: string,
  { versions, decision, comment }: ReviewInput,
): Promise<{ changed: number }> {
  const move = { action: decision === 'approved' ? 'approve' : 'refuse', permission: 'questions.review' } as const;
  return moveVersions(ctx, bankId, versions, move, async (tx, _, rows) => {
    const [problem] = findQuestionReviewProblems({
      decision,
      comment,
      reviewerId: ctx.actor.accountId,
      authorIds: rows.flatMap(({ authors }) => authors),
    });
    if (problem) throw new AppError(problemCode[problem]);
    await writeReviews(tx, ctx, rows, { decision, comment });
    return { comment };
  });
}

async function writeReviews(
  tx: Tx,
  ctx: BankContext,
  rows: readonly VersionRow[],
  { decision, comment }: Pick<ReviewInput, 'decision' | 'comment'>,
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const decided = [ids, ctx.actor.accountId, ctx.now(), comment];
  await tx.query(
    `insert into question_review (id, question_version_id, revision, decision, comment, reviewer_id, at)
     select gen_random_uuid(), id, revision, $5, $4, $2, $3 from question_version where id = any($1::uuid[])`,
    [...decided, decision],
  );
  if (decision === 'approved') {
    await tx.query(
      `update question_version set state = 'superseded' where state = 'approved' and question_id = any($1::uuid[])`,
      [rows.map(({ question_id: id }) => id)],
    );
  }
  await tx.query(
    `update question_version set state = $5, reviewed_by = $2, reviewed_at = $3, review_comment = $4 where id = any($1::uuid[])`,
    [...decided, decision],
  );
  if (decision === 'refused') return;
  await tx.query(
    `update question q set active_version_id = v.id from question_version v where v.id = any($1::uuid[]) and q.id = v.question_id`,
    [ids],
  );
}
