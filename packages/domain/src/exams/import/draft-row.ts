import type { Difficulty, Question } from '../question.ts';
import { fillWords, IMPORT_PROBLEMS, type ImportProblemCode, type WordDetails } from './import-words.ts';

/** Columns of a sheet, and fields of every other format. */
export const importColumns = [
  'kind',
  'stem',
  'files',
  ...(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const),
  'answer',
  'explanation',
  'topic',
  'difficulty',
  'posts',
  'clause',
  'validFrom',
  'validUntil',
  'group',
] as const;
export type ImportColumn = (typeof importColumns)[number];
/** Texts of a row as they were found, without those that are empty. */
export type ImportCells = Readonly<Partial<Record<ImportColumn, string>>>;

/** Where a row was found: of a sheet its row, of a text its line, of a package the number of its item. */
export interface DraftPlace {
  readonly sheet?: string | undefined;
  readonly file?: string | undefined;
  /** From 1. */
  readonly row: number;
}

/** One thing that is wrong, with the cell that it is in. */
export interface ImportProblem {
  readonly code: ImportProblemCode;
  /** `stop`: the question cannot be imported; `hint`: worth a look. */
  readonly level: 'stop' | 'hint';
  readonly row: number;
  readonly column: ImportColumn | null;
  /** Letter of the column in its sheet. */
  readonly letter: string | null;
  readonly zh: string;
  readonly en: string;
}

/** A row as it was found. A case has one for its stem and one for each of its questions. */
export interface RawRow {
  readonly place: DraftPlace;
  readonly cells: ImportCells;
  /** Letters of the columns in the sheet. */
  readonly letters?: Readonly<Partial<Record<ImportColumn, string>>>;
  /** What the reader of the format noticed. */
  readonly problems: readonly ImportProblem[];
}

/** What a file says about a question beside what it asks. Null = nothing. */
export interface DraftFacts {
  /** Words, or id, of the topic. */
  readonly topic: string | null;
  readonly posts: readonly string[];
  readonly difficulty: Difficulty | null;
  readonly clause: string;
  readonly explanation: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly exclusionGroup: string | null;
}

/** A question of a file with everything that is wrong. `question` is null where too little could be read. */
export interface DraftRow {
  readonly rows: readonly RawRow[];
  readonly question: Question | null;
  readonly facts: DraftFacts;
  readonly problems: readonly ImportProblem[];
}

/** What a reader gets out of a file. */
export interface ReadResult {
  readonly drafts: readonly DraftRow[];
  /** About the file rather than one of its questions. */
  readonly notes: readonly ImportProblem[];
}

export type ReportProblem = (code: ImportProblemCode, column: ImportColumn | null, details?: WordDetails) => void;

/** A problem of a row in words. */
export function importProblem(
  { place, letters }: Pick<RawRow, 'place' | 'letters'>,
  code: ImportProblemCode,
  column: ImportColumn | null,
  details: WordDetails = {},
): ImportProblem {
  const { level, zh, en } = IMPORT_PROBLEMS[code];
  return {
    code,
    level,
    row: place.row,
    column,
    letter: (column === null ? null : letters?.[column]) ?? null,
    zh: fillWords(zh, details),
    en: fillWords(en, details),
  };
}

/** Whether a question can be imported as it is. */
export const isGood = ({ question, problems }: DraftRow): boolean =>
  question !== null && problems.every(({ level }) => level !== 'stop');
