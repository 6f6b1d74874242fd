import {
  type Difficulty,
  movableOptionCounts,
  type Question,
  type QuestionFacts,
  type QuestionFile,
  type QuestionKind,
  type QuestionState,
  questionStemKey,
  type SchemeCode,
} from '@antu/domain';

/** A version with what its question and bank say. */
export interface VersionRow {
  readonly id: string;
  readonly question_id: string;
  readonly bank_id: string;
  readonly organisation_id: string;
  readonly scheme: SchemeCode;
  readonly number: number;
  readonly state: QuestionState;
  readonly kind: QuestionKind;
  readonly topic_id: string;
  readonly difficulty: Difficulty;
  readonly posts: readonly string[];
  readonly exclusion_group: string | null;
  readonly valid_from: string;
  readonly valid_until: string | null;
  readonly clause: string;
  readonly explanation: string;
  readonly content: string;
  readonly stem_key: string;
  readonly revision: number;
  readonly import_id: string | null;
  readonly created_by: string;
  readonly authors: readonly string[];
  readonly created_at: Date;
  readonly reviewed_by: string | null;
  readonly reviewed_at: Date | null;
  readonly review_comment: string | null;
}

/** Columns and tables of a `VersionRow`; the version is `v`, its question `q`, its bank `b`. */
export const versionColumns = `v.id, v.question_id, q.bank_id, b.organisation_id, b.scheme, v.number, v.state, v.kind, v.topic_id,
  v.difficulty, v.posts, v.exclusion_group, v.valid_from, v.valid_until, v.clause, v.explanation, v.content, v.stem_key, v.revision,
  v.import_id, v.created_by, v.authors, v.created_at, v.reviewed_by, v.reviewed_at, v.review_comment`;
export const versionTables = `question_version v join question q on q.id = v.question_id join question_bank b on b.id = q.bank_id`;

/** The question of a row. Only this module writes the column, and only what the contract's schema let through. */
export const questionOf = ({ content }: Pick<VersionRow, 'content'>): Question => JSON.parse(content) as Question;

export const factsOf = (row: VersionRow): QuestionFacts => ({
  scheme: row.scheme,
  topicId: row.topic_id,
  posts: row.posts,
  difficulty: row.difficulty,
  clause: row.clause,
  explanation: row.explanation,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  exclusionGroup: row.exclusion_group,
});

/** Columns of a version that say what it asks. */
export const contentColumns = (question: Question, facts: QuestionFacts) => ({
  kind: question.kind,
  topic_id: facts.topicId,
  difficulty: facts.difficulty,
  posts: facts.posts,
  exclusion_group: facts.exclusionGroup,
  valid_from: facts.validFrom,
  valid_until: facts.validUntil,
  clause: facts.clause,
  explanation: facts.explanation,
  content: JSON.stringify(question),
  option_counts: movableOptionCounts(question),
  stem_key: questionStemKey(question),
});

/** Every picture and video of a question. */
export function filesOf(question: Question): readonly QuestionFile[] {
  const stems = question.kind === 'case' ? [question, ...question.parts] : [question];
  return stems.flatMap((stem) => [
    ...stem.files,
    ...('options' in stem ? stem.options.flatMap(({ file }) => (file === null ? [] : [file])) : []),
  ]);
}
