import {
  chinaDateAt,
  type CheckContext,
  type DraftRow,
  type ImportTopic,
  type Question,
  questionFiles,
  questionStemKey,
  sameQuestionKey,
  type SchemeCode,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { BankRow } from '../bank/banks.ts';
import { rowsOf } from '../bank/context.ts';
import { newestVersions } from '../bank/list-questions.ts';
import { questionOf } from '../bank/version-rows.ts';

/** Topics of the syllabi of a scheme, those of the newest first. */
export const listImportTopics = (db: Queryable, scheme: SchemeCode): Promise<ImportTopic[]> =>
  rowsOf<ImportTopic>(
    db,
    `select t.id, t.code, t.title_zh as "titleZh", t.title_en as "titleEn", s.title_zh as "syllabusTitleZh"
     from syllabus_topic t join syllabus s on s.id = t.syllabus_id
     where s.scheme = $1 order by s.valid_from desc, s.title_zh, t.position`,
    [scheme],
  );

/** What the drafts of a file are checked against: only what they could meet is loaded. */
export async function loadCheckContext(
  db: Queryable,
  bank: Pick<BankRow, 'id' | 'scheme' | 'organisation_id'>,
  drafts: readonly DraftRow[],
  { defaultTopicId, nowMs }: { defaultTopicId: string | null; nowMs: number },
): Promise<CheckContext> {
  const questions = drafts.flatMap(({ question }) => question ?? []);
  // One after the other: within a transaction there is one connection.
  const topics = await listImportTopics(db, bank.scheme);
  const inBank = await loadTwins(db, bank.id, questions);
  const knownFiles = await loadFiles(db, bank.organisation_id, questions);
  return { scheme: bank.scheme, topics, defaultTopicId, today: chinaDateAt(nowMs), inBank, knownFiles };
}

async function loadTwins(
  db: Queryable,
  bankId: string,
  questions: readonly Question[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await rowsOf<{ content: string; stem_key: string }>(
    db,
    `select v.content, v.stem_key from ${newestVersions}
     where q.bank_id = $1 and q.retired_at is null and v.state <> 'dropped' and v.stem_key = any($2::text[])`,
    [bankId, [...new Set(questions.map(questionStemKey))]],
  );
  const twins = new Map<string, Set<string>>();
  for (const row of rows)
    twins.set(row.stem_key, (twins.get(row.stem_key) ?? new Set()).add(sameQuestionKey(questionOf(row))));
  return twins;
}

async function loadFiles(
  db: Queryable,
  organisationId: string,
  questions: readonly Question[],
): Promise<ReadonlySet<string>> {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const wanted = questions
    .flatMap(questionFiles)
    .map(({ fileId }) => fileId)
    .filter((fileId) => uuid.test(fileId));
  const rows = await rowsOf<{ id: string }>(
    db,
    'select id from question_file where id = any($1::uuid[]) and organisation_id = $2',
    [[...new Set(wanted)], organisationId],
  );
  return new Set(rows.map(({ id }) => id));
}
