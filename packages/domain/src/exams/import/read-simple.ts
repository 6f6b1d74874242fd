import {
  type OptionKey,
  optionKeys,
  type QuestionFile,
  type QuestionKind,
  type QuestionOption,
  type SimpleKind,
  type SimpleQuestion,
} from '../question.ts';
import { countBlanks } from '../question-limits.ts';
import { cleanText, splitList } from './clean-text.ts';
import type { ImportCells, ReportProblem } from './draft-row.ts';
import { isFileMark, readFileMark } from './file-mark.ts';
import { isEssayKind, readRowKind } from './kind-words.ts';
import { readJudgement, readKeys } from './read-words.ts';

/** Pictures and videos that a cell names, one a line. */
export function readFiles(cell: string | undefined, report: ReportProblem): readonly QuestionFile[] {
  return (cell ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const file = readFileMark(line);
      if (!file) report('file-mark-wrong', 'files', { found: line });
      return file ? [file] : [];
    });
}

/** The options of a row up to the last one that is filled in: gaps stay, so that they are noticed. */
export function readOptions(cells: ImportCells, report: ReportProblem): readonly QuestionOption[] {
  const last = optionKeys.findLastIndex((key) => (cells[key] ?? '').trim() !== '');
  return optionKeys.slice(0, last + 1).map((key) => readOption(key, cells[key] ?? '', report));
}

function readOption(key: OptionKey, cell: string, report: ReportProblem): QuestionOption {
  const text = cleanText(cell);
  const at = text.lastIndexOf('\n');
  const mark = text.slice(at + 1);
  if (!isFileMark(mark)) return { key, text, file: null };
  const file = readFileMark(mark);
  if (!file) report('file-mark-wrong', key, { found: mark });
  return { key, text: text.slice(0, Math.max(0, at)).trim(), file };
}

const blankSigns = /[（(][\s\u3000]*[)）]/g;

/** The question of one row, or null where its kind or its answer is not to be read. A case is put together from several. */
export function readSimple(cells: ImportCells, kind: SimpleKind, report: ReportProblem): SimpleQuestion | null {
  const stem = cleanText(cells.stem ?? '');
  const files = readFiles(cells.files, report);
  const answer = cleanText(cells.answer ?? '');
  if (answer === '') {
    report('answer-missing', 'answer');
    return null;
  }
  if (kind === 'judgement') return readJudgementRow(cells, { stem, files }, answer, report);
  if (kind === 'fill') return readFill({ stem, files }, answer);
  const options = readOptions(cells, report);
  const keys = readKeys(answer);
  if (!keys) {
    report('answer-unreadable', 'answer', { found: answer });
    return null;
  }
  if (kind === 'multiple') return { kind, stem, files, options, answer: keys };
  const [only] = keys;
  if (only === undefined || keys.length > 1) {
    report('answer-not-single', 'answer', { found: answer });
    return null;
  }
  return { kind, stem, files, options, answer: only };
}

type Stem = { readonly stem: string; readonly files: readonly QuestionFile[] };

/** Many banks write judgements as `A 正确 B 错误` with a letter as answer. */
function readJudgementRow(
  cells: ImportCells,
  stem: Stem,
  answer: string,
  report: ReportProblem,
): SimpleQuestion | null {
  const key = readKeys(answer)?.[0];
  const said = readJudgement((key && cells[key]) ?? answer);
  if (said === null) {
    report('answer-unreadable', 'answer', { found: answer });
    return null;
  }
  return { kind: 'judgement', ...stem, answer: said };
}

/**
 * A line for each blank, `|` between wordings that all count. On one line, blanks are separated by `；` where there are several.
 * A stem without `____` has its empty brackets taken for the blanks.
 */
function readFill({ stem: given, files }: Stem, answer: string): SimpleQuestion {
  const stem = countBlanks(given) > 0 ? given : asBlanks(given);
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  const blanks = countBlanks(stem);
  const texts = blanks > 1 && lines.length === 1 ? splitByCount(lines[0] ?? '', blanks) : lines;
  return { kind: 'fill', stem, files, accepted: texts.map((text) => splitList(text, '|｜')) };
}

const asBlanks = (stem: string): string => {
  const widened = stem.replaceAll(/_{2,3}/g, '____').replaceAll(/＿{2,}/g, '____');
  return countBlanks(widened) > 0 ? widened : widened.replaceAll(blankSigns, '____');
};

function splitByCount(line: string, blanks: number): readonly string[] {
  for (const signs of [/[；;]/, /[，,]/, /、/, /\s{2,}|\u3000+/, /\s+/]) {
    const parts = line.split(signs).map((part) => part.trim());
    if (parts.length === blanks && parts.every((part) => part !== '')) return parts;
  }
  return [line];
}

/** The kind of a row: as it says, else as its options and answer look. Null with a problem where neither helps. */
export function findKind(cells: ImportCells, report: ReportProblem): { kind: QuestionKind | null; isPart: boolean } {
  const { said, kind, isPart } = readRowKind(cells.kind ?? '');
  if (kind !== null && kind !== 'choice') return { kind, isPart };
  if (kind === null && said !== '') {
    report(isEssayKind(said) ? 'kind-not-supported' : 'kind-unknown', 'kind', { found: said });
    return { kind: null, isPart };
  }
  const guessed = guessKind(cells);
  if (guessed === null) report('kind-unknown', 'kind', { found: said });
  return { kind: guessed, isPart };
}

function guessKind(cells: ImportCells): SimpleKind | null {
  const answer = cells.answer ?? '';
  if (cells.A !== undefined && cells.B !== undefined) {
    const isJudgement = cells.C === undefined && readJudgement(cells.A) !== null && readJudgement(cells.B) !== null;
    if (isJudgement) return 'judgement';
    return (readKeys(answer)?.length ?? 0) > 1 ? 'multiple' : 'single';
  }
  if (readJudgement(answer) !== null) return 'judgement';
  return countBlanks(asBlanks(cells.stem ?? '')) > 0 && answer !== '' ? 'fill' : null;
}
