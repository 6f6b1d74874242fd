import { Readable } from 'node:stream';
import { exportFormats, type questionExportQuery } from '@antu/contract';
import { type ExportedQuestion, questionFiles, topicNames, writeText } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { type BankRow, getBank } from '../bank/banks.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';
import { type FileRow, fileColumns } from '../bank/files/store-file.ts';
import { findVersions } from '../bank/list-questions.ts';
import { factsOf, questionOf } from '../bank/version-rows.ts';
import { listImportTopics } from './check-context.ts';
import { getImport, type ImportItemRow, presentRow } from './import-rows.ts';
import { type PackageFile, writePackage } from './write/write-package.ts';
import { type SheetLine, writeQuestions, writeTemplate, writeWorkbook } from './write/write-workbook.ts';

const MOST_QUESTIONS = 20_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const types = {
  xlsx: { contentType: XLSX, ending: 'xlsx' },
  text: { contentType: 'text/plain; charset=utf-8', ending: 'txt' },
  qti: { contentType: 'application/zip', ending: 'zip' },
} as const satisfies Record<(typeof exportFormats)[number], { contentType: string; ending: string }>;

type SendContext = BankContext & Pick<RouteContext, 'reply'>;

function send(
  { reply }: SendContext,
  content: Readable | string,
  format: keyof typeof types,
  name: string,
): FastifyReply {
  const { contentType, ending } = types[format];
  return reply
    .headers({
      'content-type': contentType,
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${ending}`)}`,
    })
    .send(content);
}

const topicWords = async (ctx: BankContext, { scheme }: BankRow): Promise<ReadonlyMap<string, string>> =>
  topicNames(await listImportTopics(ctx.pool, scheme));

/** Sends the questions of a bank, as their newest version stands, as a file that the import reads back. */
export async function exportQuestions(
  ctx: SendContext,
  bankId: string,
  { format, ...filter }: z.output<typeof questionExportQuery>,
): Promise<FastifyReply> {
  const bank = await getBank(ctx.pool, ctx.actor, 'questions.write', bankId);
  const rows = await findVersions(ctx.pool, bankId, filter, MOST_QUESTIONS + 1);
  if (rows.length > MOST_QUESTIONS) throw new AppError('imports.export_too_big', { most: MOST_QUESTIONS });
  const topics = await topicWords(ctx, bank);
  const questions = rows.map((row): ExportedQuestion => {
    const facts = factsOf(row);
    return { question: questionOf(row), facts, topic: topics.get(facts.topicId) ?? facts.topicId };
  });
  await transaction(ctx.pool, (tx) =>
    recordAudit(tx, ctx, {
      action: 'questions.export',
      object: { kind: 'question-bank', id: bankId },
      detail: { format, count: questions.length, filter },
    }),
  );
  const content =
    format === 'xlsx'
      ? writeQuestions(questions, [...topics.values()])
      : format === 'text'
        ? writeText(questions)
        : writePackage(questions, bank.title_zh, await filesOf(ctx, bank, questions));
  return send(ctx, content, format, bank.title_zh);
}

const endings: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'video/mp4': '.mp4',
  'video/webm': '.webm',
};

async function filesOf(
  { pool, platform }: BankContext,
  bank: BankRow,
  questions: readonly ExportedQuestion[],
): Promise<ReadonlyMap<string, PackageFile>> {
  const ids = questions.flatMap(({ question }) => questionFiles(question)).map(({ fileId }) => fileId);
  const rows = await rowsOf<FileRow>(
    pool,
    `select ${fileColumns} from question_file where id = any($1::uuid[]) and organisation_id = $2`,
    [[...new Set(ids)], bank.organisation_id],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        extension: endings[row.content_type] ?? '',
        open: async () => {
          const stored = await platform.storage.get(row.storage_key);
          if (!stored) throw new AppError('questions.file_not_found', { fileId: row.id });
          return stored.stream;
        },
      },
    ]),
  );
}

/** Sends the template for the bank's scheme. */
export async function sendTemplate(ctx: SendContext, bankId: string): Promise<FastifyReply> {
  const bank = await getBank(ctx.pool, ctx.actor, 'questions.write', bankId);
  const topics = await topicWords(ctx, bank);
  return send(ctx, writeTemplate([...topics.values()]), 'xlsx', '试题导入模板');
}

/** Sends the questions of an import that cannot be imported, each with its reasons, to be mended. */
export async function sendBadRows(ctx: SendContext, importId: string): Promise<FastifyReply> {
  const { row, bank } = await getImport(ctx.pool, ctx, importId);
  const found = await rowsOf<ImportItemRow>(
    ctx.pool,
    'select position, draft, item, problems from question_import_row where import_id = $1 and item is null order by position',
    [importId],
  );
  const topics = await topicWords(ctx, bank);
  const lines = found.flatMap(linesOf);
  const name = `${row.file_name.replace(/\.[^.]*$/, '')}_问题`;
  return send(ctx, writeWorkbook({ lines, topics: [...topics.values()], withReasons: true }), 'xlsx', name);
}

function linesOf(row: ImportItemRow): readonly SheetLine[] {
  const { rows, problems } = presentRow(row);
  return rows.map(({ row: number, cells }, part) => {
    // Items of a package have one number for all their rows.
    const own = problems.filter((problem) => problem.row === number && (part === 0 || rows[part - 1]?.row !== number));
    return {
      cells,
      reasons: own
        .map(({ letter, zh }) => `原第 ${number} 行${letter === null ? '' : ` ${letter} 列`}：${zh}`)
        .join('\n'),
      marked: new Set(own.flatMap(({ column, level }) => (column !== null && level === 'stop' ? [column] : []))),
    };
  });
}
