import type { ImportRowView } from '@antu/contract';
import type { ImportColumn, ImportProblem } from '@antu/domain';

/** A cell of a question with what is wrong in it, or its whole row where no cell is to blame. */
export interface ProblemPlace {
  /** Place of the row among the rows of its question: a case has several. */
  readonly part: number;
  readonly row: number;
  readonly column: ImportColumn | null;
  /** Letter of the column in its sheet; null where the sheet has no such column, and in other formats. */
  readonly letter: string | null;
  readonly text: string;
  readonly problems: readonly ImportProblem[];
}

/** Problems of a question cell by cell, in the order in which they were found. */
export function problemPlaces({ rows, problems }: Pick<ImportRowView, 'rows' | 'problems'>): ProblemPlace[] {
  const byCell = Map.groupBy(problems, ({ row, column }) => `${row} ${column}`);
  return [...byCell.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    // All rows of an item of a package carry its number: then the first of them that has the cell is meant.
    const candidates = rows.flatMap(({ row, cells }, part) => (row === first.row ? [{ part, cells }] : []));
    const holds = candidates.find(({ cells }) => first.column !== null && cells[first.column] !== undefined);
    const { part, cells } = holds ?? candidates[0] ?? { part: 0, cells: rows[0]?.cells ?? {} };
    const text = first.column === null ? '' : (cells[first.column] ?? '');
    return [{ part, row: first.row, column: first.column, letter: first.letter, text, problems: own }];
  });
}

/** Whether one of the problems keeps the question out. */
export const stops = (problems: readonly Pick<ImportProblem, 'level'>[]): boolean =>
  problems.some(({ level }) => level === 'stop');

/**
 * Whether mending one question changed whether others can be imported, as twins do.
 * @param before questions that could be imported, and whether this one could; @param after the same afterwards
 */
export const touchesOthers = (
  before: { good: number; isGood: boolean },
  after: { good: number; isGood: boolean },
): boolean => after.good - before.good !== Number(after.isGood) - Number(before.isGood);
