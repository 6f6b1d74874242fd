import { open, readFile } from 'node:fs/promises';
import {
  type DraftRow,
  type ImportProblem,
  importProblem,
  type ImportRefusal,
  type ReadResult,
  readSheets,
  readText,
} from '@antu/domain';
import { decodeText } from '../files/decode-text.ts';
import { IMPORT_LIMITS } from '../files/import-limits.ts';
import { ImportRefused } from '../files/import-refused.ts';
import { ZipPackage } from '../files/zip-package.ts';
import { manifestOf, type PackageFileIds, readPackage } from './read-package.ts';
import { readWorkbook } from './read-workbook.ts';
import { isWorkbook } from './workbook-parts.ts';

export type ImportFormat = 'xlsx' | 'text' | 'qti';

/** Questions of a file, or why it is not read. */
export type ImportReading =
  | {
      readonly format: ImportFormat;
      readonly drafts: readonly DraftRow[];
      readonly notes: readonly ImportProblem[];
      readonly fileIds: PackageFileIds;
    }
  | { readonly refusal: ImportRefusal };

/** Reads a file of any known format, known by its bytes. Never throws over its content. */
export async function readImport(path: string): Promise<ImportReading> {
  try {
    return await readKnown(path);
  } catch (error) {
    if (error instanceof ImportRefused) return { refusal: error.refusal };
    throw error;
  }
}

async function readKnown(path: string): Promise<ImportReading> {
  const { head, size } = await lookAt(path);
  if (size === 0) throw new ImportRefused('empty');
  if (size > IMPORT_LIMITS.fileBytes) throw new ImportRefused('too-big', { most: IMPORT_LIMITS.fileMib });
  if (head.startsWith('PK')) return readZip(path);
  if (head.startsWith('\xd0\xcf\x11\xe0')) throw new ImportRefused('old-excel');
  return checkedResult('text', accepted(readText(decodeText(await readFile(path)))));
}

async function readZip(path: string): Promise<ImportReading> {
  const zip = await ZipPackage.open(path);
  try {
    if (isWorkbook(zip))
      return checkedResult('xlsx', withPictureNote(zip, accepted(readSheets(await readWorkbook(zip)))));
    const manifest = manifestOf(zip);
    if (manifest === undefined) throw new ImportRefused(zip.has('word/document.xml') ? 'word-file' : 'zip-unknown');
    const { fileIds, ...result } = await readPackage(zip, manifest);
    return checkedResult('qti', result, fileIds);
  } finally {
    zip.close();
  }
}

function withPictureNote(zip: ZipPackage, result: ReadResult): ReadResult {
  if (!zip.names.some((name) => name.startsWith('xl/media/'))) return result;
  return { ...result, notes: [...result.notes, importProblem({ place: { row: 1 } }, 'sheet-pictures', null)] };
}

function accepted(result: ReadResult | ImportRefusal): ReadResult {
  if ('code' in result) throw new ImportRefused(result);
  return result;
}

function checkedResult(
  format: ImportFormat,
  { drafts, notes }: ReadResult,
  fileIds: PackageFileIds = {},
): ImportReading {
  if (drafts.length === 0) throw new ImportRefused('no-questions');
  if (drafts.length > IMPORT_LIMITS.questions)
    throw new ImportRefused('too-many-questions', { most: IMPORT_LIMITS.questions });
  return { format, drafts, notes: notes.slice(0, MOST_NOTES), fileIds };
}

/** A file that is no list of questions has a note for each of its lines. */
const MOST_NOTES = 200;

async function lookAt(path: string): Promise<{ head: string; size: number }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return { head: buffer.toString('latin1', 0, bytesRead), size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}
