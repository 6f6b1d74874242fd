import type { ImportRowView, listImportRows as rowsEndpoint, QuestionImportView } from '@antu/contract';
import type { z } from 'zod';
import { getBank } from '../bank/banks.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';
import { getImport, type ImportItemRow, listImportsOf, presentImports, presentRow } from './import-rows.ts';

const MOST_SHOWN = 30;

/** Imports of a bank, the newest first. */
export async function listImports(ctx: BankContext, bankId: string): Promise<{ items: QuestionImportView[] }> {
  await getBank(ctx.pool, ctx.actor, 'questions.write', bankId);
  return { items: await presentImports(ctx, await listImportsOf(ctx.pool, bankId, MOST_SHOWN)) };
}

const matching = `from question_import_row where import_id = $1
  and case $2::text when 'bad' then item is null when 'good' then item is not null when 'hinted' then has_hints else true end
  and ($3::text is null or $3 = any(groups))`;

/** Questions of an import in the order of the file. */
export async function listRows(
  ctx: BankContext,
  importId: string,
  { from, limit, only, group }: z.output<(typeof rowsEndpoint)['query']>,
): Promise<{ items: ImportRowView[]; nextFrom: number | null; total: number }> {
  await getImport(ctx.pool, ctx, importId);
  const shared = [importId, only, group ?? null];
  const [rows, [count]] = await Promise.all([
    rowsOf<ImportItemRow>(
      ctx.pool,
      `select position, draft, item, problems ${matching} and position >= $4 order by position limit $5`,
      [...shared, from, limit + 1],
    ),
    rowsOf<{ total: number }>(ctx.pool, `select count(*)::int as total ${matching}`, shared),
  ]);
  return {
    items: rows.slice(0, limit).map(presentRow),
    nextFrom: rows[limit]?.position ?? null,
    total: count?.total ?? 0,
  };
}
