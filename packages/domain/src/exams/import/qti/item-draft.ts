import {
  type DraftFacts,
  type DraftRow,
  type ImportCells,
  type ImportProblem,
  importProblem,
  type RawRow,
  type ReportProblem,
} from '../draft-row.ts';
import { difficultyNames } from '../read-words.ts';
import { questionCells } from '../write-cells.ts';
import type { ItemPackage } from './read-flow.ts';
import { readItem } from './read-item.ts';
import type { XmlElement } from './xml-tree.ts';

const noFacts: DraftFacts = {
  topic: null,
  posts: [],
  difficulty: null,
  clause: '',
  explanation: '',
  validFrom: null,
  validUntil: null,
  exclusionGroup: null,
};

/** The draft of an item, with the rows that a sheet would have for it. */
export function draftOfItem(
  root: XmlElement,
  place: RawRow['place'],
  known: DraftFacts | null,
  itemPackage: Omit<ItemPackage, 'reportFile'>,
): DraftRow {
  const problems: ImportProblem[] = [];
  const report: ReportProblem = (code, column, details) =>
    problems.push(importProblem({ place }, code, column, details));
  const reportFile: ItemPackage['reportFile'] = (code, found) => report(code, 'files', { found });
  const item = readItem(root, { ...itemPackage, reportFile }, report);
  const facts = known ?? { ...noFacts, explanation: item.explanation };
  const cells = item.question ? questionCells(item.question) : [{ stem: item.stem }];
  const rows = cells.map((one, index) => ({
    place,
    cells: index === 0 ? { ...one, ...factWords(facts) } : one,
    problems: [],
  }));
  return { rows, question: item.question, facts, problems };
}

const factWords = (facts: DraftFacts): ImportCells =>
  Object.fromEntries(
    Object.entries({
      explanation: facts.explanation,
      topic: facts.topic ?? '',
      difficulty: facts.difficulty === null ? '' : difficultyNames[facts.difficulty],
      posts: facts.posts.join('、'),
      clause: facts.clause,
      validFrom: facts.validFrom ?? '',
      validUntil: facts.validUntil ?? '',
      group: facts.exclusionGroup ?? '',
    }).filter(([, text]) => text !== ''),
  );

/** A row for an item that could not be opened at all. */
export const brokenItem = (place: RawRow['place'], problem: ImportProblem): DraftRow => ({
  rows: [{ place, cells: {}, problems: [] }],
  question: null,
  facts: noFacts,
  problems: [problem],
});
