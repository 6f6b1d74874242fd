import type { CaseQuestion, Question, QuestionKind, SimpleQuestion } from '../question.ts';
import { cleanText, splitList } from './clean-text.ts';
import {
  type DraftFacts,
  type DraftRow,
  type ImportProblem,
  importProblem,
  type RawRow,
  type ReportProblem,
} from './draft-row.ts';
import { readDay, readDifficulty } from './read-words.ts';
import { findKind, readFiles, readSimple } from './read-simple.ts';

interface KnownRow {
  readonly row: RawRow;
  readonly kind: QuestionKind | null;
  readonly isPart: boolean;
  readonly problems: ImportProblem[];
}

/** Questions of rows: one each, but a case takes the rows marked as its questions below it. */
export function buildDrafts(rows: readonly RawRow[]): readonly DraftRow[] {
  const groups: KnownRow[][] = [];
  for (const row of rows) {
    const problems = [...row.problems];
    const known = { row, problems, ...findKind(row.cells, reporter(row, problems)) };
    const above = groups.at(-1);
    if (known.isPart && above?.[0]?.kind === 'case') above.push(known);
    else groups.push([known]);
  }
  return groups.map((group) => buildDraft(group));
}

const reporter =
  (row: RawRow, problems: ImportProblem[]): ReportProblem =>
  (code, column, details) =>
    problems.push(importProblem(row, code, column, details));

function buildDraft(group: readonly KnownRow[]): DraftRow {
  const [main, ...parts] = group;
  if (!main) throw new RangeError('a question has at least one row');
  const report = reporter(main.row, main.problems);
  if (main.isPart) report('part-without-case', 'kind');
  const facts = readFacts(group, report);
  const question = main.isPart ? null : buildQuestion(main, parts, report);
  return { rows: group.map(({ row }) => row), question, facts, problems: group.flatMap(({ problems }) => problems) };
}

function buildQuestion(main: KnownRow, parts: readonly KnownRow[], report: ReportProblem): Question | null {
  const { row, kind } = main;
  if (kind === null) return null;
  if (kind !== 'case') return readSimple(row.cells, kind, report);
  const read = parts.map((part) => buildPart(part));
  const complete = read.filter((part) => part !== null);
  if (complete.length < read.length) return null;
  const stem = cleanText(row.cells.stem ?? '');
  return { kind, stem, files: readFiles(row.cells.files, report), parts: complete } satisfies CaseQuestion;
}

function buildPart({ row, kind, problems }: KnownRow): SimpleQuestion | null {
  const report = reporter(row, problems);
  if (kind === 'case') report('part-is-case', 'kind');
  return kind === null || kind === 'case' ? null : readSimple(row.cells, kind, report);
}

/** Facts stand in the first row; what explains a question of a case is added to the explanation of the case. */
function readFacts(group: readonly KnownRow[], report: ReportProblem): DraftFacts {
  const cells = group[0]?.row.cells ?? {};
  const text = (value: string | undefined): string => cleanText(value ?? '');
  const difficulty = text(cells.difficulty);
  const readDifficultyOr = difficulty === '' ? null : readDifficulty(difficulty);
  if (difficulty !== '' && readDifficultyOr === null)
    report('difficulty-unreadable', 'difficulty', { found: difficulty });
  const day = (column: 'validFrom' | 'validUntil'): string | null => {
    const found = text(cells[column]);
    // Some banks write that there is no end.
    if (found === '' || (column === 'validUntil' && /^(长期|永久|无|不限|-|—+)$/.test(found))) return null;
    const read = readDay(found);
    if (read === null) report('date-unreadable', column, { found });
    return read;
  };
  const explanations = group.flatMap(({ row }, index) => {
    const explanation = text(row.cells.explanation);
    if (explanation === '') return [];
    return [index === 0 ? explanation : `（${index}）${explanation}`];
  });
  return {
    topic: text(cells.topic) || null,
    posts: [...new Set(splitList(text(cells.posts), '、,，;；\n'))],
    difficulty: readDifficultyOr,
    clause: text(cells.clause),
    explanation: explanations.join('\n'),
    validFrom: day('validFrom'),
    validUntil: day('validUntil'),
    exclusionGroup: text(cells.group) || null,
  };
}
