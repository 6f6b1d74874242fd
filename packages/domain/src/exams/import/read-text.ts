import { buildDrafts } from './build-drafts.ts';
import { cleanText } from './clean-text.ts';
import { importProblem, type ReadResult } from './draft-row.ts';
import { importRefusal, type ImportRefusal } from './import-words.ts';
import { isOwnText, readOwnText } from './own-text.ts';
import { TextReader } from './text-reader.ts';

/** Chosen for operation: a longer line is no question, and patterns would take long over it. */
export const TEXT_LIMITS = { lines: 100_000, lineChars: 4_000 } as const;

/**
 * Questions of a plain text as people keep it: numbered, with or without headings that give the kind (`一、单项选择题`) and tags
 * (`（判断题）`), options on one line or several, answers below (`答案：AB`), behind (`【答案】错误`), in the brackets of the stem
 * or in a table at the end (`1-5 ABCDA`); layouts may change within a file. Exported texts are read mark by mark.
 */
export function readText(text: string): ReadResult | ImportRefusal {
  const lines = text.replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n').split('\n', TEXT_LIMITS.lines + 1);
  if (lines.length > TEXT_LIMITS.lines) return importRefusal('too-many-rows', { most: TEXT_LIMITS.lines });
  const tooLong = lines.findIndex((line) => line.length > TEXT_LIMITS.lineChars);
  const isOwn = isOwnText(lines);
  // A stem of 2,000 characters with every one of them protected still fits.
  if (tooLong >= 0 && !(isOwn && (lines[tooLong]?.length ?? 0) <= TEXT_LIMITS.lineChars * 3))
    return importRefusal('line-too-long', { found: tooLong + 1, most: TEXT_LIMITS.lineChars });
  if (isOwn) {
    const { rows, ignored } = readOwnText(lines);
    const notes = ignored.map((row) =>
      importProblem({ place: { row } }, 'line-ignored', null, { found: (lines[row - 1] ?? '').slice(0, 40) }),
    );
    return { drafts: buildDrafts(rows), notes };
  }
  const reader = new TextReader(lines.map((line) => cleanText(line.replaceAll('\t', '  '))));
  const rows = reader.read();
  return { drafts: buildDrafts(rows), notes: reader.notes };
}
