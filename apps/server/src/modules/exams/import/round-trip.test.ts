import { Readable } from 'node:stream';
import { type DraftRow, type ExportedQuestion, PACKAGE_FILE, questionFiles, writeText } from '@antu/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyExported } from '@antu/domain/testing/any-import';
import { readGood } from './testing/read-back.ts';
import { type PackageFile, writePackage } from './write/write-package.ts';
import { writeQuestions } from './write/write-workbook.ts';

const banks = fc.array(anyExported, { minLength: 1, maxLength: 8 });
const runs = { numRuns: 60 };
const back = ({ question, facts, problems }: DraftRow) => ({ question, facts, problems });
const expected = ({ question, facts, topic }: ExportedQuestion) => {
  const { scheme: _, topicId: __, ...rest } = facts;
  return { question, facts: { ...rest, topic }, problems: [] };
};
const noFile: PackageFile = { extension: '.png', open: async () => Readable.from([Buffer.from('picture')]) };
/** Ids of the package's pictures as they were in the bank. */
const withIds = (draft: DraftRow, fileIds: Readonly<Record<string, string>>): DraftRow =>
  JSON.parse(
    JSON.stringify(draft, (key, value: unknown) =>
      key === 'fileId' && typeof value === 'string' ? (fileIds[value.slice(PACKAGE_FILE.length)] ?? value) : value,
    ),
  ) as DraftRow;

describe('a bank that was exported, read again', () => {
  it('is the same from a workbook', () =>
    fc.assert(
      fc.asyncProperty(banks, async (list) => {
        const { drafts, notes, format } = await readGood(writeQuestions(list, ['防御性驾驶', '应急处置']));
        expect(format).toBe('xlsx');
        expect(notes).toEqual([]);
        expect(drafts.map(back)).toEqual(list.map(expected));
      }),
      runs,
    ));

  it('is the same from a QTI package, pictures included', () =>
    fc.assert(
      fc.asyncProperty(banks, async (list) => {
        const ids = list.flatMap(({ question }) => questionFiles(question)).map(({ fileId }) => fileId);
        const { drafts, format, fileIds } = await readGood(
          writePackage(list, '题库', new Map(ids.map((id) => [id, noFile]))),
        );
        expect(format).toBe('qti');
        expect(drafts.map((draft) => back(withIds(draft, fileIds)))).toEqual(list.map(expected));
      }),
      runs,
    ));

  it.each(['utf8', 'utf16le'] as const)('is the same from a text in %s', (encoding) =>
    fc.assert(
      fc.asyncProperty(banks, async (list) => {
        const { drafts, notes, format } = await readGood(Buffer.from(writeText(list), encoding));
        expect(format).toBe('text');
        expect(notes).toEqual([]);
        expect(drafts.map(back)).toEqual(list.map(expected));
      }),
      runs,
    ),
  );
});
