import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDrafts } from './build-drafts.ts';
import type { DraftRow, ReadResult } from './draft-row.ts';
import type { ImportRefusal } from './import-words.ts';
import { writeText } from './own-text.ts';
import { readText } from './read-text.ts';
import { anyExported } from './testing/any-import.ts';
import { type ExportedQuestion, writeCells } from './write-cells.ts';

const back = ({ question, facts, problems }: DraftRow) => ({ question, facts, problems });
const expected = ({ question, facts, topic }: ExportedQuestion) => {
  const { scheme: _, topicId: __, ...rest } = facts;
  return { question, facts: { ...rest, topic }, problems: [] };
};
const draftsOf = (result: ReadResult | ImportRefusal): readonly DraftRow[] => {
  if ('code' in result) throw new Error(result.en);
  return result.drafts;
};

describe('an export read again', () => {
  it('gives the same question from cells', () => {
    fc.assert(
      fc.property(fc.array(anyExported, { minLength: 1, maxLength: 6 }), (list) => {
        const rows = list
          .flatMap((one) => writeCells(one))
          .map((cells, index) => ({ place: { row: index + 1 }, cells, problems: [] }));
        expect(buildDrafts(rows).map(back)).toEqual(list.map(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same questions from text, whatever the marks in their words', () => {
    fc.assert(
      fc.property(fc.array(anyExported, { minLength: 1, maxLength: 6 }), (list) => {
        const result = readText(writeText(list));
        expect('notes' in result && result.notes).toEqual([]);
        expect(draftsOf(result).map(back)).toEqual(list.map(expected));
      }),
      { numRuns: 500 },
    );
  });
});
