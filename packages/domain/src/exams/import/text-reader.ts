import { applyTable, isTableLine, readTableLine, type TableEntry } from './answer-table.ts';
import type { ImportColumn, ImportProblem, RawRow } from './draft-row.ts';
import { importProblem } from './draft-row.ts';
import { readKindWords } from './kind-words.ts';
import {
  cutLabels,
  type NumberMark,
  readBracketNumber,
  readCaseTitle,
  readNumber,
  readSection,
  type TextLine,
  textLine,
} from './text-marks.ts';
import { findInlineOptions, readOptionLine } from './text-options.ts';
import { finishQuestion, type TextQuestion } from './text-question.ts';

/** How far below a doubtful number an option or an answer is looked for. */
const LOOK_AHEAD_LINES = 15;
/** No cell grows beyond this: what is longer is refused by its length anyway. */
const CELL_CHARS = 8_000;
const tableTitle = /^(?:附\s*:?\s*)?[[【(]?\s*(?:参考|标准|正确|试题)?答案(?:及解析|与解析|表)?\s*[\]】)]?\s*:?$/;

/** Reads a text line by line; see `readText`. */
export class TextReader {
  readonly #lines: readonly TextLine[];
  readonly #isNumbered: boolean;
  readonly #questions: TextQuestion[] = [];
  readonly #entries: TableEntry[] = [];
  readonly notes: ImportProblem[] = [];
  #open: TextQuestion | null = null;
  #section: string | null = null;
  #lastNumber = 0;
  #isInTable = false;
  /** Questions below are those of the case above; `numbered`: with plain numbers rather than `（1）`. */
  #caseParts: 'none' | 'bracketed' | 'numbered' = 'none';
  #isAfterBlank = false;

  constructor(lines: readonly string[]) {
    this.#lines = lines.map((line, index) => textLine(line, index + 1));
    this.#isNumbered = this.#lines.some((line) => readNumber(line) !== null);
  }

  read(): readonly RawRow[] {
    this.#lines.forEach((line, index) => {
      if (line.text === '') this.#isAfterBlank = true;
      else {
        this.#take(line, index);
        this.#isAfterBlank = false;
      }
    });
    this.notes.push(...applyTable(this.#entries, this.#questions));
    return this.#questions.map((question) => finishQuestion(question));
  }

  #take(line: TextLine, index: number): void {
    const section = readSection(line);
    if (section !== null) {
      this.#startSection(line, section);
      return;
    }
    if (this.#takeTable(line, index)) return;
    if (this.#takeStart(line, index)) return;
    this.#takeContent(line.text, line);
  }

  #startSection(line: TextLine, section: string): void {
    this.#section = section;
    this.#lastNumber = 0;
    this.#open = null;
    this.#caseParts = 'none';
    if (this.#isInTable) this.#entries.push(...readTableLine(line.text.replace(/^.*?[)）:：]/, ''), line.row, section));
  }

  #takeTable(line: TextLine, index: number): boolean {
    const isTitle = tableTitle.test(line.half) && this.#isTableBelow(index);
    if (isTitle) {
      this.#isInTable = true;
      this.#section = null;
      this.#open = null;
      return true;
    }
    const [field] = cutLabels(line).fields;
    const labelled = field?.[0] === 'answer' && cutLabels(line).before === '' ? field[1] : null;
    const isRange = labelled !== null && /^\s*\d{1,4}\s*[-–—~～至]\s*\d/.test(labelled) && isTableLine(labelled);
    const text = isRange ? labelled : line.text;
    if (!isRange && !(this.#isInTable && isTableLine(text))) return false;
    this.#isInTable = true;
    this.#open = null;
    this.#entries.push(...readTableLine(text, line.row, this.#section));
    return true;
  }

  #isTableBelow(index: number): boolean {
    for (let at = index + 1; at < this.#lines.length; at += 1) {
      const line = this.#lines[at];
      if (line && line.text !== '') return isTableLine(line.text) || readSection(line) !== null;
    }
    return false;
  }

  #takeStart(line: TextLine, index: number): boolean {
    const title = readCaseTitle(line);
    if (title !== null) {
      this.#begin(line, null, title, { kind: '案例题', isPart: false });
      this.#caseParts = 'numbered';
      this.#lastNumber = 0;
      return true;
    }
    const bracketed = readBracketNumber(line);
    if (bracketed && this.#caseParts === 'bracketed') {
      this.#begin(line, bracketed.number, bracketed.end, { isPart: true });
      return true;
    }
    const mark = readNumber(line) ?? this.#bracketAsNumber(bracketed);
    if (!mark || !this.#isStart(mark, line, index)) return false;
    if (mark.number !== this.#lastNumber + 1 && this.#lastNumber > 0 && mark.number > 1)
      this.notes.push(
        importProblem({ place: { row: line.row } }, 'number-jumps', null, {
          found: mark.number,
          other: this.#lastNumber,
        }),
      );
    this.#lastNumber = mark.number;
    this.#begin(line, mark.number, mark.end, { isPart: this.#caseParts === 'numbered' });
    return true;
  }

  /** A text whose questions are all numbered `（1）`. */
  #bracketAsNumber = (mark: NumberMark | null): NumberMark | null => (this.#isNumbered ? null : mark);

  /** Whether a number begins a question, or is one of the text: a list in an explanation, `1.5 米`. */
  #isStart({ number, isDoubtful }: NumberMark, line: TextLine, index: number): boolean {
    if (this.#open?.current === 'explanation') return this.#looksLikeQuestion(line, index);
    if (number === this.#lastNumber + 1) return !isDoubtful || this.#open === null || this.#isAnswered();
    if (isDoubtful) return false;
    return this.#open === null || this.#isAnswered() || this.#looksLikeQuestion(line, index);
  }

  #isAnswered = (): boolean => (this.#open?.cells.answer ?? '') !== '' || this.#open?.cells.B !== undefined;

  #looksLikeQuestion(line: TextLine, index: number): boolean {
    if (/[(【[]\s*(?:[A-H]{1,8}|√|×|对|错)?\s*[)】\]]/.test(line.half)) return true;
    for (const below of this.#lines.slice(index + 1, index + 1 + LOOK_AHEAD_LINES)) {
      if (readNumber(below) !== null) return false;
      if (readOptionLine(below.text) !== null || cutLabels(below).fields[0]?.[0] === 'answer') return true;
    }
    return false;
  }

  #begin(
    line: TextLine,
    number: number | null,
    textAt: number,
    { kind, isPart }: { kind?: string; isPart: boolean },
  ): void {
    const question: TextQuestion = {
      row: line.row,
      number: isPart ? null : number,
      cells: kind === undefined ? {} : { kind },
      current: 'stem',
      section: isPart ? null : this.#section,
      isPart,
      problems: [],
    };
    this.#isInTable = false;
    this.#questions.push(question);
    this.#open = question;
    const text = line.text.slice(textAt);
    this.#takeContent(text, textLine(text, line.row));
    if (isPart || kind !== undefined) return;
    const words = question.cells.stem ?? '';
    const isCase =
      readKindWords(/^\s*[(（【[]([^()（）【】[\]]{2,12})[)）】\]]/.exec(words)?.[1] ?? this.#section ?? '') === 'case';
    this.#caseParts = isCase ? 'bracketed' : 'none';
  }

  #takeContent(text: string, line: TextLine): void {
    const { before, fields } = cutLabels(textLine(text, line.row));
    if (before !== '') this.#takeWords(before, line);
    for (const [column, value] of fields) {
      if (!this.#open) {
        this.#ignore(line);
        return;
      }
      this.#setField(this.#open, column, value, line);
    }
  }

  #setField(open: TextQuestion, column: ImportColumn, value: string, { row }: TextLine): void {
    const known = open.cells[column] ?? '';
    open.current = column;
    if (known === '') open.cells[column] = value;
    else if (column !== 'answer') open.cells[column] = `${known}\n${value}`;
    else if (value !== '' && value !== known)
      open.problems.push(
        importProblem({ place: { row } }, 'answer-contradicts', 'answer', { found: known, other: value }),
      );
  }

  #takeWords(text: string, line: TextLine): void {
    const isNew =
      !this.#isNumbered && (this.#open === null || (this.#isDone(this.#open) && readOptionLine(text) === null));
    if (isNew) {
      this.#begin(textLine(text, line.row), null, 0, { isPart: false });
      return;
    }
    const open = this.#open;
    if (!open) this.#ignore(line);
    else if (!this.#takeOptions(open, text, line)) this.#append(open, text, line);
  }

  /** Without numbers, a question ends where its answer stands and a blank line or other words follow. */
  #isDone = (open: TextQuestion): boolean =>
    (open.cells.answer ?? '') !== '' && (this.#isAfterBlank || open.current === 'answer');

  #takeOptions(open: TextQuestion, text: string, { row }: TextLine): boolean {
    const last = (['H', 'G', 'F', 'E', 'D', 'C', 'B', 'A'] as const).find((key) => open.cells[key] !== undefined) ?? '';
    if (open.current === 'explanation') return false;
    const found = readOptionLine(text) ?? (open.current === 'stem' ? findInlineOptions(text) : null);
    if (!found) return false;
    if ('beyond' in found && found.beyond) {
      if (last !== 'H') return false;
      open.problems.push(importProblem({ place: { row } }, 'option-beyond', 'H'));
      return true;
    }
    const [first] = found.options;
    if (!first || first[0] <= last) return false;
    if (found.before !== '') this.#append(open, found.before, { row, text, half: text });
    for (const [key, value] of found.options) {
      open.cells[key] = value;
      open.current = key;
    }
    return true;
  }

  #append(open: TextQuestion, text: string, line: TextLine): void {
    const { current, cells } = open;
    const known = cells[current] ?? '';
    if (current === 'answer' && known !== '') this.#ignore(line);
    else if (known.length < CELL_CHARS) cells[current] = known === '' ? text : `${known}\n${text}`;
  }

  #ignore({ row, text }: TextLine): void {
    this.notes.push(importProblem({ place: { row } }, 'line-ignored', null, { found: text.slice(0, 40) }));
  }
}
