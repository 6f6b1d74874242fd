import { nextQuestionState, type QuestionAction } from '@antu/domain';
import type { Permission } from '@antu/contract';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../audit/index.ts';
import { type BankRow, getBank } from './banks.ts';
import { checkQuestions } from './check-questions.ts';
import { type BankContext, rowsOf } from './context.ts';
import { factsOf, questionOf, type VersionRow, versionColumns, versionTables } from './version-rows.ts';

/** A version as the actor saw it. */
export interface SeenVersion {
  readonly versionId: string;
  readonly revision: number;
}

/** Sends drafts to review, all or none. */
export async function submitQuestions(ctx: BankContext, bankId: string, seen: readonly SeenVersion[]) {
  return moveVersions(
    ctx,
    bankId,
    seen,
    { action: 'submit', permission: 'questions.write' },
    async (tx, bank, rows) => {
      const items = rows.map((row) => ({ question: questionOf(row), facts: factsOf(row) }));
      await checkQuestions(tx, bank, items, 'review');
      await setOpenState(tx, rows, 'review');
      return {};
    },
  );
}

/** Makes drafts again of versions that nobody decided on yet. */
export async function takeBackQuestions(ctx: BankContext, bankId: string, seen: readonly SeenVersion[]) {
  const move = { action: 'take-back', permission: 'questions.write' } as const;
  return moveVersions(ctx, bankId, seen, move, async (tx, _, rows) => {
    await setOpenState(tx, rows, 'draft');
    return {};
  });
}

const setOpenState = (tx: Tx, rows: readonly VersionRow[], state: 'draft' | 'review') =>
  tx.query(
    `update question_version set state = $2, reviewed_by = null, reviewed_at = null, review_comment = null
     where id = any($1::uuid[])`,
    [rows.map(({ id }) => id), state],
  );

type Move = {
  readonly action: QuestionAction;
  readonly permission: Permission;
};

/**
 * Changes the state of versions of one bank, all or none, as the actor saw them.
 * @param work writes; what it returns goes into the audit log
 */
export async function moveVersions(
  ctx: BankContext,
  bankId: string,
  seen: readonly SeenVersion[],
  { action, permission }: Move,
  work: (tx: Tx, bank: BankRow, rows: readonly VersionRow[]) => Promise<Record<string, unknown>>,
): Promise<{ changed: number }> {
  return transaction(ctx.pool, async (tx) => {
    const bank = await getBank(tx, ctx.actor, permission, bankId);
    const rows = await lockVersions(tx, bankId, seen);
    const blocked = rows.filter(({ state }) => nextQuestionState(state, action) === null);
    if (blocked.length > 0) throw new AppError('questions.action_not_possible', { count: blocked.length });
    const detail = await work(tx, bank, rows);
    await recordAudit(tx, ctx, {
      action: `questions.${action}`,
      object: { kind: 'question-bank', id: bankId },
      detail: { ...detail, versionIds: rows.map(({ id }) => id) },
    });
    return { changed: rows.length };
  });
}

/** Locks the questions first, in one order: a version never changes while another one of its question does. */
async function lockVersions(tx: Tx, bankId: string, seen: readonly SeenVersion[]): Promise<VersionRow[]> {
  const revisions = new Map(seen.map(({ versionId, revision }) => [versionId.toLowerCase(), revision]));
  const ids = [...revisions.keys()];
  await tx.query(
    `select q.id from question q where q.bank_id = $2
       and q.id in (select question_id from question_version where id = any($1::uuid[])) order by q.id for update`,
    [ids, bankId],
  );
  const rows = await rowsOf<VersionRow>(
    tx,
    `select ${versionColumns} from ${versionTables} where v.id = any($1::uuid[]) and q.bank_id = $2 order by q.id`,
    [ids, bankId],
  );
  if (rows.length < revisions.size) throw new AppError('questions.not_found');
  if (rows.some(({ id, revision }) => revisions.get(id) !== revision))
    throw new AppError('questions.changed_meanwhile');
  return rows;
}
