import { buildDrafts } from './build-drafts.ts';
import { cleanText } from './clean-text.ts';
import {
  type DraftRow,
  type ImportCells,
  type ImportColumn,
  type ImportProblem,
  importProblem,
  type RawRow,
  type ReadResult,
} from './draft-row.ts';
import { importRefusal, type ImportRefusal } from './import-words.ts';
import { readKindWords } from './kind-words.ts';
import { columnLetter, columnNames, isIdleHeading, readHeading } from './sheet-columns.ts';

/** What a cell is beside its text. */
export type CellTrouble = 'formula-value' | 'formula-without-value' | 'cell-error' | 'cell-too-long';
export interface SheetCell {
  readonly text: string;
  readonly trouble?: CellTrouble;
}
export interface SheetRow {
  /** As the sheet counts, from 1. */
  readonly row: number;
  /** By column, from 0. Empty cells are missing. */
  readonly cells: ReadonlyMap<number, SheetCell>;
}
/** Rows and columns that one cell covers, all included; rows from 1, columns from 0. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}
export interface SheetGrid {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly merges: readonly MergedRange[];
}

/** Titles and notes may stand above the headings. */
const HEADING_ROWS = 20;
/** Longest text of a cell that is looked at. */
export const CELL_CHARS = 8_000;

interface Heading {
  readonly row: number;
  readonly columns: ReadonlyMap<number, ImportColumn>;
  readonly unknown: readonly SheetCell[];
}

/** Questions of every sheet that has headings; sheets without any are notes and left alone. */
export function readSheets(sheets: readonly SheetGrid[]): ReadResult | ImportRefusal {
  const drafts: DraftRow[] = [];
  const notes: ImportProblem[] = [];
  let hasHeading = false;
  for (const sheet of sheets) {
    const heading = findHeading(sheet);
    if (!heading) continue;
    hasHeading = true;
    const twice = findTwice(heading);
    if (twice) return importRefusal('column-twice', { found: columnNames[twice] });
    const place = { sheet: sheet.name, row: heading.row };
    for (const { text } of heading.unknown)
      notes.push(importProblem({ place }, 'column-unknown', null, { found: text }));
    drafts.push(...buildDrafts(readRows(sheet, heading)));
  }
  return hasHeading ? { drafts, notes } : importRefusal('no-header');
}

function findHeading({ rows }: SheetGrid): Heading | null {
  for (const { row, cells } of rows.slice(0, HEADING_ROWS)) {
    const columns = new Map<number, ImportColumn>();
    const unknown: SheetCell[] = [];
    for (const [at, cell] of cells) {
      const column = readHeading(cell.text);
      if (column) columns.set(at, column);
      else if (!isIdleHeading(cell.text)) unknown.push(cell);
    }
    const found = new Set(columns.values());
    if (found.has('stem') && found.has('answer')) return { row, columns, unknown };
  }
  return null;
}

function findTwice({ columns }: Heading): ImportColumn | null {
  const seen = new Set<ImportColumn>();
  for (const column of columns.values()) {
    if (seen.has(column)) return column;
    seen.add(column);
  }
  return null;
}

function readRows(sheet: SheetGrid, { row: headingRow, columns }: Heading): readonly RawRow[] {
  const letters = Object.fromEntries([...columns].map(([at, column]) => [column, columnLetter(at)]));
  // Many keep a sheet for each kind and no column for it.
  const kindOfSheet = [...columns.values()].includes('kind') || !readKindWords(sheet.name) ? undefined : sheet.name;
  return sheet.rows
    .filter(({ row }) => row > headingRow)
    .map(({ row, cells: found }): RawRow => {
      const place = { sheet: sheet.name, row };
      const problems: ImportProblem[] = [];
      const cells: Partial<Record<ImportColumn, string>> = {};
      for (const [at, column] of columns) {
        const cell = found.get(at);
        if (!cell) continue;
        const text = cleanText(cell.text.slice(0, CELL_CHARS));
        if (text !== '') cells[column] = text;
        const report = (code: CellTrouble | 'characters-lost') =>
          problems.push(importProblem({ place, letters }, code, column, { found: text, most: CELL_CHARS }));
        if (cell.trouble) report(cell.trouble);
        if (text.includes('\uFFFD')) report('characters-lost');
      }
      const hasContent = Object.keys(cells).length > 0;
      const withKind: ImportCells = kindOfSheet && hasContent ? { kind: kindOfSheet, ...cells } : cells;
      return { place, letters, cells: withKind, problems: [...problems, ...findMerges(sheet, row, columns, letters)] };
    })
    .filter(({ cells, problems }) => Object.keys(cells).length > 0 || problems.length > 0);
}

function findMerges(
  { merges, name }: SheetGrid,
  row: number,
  columns: ReadonlyMap<number, ImportColumn>,
  letters: Readonly<Partial<Record<ImportColumn, string>>>,
): readonly ImportProblem[] {
  return merges
    .filter(({ top, bottom }) => top <= row && row <= bottom)
    .flatMap((range) => {
      const column = [...columns].find(([at]) => range.left <= at && at <= range.right)?.[1];
      if (!column) return [];
      const found = `${columnLetter(range.left)}${range.top}:${columnLetter(range.right)}${range.bottom}`;
      return [importProblem({ place: { sheet: name, row }, letters }, 'merged-cells', column, { found })];
    });
}
