import type { CaseQuestion, Question, QuestionFacts, QuestionFile, SimpleQuestion } from '../question.ts';
import { escapeText } from './clean-text.ts';
import type { ImportCells } from './draft-row.ts';
import { writeFileMark } from './file-mark.ts';
import { kindNames, partName } from './kind-words.ts';
import { difficultyNames } from './read-words.ts';

/** A question with its facts; the topic in words. What an export writes. */
export interface ExportedQuestion {
  readonly question: Question;
  readonly facts: QuestionFacts;
  readonly topic: string;
}

/** The rows of a question: one, or for a case one for the stem and one for each of its questions. `buildDrafts` reads them back. */
export function writeCells({ question, facts, topic }: ExportedQuestion): readonly ImportCells[] {
  const [first = {}, ...parts] = questionCells(question);
  return [withoutEmpty({ ...first, ...factCells(facts), topic }), ...parts];
}

/** The rows of a question without its facts. */
export function questionCells(question: Question): readonly ImportCells[] {
  if (question.kind !== 'case') return [withoutEmpty(simpleCells(question))];
  const parts = question.parts.map((part) => ({ ...simpleCells(part), kind: partName(part.kind) }));
  return [caseCells(question), ...parts].map(withoutEmpty);
}

const caseCells = ({ stem, files }: CaseQuestion): ImportCells => ({ kind: kindNames.case, stem, files: marks(files) });

function simpleCells(question: SimpleQuestion): ImportCells {
  const { kind, stem, files } = question;
  const options =
    'options' in question
      ? question.options.map(({ key, text, file }) => [key, file ? `${text}\n${writeFileMark(file)}`.trim() : text])
      : [];
  return {
    kind: kindNames[kind],
    stem,
    files: marks(files),
    ...Object.fromEntries(options),
    answer: answerOf(question),
  };
}

const marks = (files: readonly QuestionFile[]): string => files.map(writeFileMark).join('\n');

function answerOf(question: SimpleQuestion): string {
  if (question.kind === 'judgement') return question.answer ? '正确' : '错误';
  if (question.kind === 'single') return question.answer;
  if (question.kind === 'multiple') return question.answer.join('');
  return question.accepted.map((wordings) => wordings.map((one) => escapeText(one, '|｜')).join('|')).join('\n');
}

const factCells = (facts: QuestionFacts): ImportCells => ({
  explanation: facts.explanation,
  difficulty: difficultyNames[facts.difficulty],
  posts: facts.posts.map((post) => escapeText(post, '、,，;；')).join('、'),
  clause: facts.clause,
  validFrom: facts.validFrom,
  validUntil: facts.validUntil ?? '',
  group: facts.exclusionGroup ?? '',
});

const withoutEmpty = (cells: ImportCells): ImportCells =>
  Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== undefined && text !== ''));
