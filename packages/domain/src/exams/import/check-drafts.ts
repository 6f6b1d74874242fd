import type { SchemeCode } from '../../study/rule-sets.ts';
import { optionKeys, type Question, type QuestionFacts, type QuestionFile, type SimpleQuestion } from '../question.ts';
import { findQuestionProblems } from '../question-problems.ts';
import type { QuestionField, QuestionProblem } from '../question-words.ts';
import { questionStemKey, stemKeyOf } from '../similar-stems.ts';
import {
  type DraftRow,
  type ImportColumn,
  type ImportProblem,
  importProblem,
  type RawRow,
  type ReportProblem,
} from './draft-row.ts';
import { type ImportTopic, topicFinder } from './topic-names.ts';

/** What rows are checked against. */
export interface CheckContext {
  readonly scheme: SchemeCode;
  readonly topics: readonly ImportTopic[];
  /** For rows that name no topic. */
  readonly defaultTopicId: string | null;
  /** For rows that name no day: YYYY-MM-DD. */
  readonly today: string;
  /** `sameQuestionKey` by stem key of what the bank holds. */
  readonly inBank: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pictures and videos of the organisation. */
  readonly knownFiles: ReadonlySet<string>;
}

export interface ImportedQuestion {
  readonly question: Question;
  readonly facts: QuestionFacts;
}
/** A question of a file, ready for the bank unless `item` is null. */
export interface CheckedDraft {
  readonly rows: readonly RawRow[];
  readonly item: ImportedQuestion | null;
  readonly problems: readonly ImportProblem[];
}

/** Checks every row against the bank, its syllabi and the rows above; nothing is left out at the first problem. */
export function checkDrafts(drafts: readonly DraftRow[], context: CheckContext): readonly CheckedDraft[] {
  const findTopic = topicFinder(context.topics);
  const seen = new Map<string, Map<string, number>>();
  return drafts.map((draft): CheckedDraft => {
    const [main] = draft.rows;
    if (!main) throw new RangeError('a question has at least one row');
    const problems = [...draft.problems];
    const report: ReportProblem = (code, column, details) => problems.push(importProblem(main, code, column, details));
    const { topic: words, ...read } = draft.facts;
    const topic = words === null ? null : findTopic(words);
    if (topic === null && words !== null) report('topic-unknown', 'topic', { found: words });
    if (topic === 'ambiguous') report('topic-ambiguous', 'topic', { found: words ?? '' });
    if (words === null && context.defaultTopicId === null) report('topic-missing', 'topic');
    const topicId = topic !== null && topic !== 'ambiguous' ? topic.id : (context.defaultTopicId ?? '');
    const facts: QuestionFacts = {
      scheme: context.scheme,
      ...read,
      topicId,
      difficulty: read.difficulty ?? 2,
      validFrom: read.validFrom ?? context.today,
    };
    if (draft.question) {
      for (const problem of findQuestionProblems(draft.question, facts)) problems.push(inCell(problem, draft.rows));
      checkFiles(draft.question, context.knownFiles, (found) => report('file-foreign', 'files', { found }));
      checkTwins(draft.question, main, context.inBank, seen, report);
    }
    const isGood = draft.question !== null && problems.every(({ level }) => level !== 'stop');
    return { rows: draft.rows, item: isGood && draft.question ? { question: draft.question, facts } : null, problems };
  });
}

const columnOfField: Readonly<Record<QuestionField, ImportColumn>> = {
  stem: 'stem',
  files: 'files',
  options: 'A',
  answer: 'answer',
  parts: 'stem',
  clause: 'clause',
  explanation: 'explanation',
  validFrom: 'validFrom',
  validUntil: 'validUntil',
  posts: 'posts',
  exclusionGroup: 'group',
};

function inCell({ field, part, stops, zh, en }: QuestionProblem, rows: readonly RawRow[]): ImportProblem {
  const row = (part === null ? rows[0] : rows[part + 1]) ?? rows[0];
  if (!row) throw new RangeError('a question has at least one row');
  // The sentence names the option.
  const option = field === 'options' ? optionKeys.find((key) => zh.includes(`选项 ${key}`)) : undefined;
  const code = stops === 'saving' ? 'question-invalid' : 'question-incomplete';
  return importProblem(row, code, option ?? columnOfField[field], { zh, en });
}

const simpleOf = (question: Question): readonly SimpleQuestion[] =>
  question.kind === 'case' ? question.parts : [question];

/** Every picture and video of a question. */
export function questionFiles(question: Question): readonly QuestionFile[] {
  const ofSimple = simpleOf(question).flatMap((part) => [
    ...part.files,
    ...('options' in part ? part.options.flatMap(({ file }) => file ?? []) : []),
  ]);
  return question.kind === 'case' ? [...question.files, ...ofSimple] : ofSimple;
}

/** A picture of the file's own package carries its path instead of an id. */
export const PACKAGE_FILE = 'package:';

function checkFiles(question: Question, known: ReadonlySet<string>, report: (found: string) => void): void {
  for (const { fileId } of questionFiles(question))
    if (!fileId.startsWith(PACKAGE_FILE) && !known.has(fileId)) report(fileId);
}

/** What makes two questions the same: kind, stem, options in any order, and which are right. */
export function sameQuestionKey(question: Question): string {
  const keyOf = (part: SimpleQuestion): string => {
    const stem = `${part.kind}:${stemKeyOf(part.stem)}`;
    if (part.kind === 'judgement') return `${stem}:${part.answer}`;
    if (part.kind === 'fill') return `${stem}:${part.accepted.map((one) => one.join('|')).join('\n')}`;
    const right = new Set<string>(part.answer);
    const options = part.options.map(
      ({ key, text, file }) => `${right.has(key)}${stemKeyOf(text) || text}${file?.fileId ?? ''}`,
    );
    return `${stem}:${options.sort().join('\n')}`;
  };
  return [questionStemKey(question), ...simpleOf(question).map(keyOf)].join('\n\n');
}

function checkTwins(
  question: Question,
  { place }: RawRow,
  inBank: CheckContext['inBank'],
  seen: Map<string, Map<string, number>>,
  report: ReportProblem,
): void {
  const stemKey = questionStemKey(question);
  if (stemKey === '') return;
  const same = sameQuestionKey(question);
  const above = seen.get(stemKey) ?? new Map<string, number>();
  const twin = above.get(same);
  const [other] = above.values();
  if (twin !== undefined) report('duplicate-in-file', 'stem', { other: twin });
  else if (other !== undefined) report('similar-in-file', 'stem', { other });
  const known = inBank.get(stemKey);
  if (known?.has(same)) report('duplicate-in-bank', 'stem');
  else if (known) report('stem-in-bank', 'stem');
  if (twin === undefined) above.set(same, place.row);
  seen.set(stemKey, above);
}
