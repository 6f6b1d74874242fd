import type { ImportRowView, mendImportRow as endpoint, QuestionImportView } from '@antu/contract';
import { buildDrafts, checkDrafts, cleanText, type DraftRow } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../audit/index.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';
import { loadCheckContext } from './check-context.ts';
import {
  draftOf,
  type ImportItemRow,
  isMendable,
  lockImport,
  presentRow,
  viewImport,
  writeRows,
} from './import-rows.ts';

/** Problems of the file that another text in the cell does not mend, in other cells than the one that was written. */
const keptProblems = new Set(['merged-cells', 'cell-error', 'formula-without-value', 'formula-value', 'cell-too-long']);

/** Writes another text in one cell and checks every question of the file again: twins and topics reach across rows. */
export async function mendRow(
  ctx: BankContext,
  importId: string,
  position: number,
  { part, column, text }: z.output<(typeof endpoint)['body']>,
): Promise<{ import: QuestionImportView; row: ImportRowView }> {
  await transaction(ctx.pool, async (tx) => {
    const { row, bank } = await lockImport(tx, ctx, importId, 'checked');
    const found = await rowsOf<ImportItemRow>(
      tx,
      'select position, draft, item, problems from question_import_row where import_id = $1 order by position',
      [importId],
    );
    const drafts = found.map(draftOf);
    const mended = mend(drafts[position], part, column, cleanText(text));
    drafts[position] = mended;
    const context = await loadCheckContext(tx, bank, drafts, {
      defaultTopicId: row.default_topic_id,
      nowMs: ctx.now().getTime(),
    });
    await writeRows(tx, importId, drafts, checkDrafts(drafts, context));
    await recordAudit(tx, ctx, {
      action: 'questions.mend-import',
      object: { kind: 'question-import', id: importId },
      detail: { bankId: row.bank_id, position, part, column },
    });
  });
  const [row] = await rowsOf<ImportItemRow>(
    ctx.pool,
    'select position, draft, item, problems from question_import_row where import_id = $1 and position = $2',
    [importId, position],
  );
  if (!row) throw new AppError('imports.row_not_found');
  return { import: await viewImport(ctx, importId), row: presentRow(row) };
}

function mend(
  draft: DraftRow | undefined,
  part: number,
  column: z.output<(typeof endpoint)['body']>['column'],
  text: string,
): DraftRow {
  const target = draft?.rows[part];
  if (!draft || !target) throw new AppError('imports.row_not_found');
  if (!isMendable(draft)) throw new AppError('imports.not_mendable');
  const rows = draft.rows.map((row) => {
    const problems = draft.problems.filter(
      (problem) =>
        keptProblems.has(problem.code) &&
        problem.row === row.place.row &&
        !(row === target && problem.column === column),
    );
    if (row !== target) return { ...row, problems };
    const { [column]: _, ...others } = row.cells;
    return { ...row, cells: text === '' ? others : { ...others, [column]: text }, problems };
  });
  const built = buildDrafts(rows);
  const [first] = built;
  // Another kind may tear a case apart: then its parts are questions without a case, and are named so.
  if (!first) throw new AppError('imports.row_not_found');
  return built.length === 1 ? first : { ...first, rows, problems: built.flatMap(({ problems }) => problems) };
}
