import { findQuestionProblems, type Question, type QuestionFacts } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { BankRow } from './banks.ts';
import { rowsOf } from './context.ts';
import { filesOf } from './version-rows.ts';

export interface NewQuestion {
  readonly question: Question;
  readonly facts: QuestionFacts;
}

/** Most questions of which a refusal names the problems. */
const MOST_NAMED = 20;

/**
 * Refuses questions that the bank cannot keep: problems of their own, a topic of another scheme, a file of another organisation.
 * @param stage what the questions are about to go through; a review asks for more than a draft
 */
export async function checkQuestions(
  db: Queryable,
  bank: Pick<BankRow, 'scheme' | 'organisation_id'>,
  items: readonly NewQuestion[],
  stage: 'saving' | 'review',
): Promise<void> {
  const found = items.flatMap(({ question, facts }, index) =>
    findQuestionProblems(question, facts)
      .filter(({ stops }) => stops === 'saving' || stage === 'review')
      .map((problem) => ({ index, ...problem })),
  );
  if (found.length > 0) {
    throw new AppError(stage === 'saving' ? 'questions.not_valid' : 'questions.not_ready', {
      summary: found[0]?.zh ?? '',
      summaryEn: found[0]?.en ?? '',
      problems: found.filter(({ index }) => index < (found[0]?.index ?? 0) + MOST_NAMED),
    });
  }
  if (items.some(({ facts }) => facts.scheme !== bank.scheme)) throw new AppError('questions.topic_foreign');
  await checkTopics(db, bank, items);
  await checkFiles(db, bank, items);
}

async function checkTopics(
  db: Queryable,
  { scheme }: Pick<BankRow, 'scheme'>,
  items: readonly NewQuestion[],
): Promise<void> {
  const topicIds = [...new Set(items.map(({ facts }) => facts.topicId))];
  const [count] = await rowsOf<{ count: number }>(
    db,
    `select count(*)::int as count from syllabus_topic t join syllabus s on s.id = t.syllabus_id
     where t.id = any($1::uuid[]) and s.scheme = $2`,
    [topicIds, scheme],
  );
  if (count?.count !== topicIds.length) throw new AppError('questions.topic_foreign');
}

async function checkFiles(
  db: Queryable,
  bank: Pick<BankRow, 'organisation_id'>,
  items: readonly NewQuestion[],
): Promise<void> {
  const kinds = new Map(
    items.flatMap(({ question }) => filesOf(question)).map(({ fileId, kind }) => [fileId.toLowerCase(), kind] as const),
  );
  if (kinds.size === 0) return;
  const rows = await rowsOf<{ id: string; kind: string }>(
    db,
    'select id, kind from question_file where id = any($1::uuid[]) and organisation_id = $2',
    [[...kinds.keys()], bank.organisation_id],
  );
  if (rows.filter(({ id, kind }) => kinds.get(id) === kind).length < kinds.size)
    throw new AppError('questions.file_foreign');
}
