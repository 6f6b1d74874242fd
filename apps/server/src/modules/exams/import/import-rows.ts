import type { ImportGroup, ImportRowView, QuestionImportView } from '@antu/contract';
import {
  type CheckedDraft,
  type DraftRow,
  type ImportedQuestion,
  type ImportProblem,
  PACKAGE_FILE,
  questionFiles,
} from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { findDisplayNames } from '../../people/index.ts';
import { type BankRow, getBank } from '../bank/banks.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';

export interface ImportRow {
  readonly id: string;
  readonly bank_id: string;
  readonly bank_title_zh: string;
  readonly format: 'xlsx' | 'text' | 'qti' | null;
  readonly file_name: string;
  readonly size_bytes: number;
  readonly state: QuestionImportView['state'];
  readonly rows_total: number;
  readonly rows_good: number;
  readonly rows_hinted: number;
  readonly groups: string;
  readonly problems: string;
  readonly refusal: string | null;
  readonly file_ids: string;
  readonly default_topic_id: string | null;
  readonly storage_key: string | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly checked_at: Date | null;
  readonly applied_at: Date | null;
  /** Questions of it that were touched since. */
  readonly touched: number;
}

/** A version that is as the import wrote it. */
const untouched = `v.number = 1 and v.state = 'draft' and v.revision = 1`;
const columns = `i.id, i.bank_id, b.title_zh as bank_title_zh, i.format, i.file_name, i.size_bytes, i.state, i.rows_total, i.rows_good,
  i.rows_hinted, i.groups, i.problems, i.refusal, i.file_ids, i.default_topic_id, i.storage_key, i.created_by, i.created_at,
  i.checked_at, i.applied_at,
  case when i.state = 'applied' then (
    select count(*)::int from question_version v where v.import_id = i.id and not (${untouched}
      and not exists (select from question_version n where n.question_id = v.question_id and n.number > 1))
  ) else 0 end as touched`;
const tables = 'question_import i join question_bank b on b.id = i.bank_id';

/** An import of a bank in which the actor writes. */
export async function getImport(
  db: Queryable,
  ctx: BankContext,
  importId: string,
): Promise<{ row: ImportRow; bank: BankRow }> {
  const [row] = await rowsOf<ImportRow>(db, `select ${columns} from ${tables} where i.id = $1`, [importId]);
  if (!row) throw new AppError('imports.not_found', { importId });
  const bank = await getBank(db, ctx.actor, 'questions.write', row.bank_id);
  return { row, bank };
}

/** The same, locked until the transaction ends, and refused unless it is in this state. */
export async function lockImport(
  tx: Tx,
  ctx: BankContext,
  importId: string,
  state: ImportRow['state'],
): Promise<{ row: ImportRow; bank: BankRow }> {
  await tx.query('select from question_import where id = $1 for update', [importId]);
  const found = await getImport(tx, ctx, importId);
  if (found.row.state !== state) throw new AppError('imports.wrong_state', { state: found.row.state });
  return found;
}

export const listImportsOf = (db: Queryable, bankId: string, most: number): Promise<ImportRow[]> =>
  rowsOf<ImportRow>(db, `select ${columns} from ${tables} where i.bank_id = $1 order by i.id desc limit $2`, [
    bankId,
    most,
  ]);

export async function presentImports(ctx: BankContext, rows: readonly ImportRow[]): Promise<QuestionImportView[]> {
  const names = await findDisplayNames(ctx.platform, ctx.pool, [...new Set(rows.map((row) => row.created_by))]);
  return rows.map((row) => ({
    id: row.id,
    bank: { id: row.bank_id, titleZh: row.bank_title_zh },
    fileName: row.file_name,
    sizeBytes: row.size_bytes,
    format: row.format,
    state: row.state,
    refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as QuestionImportView['refusal']),
    counts: { total: row.rows_total, good: row.rows_good, hinted: row.rows_hinted },
    groups: JSON.parse(row.groups) as QuestionImportView['groups'],
    notes: JSON.parse(row.problems) as ImportProblem[],
    author: names.get(row.created_by) ?? '',
    createdAt: row.created_at.toISOString(),
    checkMs: row.checked_at === null ? null : row.checked_at.getTime() - row.created_at.getTime(),
    appliedAt: row.applied_at?.toISOString() ?? null,
    mayUndo: row.state === 'applied' && row.touched === 0,
  }));
}

/** The import as it stands now. */
export async function viewImport(ctx: BankContext, importId: string): Promise<QuestionImportView> {
  const { row } = await getImport(ctx.pool, ctx, importId);
  const [view] = await presentImports(ctx, [row]);
  if (!view) throw new AppError('imports.not_found', { importId });
  return view;
}

export interface ImportItemRow {
  readonly position: number;
  readonly draft: string;
  readonly item: string | null;
  readonly problems: string;
}
export const draftOf = ({ draft }: Pick<ImportItemRow, 'draft'>): DraftRow => JSON.parse(draft) as DraftRow;
export const itemOf = ({ item }: Pick<ImportItemRow, 'item'>): ImportedQuestion | null =>
  item === null ? null : (JSON.parse(item) as ImportedQuestion);

export function presentRow(row: ImportItemRow): ImportRowView {
  const draft = draftOf(row);
  return {
    position: row.position,
    isGood: row.item !== null,
    mayMend: isMendable(draft),
    rows: draft.rows.map(({ place, cells, letters }) => ({
      row: place.row,
      sheet: place.sheet ?? null,
      file: place.file ?? null,
      letters: letters ?? {},
      cells,
    })),
    problems: JSON.parse(row.problems) as ImportProblem[],
  };
}

/** Cells say all about a question, unless it has pictures in a package. */
export const isMendable = ({ question }: DraftRow): boolean =>
  question === null || questionFiles(question).every(({ fileId }) => !fileId.startsWith(PACKAGE_FILE));

const nearIdentical: ReadonlySet<ImportProblem['code']> = new Set(['similar-in-file', 'stem-in-bank']);

/** Kinds of the problems that stop a question, and whether it is near-identical to another one. */
export function groupsOf(problems: readonly ImportProblem[]): readonly ImportGroup[] {
  const groups = problems.flatMap(({ code, level, column }): ImportGroup[] => {
    if (nearIdentical.has(code)) return ['similar'];
    if (level !== 'stop') return [];
    return code.startsWith('duplicate-') ? ['duplicate'] : [column ?? 'other'];
  });
  return [...new Set(groups)];
}

/** Writes what was found in a file, in place of what was there. */
export async function writeRows(
  tx: Tx,
  importId: string,
  drafts: readonly DraftRow[],
  checked: readonly CheckedDraft[],
): Promise<void> {
  await tx.query('delete from question_import_row where import_id = $1', [importId]);
  const rows = checked.map(({ item, problems }, position) => ({
    position,
    draft: JSON.stringify(drafts[position]),
    item: item === null ? null : JSON.stringify(item),
    problems: JSON.stringify(problems),
    groups: groupsOf(problems),
    has_hints: item !== null && problems.length > 0,
  }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx.query(
      `insert into question_import_row (import_id, position, draft, item, problems, groups, has_hints)
       select $1, r.* from jsonb_to_recordset($2::jsonb) as r(position integer, draft text, item text, problems text, groups text[],
         has_hints boolean)`,
      [importId, JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))],
    );
  await tx.query(
    `update question_import set rows_total = c.total, rows_good = c.good, rows_hinted = c.hinted, groups = c.groups
     from (
       select count(*) as total, count(item) as good, count(*) filter (where has_hints) as hinted, (
         select coalesce(json_agg(json_build_object('group', g, 'count', n) order by n desc, g), '[]')::text
         from (select g, count(*) as n from question_import_row, unnest(groups) as g where import_id = $1 group by g) as grouped
       ) as groups
       from question_import_row where import_id = $1
     ) as c where id = $1`,
    [importId],
  );
}

/** Rows of one statement: keeps its text below some megabytes. */
const ROWS_AT_ONCE = 500;
