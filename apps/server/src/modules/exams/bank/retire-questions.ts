import type { retireQuestions as endpoint } from '@antu/contract';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../audit/index.ts';
import { getBank } from './banks.ts';
import { type BankContext, rowsOf } from './context.ts';
import { containing, newestVersions } from './list-questions.ts';

export type RetireInput = z.output<(typeof endpoint)['body']>;

/**
 * Takes questions out of use for good, all or none: no paper draws them from now on, drafts of them are thrown away, papers that asked
 * them keep them.
 */
export async function retireQuestions(
  ctx: BankContext,
  bankId: string,
  { which, reason }: RetireInput,
): Promise<{ changed: number }> {
  return transaction(ctx.pool, async (tx) => {
    await getBank(tx, ctx.actor, 'questions.write', bankId);
    const questionIds = await lockChosen(tx, bankId, which);
    await tx.query(
      `update question_version set state = case state when 'approved' then 'retired' else 'dropped' end,
         reviewed_by = case when state = 'approved' then reviewed_by end,
         reviewed_at = case when state = 'approved' then reviewed_at end,
         review_comment = case when state = 'approved' then review_comment end
       where question_id = any($1::uuid[]) and state in ('approved', 'draft', 'review', 'refused')`,
      [questionIds],
    );
    await tx.query(
      `update question set active_version_id = null, retired_at = $2, retired_because = $3 where id = any($1::uuid[])`,
      [questionIds, ctx.now(), reason],
    );
    await recordAudit(tx, ctx, {
      action: 'questions.retire',
      object: { kind: 'question-bank', id: bankId },
      detail: { reason, clause: 'clause' in which ? which.clause : null, questionIds },
    });
    return { changed: questionIds.length };
  });
}

async function lockChosen(tx: Tx, bankId: string, which: RetireInput['which']): Promise<string[]> {
  const lock = async (condition: string, value: unknown): Promise<string[]> => {
    const rows = await rowsOf<{ id: string }>(
      tx,
      `select q.id from question q where q.bank_id = $1 and q.retired_at is null and ${condition} order by q.id for update`,
      [bankId, value],
    );
    return rows.map(({ id }) => id);
  };
  if ('questionIds' in which) {
    const wanted = new Set(which.questionIds.map((id) => id.toLowerCase()));
    const found = await lock('q.id = any($2::uuid[])', [...wanted]);
    if (found.length < wanted.size)
      throw new AppError('questions.action_not_possible', { count: wanted.size - found.length });
    return found;
  }
  const newest = `q.id in (select v.question_id from ${newestVersions} where q.bank_id = $1 and v.clause ilike $2)`;
  const found = await lock(newest, containing(which.clause));
  if (found.length !== which.expected) throw new AppError('questions.count_changed', { found: found.length });
  return found;
}
