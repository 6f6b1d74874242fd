import type { QuestionImportView } from '@antu/contract';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../audit/index.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';
import { createQuestions } from '../bank/create-questions.ts';
import { getImport, type ImportItemRow, itemOf, lockImport, viewImport } from './import-rows.ts';
import { withKeptPictures } from './package-pictures.ts';

/**
 * Writes the good questions of an import as drafts of the actor, all in one transaction.
 * @param expected how many the actor saw; another number is refused
 */
export async function applyImport(ctx: BankContext, importId: string, expected: number): Promise<QuestionImportView> {
  const { row, bank } = await getImport(ctx.pool, ctx, importId);
  if (row.state !== 'checked') throw new AppError('imports.wrong_state', { state: row.state });
  if (row.rows_good === 0) throw new AppError('imports.nothing_good');
  const found = await rowsOf<ImportItemRow>(
    ctx.pool,
    `select position, draft, item, problems from question_import_row where import_id = $1 and item is not null order by position`,
    [importId],
  );
  if (found.length !== expected) throw new AppError('imports.count_changed', { found: found.length });
  // Before the transaction: files that nothing points to do no harm, and pictures take their time.
  const items = await withKeptPictures(
    ctx,
    bank,
    row,
    found.flatMap((one) => itemOf(one) ?? []),
  );
  await transaction(ctx.pool, async (tx) => {
    const locked = await lockImport(tx, ctx, importId, 'checked');
    if (locked.row.rows_good !== items.length)
      throw new AppError('imports.count_changed', { found: locked.row.rows_good });
    await tx.query(`update question_import set state = 'applied', applied_at = $2 where id = $1`, [
      importId,
      ctx.now(),
    ]);
    await createQuestions(tx, ctx, row.bank_id, items, importId);
    await recordAudit(tx, ctx, {
      action: 'questions.apply-import',
      object: { kind: 'question-import', id: importId },
      detail: { bankId: row.bank_id, count: items.length, leftOut: row.rows_total - items.length },
    });
  });
  return viewImport(ctx, importId);
}

/** Throws a file away that nobody wants any more. */
export async function dropImport(ctx: BankContext, importId: string): Promise<QuestionImportView> {
  const { row } = await getImport(ctx.pool, ctx, importId);
  await transaction(ctx.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update question_import set state = 'dropped', storage_key = null where id = $1 and state in ('checking', 'checked')`,
      [importId],
    );
    if (rowCount === 0) throw new AppError('imports.wrong_state', { state: row.state });
    await tx.query('delete from question_import_row where import_id = $1', [importId]);
    await recordAudit(tx, ctx, {
      action: 'questions.drop-import',
      object: { kind: 'question-import', id: importId },
      detail: { bankId: row.bank_id },
    });
  });
  if (row.storage_key !== null) await ctx.platform.storage.delete(row.storage_key);
  return viewImport(ctx, importId);
}

/** What questions say that an undone import had brought. */
const UNDONE = '导入已撤销';

/** Takes back everything an import wrote, all or nothing: refused once any of its questions was touched. */
export async function undoImport(ctx: BankContext, importId: string): Promise<QuestionImportView> {
  await transaction(ctx.pool, async (tx) => {
    const { row } = await lockImport(tx, ctx, importId, 'applied');
    // Questions first and in one order, as everybody does who changes versions.
    await tx.query(
      `select from question where id in (select question_id from question_version where import_id = $1) order by id for update`,
      [importId],
    );
    const { row: now } = await getImport(tx, ctx, importId);
    if (now.touched > 0) throw new AppError('imports.in_use', { count: now.touched });
    const { rowCount } = await tx.query(`update question_version set state = 'dropped' where import_id = $1`, [
      importId,
    ]);
    await tx.query(
      `update question set retired_at = $2, retired_because = $3
       where id in (select question_id from question_version where import_id = $1)`,
      [importId, ctx.now(), UNDONE],
    );
    await tx.query(`update question_import set state = 'undone', undone_at = $2 where id = $1`, [importId, ctx.now()]);
    await recordAudit(tx, ctx, {
      action: 'questions.undo-import',
      object: { kind: 'question-import', id: importId },
      detail: { bankId: row.bank_id, count: rowCount },
    });
  });
  return viewImport(ctx, importId);
}
