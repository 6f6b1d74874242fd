import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { QUESTION_PICTURE_MIB, QUESTION_VIDEO_MIB } from '@antu/contract';
import { type ImportedQuestion, PACKAGE_FILE, questionFiles } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import type { BankRow } from '../bank/banks.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';
import { type FileRow, fileColumns, storeQuestionFile } from '../bank/files/store-file.ts';
import { ImportRefused } from './files/import-refused.ts';
import { ZipPackage } from './files/zip-package.ts';
import type { ImportRow } from './import-rows.ts';

const MIB = 1024 * 1024;

/**
 * Questions whose pictures have ids of the bank: those of the package are kept as files first. A picture that was exported from here and
 * is still the same gets its old id. Errors: `imports.picture_broken`, `imports.source_gone`
 */
export async function withKeptPictures(
  ctx: BankContext,
  bank: BankRow,
  { storage_key: key, file_ids }: ImportRow,
  items: readonly ImportedQuestion[],
): Promise<readonly ImportedQuestion[]> {
  const wanted = new Map(
    items
      .flatMap(({ question }) => questionFiles(question))
      .filter(({ fileId }) => fileId.startsWith(PACKAGE_FILE))
      .map(({ fileId, kind }) => [fileId.slice(PACKAGE_FILE.length), kind] as const),
  );
  if (wanted.size === 0) return items;
  if (key === null || !(await ctx.platform.storage.exists(key))) throw new AppError('imports.source_gone');
  const known = JSON.parse(file_ids) as Readonly<Record<string, string>>;
  const ids = new Map<string, string>();
  const zip = await ZipPackage.open(ctx.platform.storage.localPath(key));
  try {
    for (const [path, kind] of wanted) {
      const bytes = await readPicture(zip, path, kind);
      ids.set(path, (await findSame(ctx, bank, known[path], bytes)) ?? (await keep(ctx, bank, path, kind, bytes)));
    }
  } finally {
    zip.close();
  }
  return items.map((item) => withIds(item, ids));
}

async function readPicture(zip: ZipPackage, path: string, kind: 'picture' | 'video'): Promise<Buffer> {
  try {
    return await zip.read(path, (kind === 'picture' ? QUESTION_PICTURE_MIB : QUESTION_VIDEO_MIB) * MIB);
  } catch (cause) {
    if (cause instanceof ImportRefused) throw new AppError('imports.picture_broken', { found: path }, { cause });
    throw cause;
  }
}

/** The file of the bank that a picture was exported as, if it still has these bytes. */
async function findSame(
  { pool, platform }: BankContext,
  bank: BankRow,
  fileId: string | undefined,
  bytes: Buffer,
): Promise<string | null> {
  if (fileId === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(fileId)) return null;
  const [row] = await rowsOf<FileRow>(
    pool,
    `select ${fileColumns} from question_file where id = $1 and organisation_id = $2`,
    [fileId, bank.organisation_id],
  );
  const stored = row && (await platform.storage.get(row.storage_key));
  if (!row || !stored) return null;
  const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
  return hashOf(await buffer(stored.stream)) === hashOf(bytes) ? row.id : null;
}

async function keep(
  ctx: BankContext,
  bank: BankRow,
  path: string,
  kind: 'picture' | 'video',
  bytes: Buffer,
): Promise<string> {
  try {
    const stored = await storeQuestionFile(ctx, bank.organisation_id, bytes);
    if (stored.kind === kind) return stored.id;
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
  }
  throw new AppError('imports.picture_broken', { found: path });
}

const withIds = (item: ImportedQuestion, ids: ReadonlyMap<string, string>): ImportedQuestion =>
  JSON.parse(
    JSON.stringify(item, (key, value: unknown) =>
      key === 'fileId' && typeof value === 'string' && value.startsWith(PACKAGE_FILE)
        ? (ids.get(value.slice(PACKAGE_FILE.length)) ?? value)
        : value,
    ),
  ) as ImportedQuestion;
