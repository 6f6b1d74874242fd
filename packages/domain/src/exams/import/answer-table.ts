import { toHalfWidth } from './clean-text.ts';
import { type ImportProblem, importProblem } from './draft-row.ts';
import { readKindWords } from './kind-words.ts';
import type { TextQuestion } from './text-question.ts';

/** Answer of a question by its number, under the heading that stood above it in the table. */
export interface TableEntry {
  readonly row: number;
  readonly section: string | null;
  readonly number: number;
  readonly answer: string;
}

const oneAnswer = '(?:[A-H](?:\\s?[A-H]){0,7}(?![A-Za-z])|√|×|✓|✗|正确|错误|对|错|[TF](?![A-Za-z]))';
const range = /(\d{1,4})\s*[-–—~～至]+\s*(\d{1,4})\s*(?:题)?\s*[:、.)]?\s*([A-H√×✓✗对错TF][A-H√×✓✗对错TF\s,、;|]*)/g;
const single = new RegExp(
  `(?<!\\d)(\\d{1,4})\\s*[、.:)]?\\s*[(\\[【]?\\s*(${oneAnswer})\\s*[)\\]】]?(?=[\\s,;、。]|\\d|$)`,
  'g',
);
const MOST_IN_RANGE = 500;

/** Entries of a line of a table: `1-5 ABCDA 6-10 √×√√×`, `1.A 2.BC 3.对`. Empty where the line is none. */
export function readTableLine(text: string, row: number, section: string | null): readonly TableEntry[] {
  const half = toHalfWidth(text);
  const entries: TableEntry[] = [];
  let rest = half;
  for (const [whole, from = '', to = '', letters = ''] of half.matchAll(range)) {
    const count = Number(to) - Number(from) + 1;
    const answers = count > 0 && count <= MOST_IN_RANGE ? splitAnswers(letters, count) : null;
    if (!answers) continue;
    answers.forEach((answer, index) => entries.push({ row, section, number: Number(from) + index, answer }));
    rest = rest.replace(whole, ' ');
  }
  for (const [, number = '', answer = ''] of rest.matchAll(single))
    entries.push({ row, section, number: Number(number), answer: answer.replaceAll(/\s/g, '') });
  return entries;
}

/** A letter each, or groups between spaces where some have several letters. */
function splitAnswers(letters: string, count: number): readonly string[] | null {
  const groups = letters.split(/[\s,、;|]+/).filter((group) => group !== '');
  if (groups.length === count) return groups;
  const chars = [...groups.join('')];
  return chars.length === count ? chars : null;
}

/** Whether a line is nothing but a part of a table. */
export function isTableLine(text: string): boolean {
  const half = toHalfWidth(text).trim();
  if (!/^\d/.test(half)) return false;
  const rest = half.replaceAll(range, ' ').replaceAll(single, ' ');
  return rest !== half && /^[\s,;、。.|]*$/.test(rest);
}

/** Gives the questions without an answer theirs. What fits none, or several, is reported. */
export function applyTable(
  entries: readonly TableEntry[],
  questions: readonly TextQuestion[],
): readonly ImportProblem[] {
  const notes: ImportProblem[] = [];
  const byNumber = Map.groupBy(questions, (question) => question.number);
  for (const { row, section, number, answer } of entries) {
    const kind = section === null ? null : readKindWords(section);
    const numbered = byNumber.get(number) ?? [];
    const all = numbered.filter(({ cells }) => (cells.answer ?? '') === '');
    const fitting = kind === null ? all : all.filter((question) => readKindWords(question.section ?? '') === kind);
    const [question, ...others] = fitting.length > 0 ? fitting : all;
    if (!question) {
      if (numbered.length === 0)
        notes.push(importProblem({ place: { row } }, 'table-unmatched', null, { found: number }));
    } else if (others.length > 0) {
      for (const one of [question, ...others]) {
        if (one.problems.some(({ code }) => code === 'table-ambiguous')) continue;
        one.problems.push(importProblem({ place: { row: one.row } }, 'table-ambiguous', 'answer', { found: number }));
      }
    } else question.cells.answer = answer;
  }
  return notes;
}
