import type { listQuestions as endpoint, QuestionSummary } from '@antu/contract';
import { stemKeyOf } from '@antu/domain';
import { z } from 'zod';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { getBank } from './banks.ts';
import { type BankContext, rowsOf } from './context.ts';
import { readStatistics } from './read-statistics.ts';
import { questionOf, type VersionRow, versionColumns } from './version-rows.ts';

export type QuestionFilter = z.output<(typeof endpoint)['query']>;

interface SummaryRow extends VersionRow {
  readonly active_version_id: string | null;
  readonly topic_title_zh: string;
  readonly topic_title_en: string;
}

/**
 * The newest version of each question: `v` of question `q` in bank `b`. A draft that was thrown away is shown only where there never
 * was anything else.
 */
export const newestVersions = `question q join question_bank b on b.id = q.bank_id
  join lateral (
    select * from question_version n where n.question_id = q.id order by n.state = 'dropped', n.number desc limit 1
  ) v on true`;

/** $1 bank, $2 state, $3 topic, $4 kind, $5 difficulty, $6 import, $7 stem, $8 words, $9 words of the clause. */
const matching = `from ${newestVersions} join syllabus_topic t on t.id = v.topic_id
  where q.bank_id = $1
    and case $2::text when 'retired' then q.retired_at is not null when 'drawn' then q.active_version_id is not null
      else q.retired_at is null and ($2 is null or v.state = $2) end
    and ($3::uuid is null or v.topic_id = $3) and ($4::text is null or v.kind = $4)
    and ($5::smallint is null or v.difficulty = $5) and ($6::uuid is null or v.import_id = $6)
    and (($7::text is null and $8::text is null) or v.stem_key like $7 or v.clause ilike $8 or v.explanation ilike $8)
    and ($9::text is null or v.clause ilike $9)`;

/** A pattern that holds the words anywhere, signs of patterns taken as they are. */
export const containing = (words: string): string => `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** Questions of a bank, those written last first, as their newest version stands. */
export async function listQuestions(
  ctx: BankContext,
  bankId: string,
  filter: QuestionFilter,
): Promise<{ items: QuestionSummary[]; nextCursor: string | null; total: number }> {
  await getBank(ctx.pool, ctx.actor, 'questions.read', bankId);
  const shared = [bankId, ...patternsOf(filter)];
  const [rows, [count]] = await Promise.all([
    rowsOf<SummaryRow>(
      ctx.pool,
      `select ${versionColumns}, q.active_version_id, t.title_zh as topic_title_zh, t.title_en as topic_title_en
       ${matching} and ($10::uuid is null or q.id < $10) order by q.id desc limit $11`,
      [...shared, readCursor(filter.cursor), filter.limit + 1],
    ),
    rowsOf<{ total: number }>(ctx.pool, `select count(*)::int as total ${matching}`, shared),
  ]);
  const shown = rows.slice(0, filter.limit);
  const statistics = await readStatistics(
    ctx.pool,
    shown.flatMap(({ active_version_id: id }) => id ?? []),
  );
  return {
    items: shown.map((row) => ({
      id: row.question_id,
      versionId: row.id,
      number: row.number,
      revision: row.revision,
      state: row.state,
      isDrawn: row.active_version_id !== null,
      kind: row.kind,
      stem: questionOf(row).stem,
      topic: { id: row.topic_id, titleZh: row.topic_title_zh, titleEn: row.topic_title_en },
      difficulty: row.difficulty,
      clause: row.clause,
      validUntil: row.valid_until,
      ownWork: row.authors.includes(ctx.actor.accountId),
      changedAt: (row.reviewed_at ?? row.created_at).toISOString(),
      statistics: statistics.get(row.active_version_id ?? '')?.all ?? null,
    })),
    nextCursor: rows.length > shown.length ? (shown.at(-1)?.question_id ?? null) : null,
    total: count?.total ?? 0,
  };
}

/** Newest versions of the questions of a bank that the filter lets through, in the order in which they were written. */
export const findVersions = (
  db: Queryable,
  bankId: string,
  filter: Omit<QuestionFilter, 'cursor' | 'limit'>,
  most: number,
): Promise<VersionRow[]> =>
  rowsOf<VersionRow>(db, `select ${versionColumns} ${matching} and v.state <> 'dropped' order by q.id limit $10`, [
    bankId,
    ...patternsOf(filter),
    most,
  ]);

function patternsOf({
  state,
  topicId,
  kind,
  difficulty,
  importId,
  q = '',
  clause = '',
}: Omit<QuestionFilter, 'cursor' | 'limit'>): unknown[] {
  const key = stemKeyOf(q);
  return [
    state ?? null,
    topicId ?? null,
    kind ?? null,
    difficulty ?? null,
    importId ?? null,
    key === '' ? null : `%${key}%`,
    q === '' ? null : containing(q),
    clause === '' ? null : containing(clause),
  ];
}

function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const found = z.uuid().safeParse(cursor);
  if (!found.success) throw new AppError('platform.bad_input', { summary: 'cursor' });
  return found.data;
}
