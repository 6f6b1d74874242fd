import type { Tx } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { getBank } from './banks.ts';
import { checkQuestions, type NewQuestion } from './check-questions.ts';
import type { BankContext } from './context.ts';
import { contentColumns } from './version-rows.ts';

export interface CreatedQuestion {
  readonly questionId: string;
  readonly versionId: string;
}

/** Rows of one statement: keeps its text below some megabytes. */
const ROWS_AT_ONCE = 500;

/**
 * Writes new questions into a bank, all or none, as drafts of the actor.
 * @param importId the import that brings them, if one does
 * @param approvedBy account that looked them over already; then papers may draw them at once. Not the actor's own.
 * @returns ids in the order of the items
 * Errors: `questions.not_valid` with every problem by index of its item, `questions.topic_foreign`, `questions.file_foreign`
 */
export async function createQuestions(
  tx: Tx,
  ctx: BankContext,
  bankId: string,
  items: readonly NewQuestion[],
  importId: string | null,
  { approvedBy = null }: { approvedBy?: string | null } = {},
): Promise<readonly CreatedQuestion[]> {
  const bank = await getBank(tx, ctx.actor, 'questions.write', bankId);
  if (items.length === 0) return [];
  await checkQuestions(tx, bank, items, approvedBy === null ? 'saving' : 'review');
  const now = ctx.now();
  const created = items.map(() => ({ questionId: uuidv7(now.getTime()), versionId: uuidv7(now.getTime()) }));
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
    const rows = items.slice(from, from + ROWS_AT_ONCE).map(({ question, facts }, index) => ({
      question_id: created[from + index]?.questionId,
      id: created[from + index]?.versionId,
      ...contentColumns(question, facts),
    }));
    await insertRows(tx, ctx, { bankId, importId, approvedBy, now }, rows);
  }
  await recordAudit(tx, ctx, {
    action: 'questions.create',
    object:
      items.length === 1
        ? { kind: 'question', id: created[0]?.questionId ?? null }
        : { kind: 'question-bank', id: bankId },
    detail: { bankId, count: items.length, importId, approvedBy },
  });
  return created;
}

const newRows = `jsonb_to_recordset($1::jsonb) as r(question_id uuid, id uuid, kind text, topic_id uuid, difficulty smallint,
  posts text[], exclusion_group text, valid_from date, valid_until date, clause text, explanation text, content text,
  option_counts smallint[], stem_key text)`;

async function insertRows(
  tx: Tx,
  { actor }: BankContext,
  {
    bankId,
    importId,
    approvedBy,
    now,
  }: { bankId: string; importId: string | null; approvedBy: string | null; now: Date },
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const json = JSON.stringify(rows);
  await tx.query(`insert into question (id, bank_id, created_at) select r.question_id, $2, $3 from ${newRows}`, [
    json,
    bankId,
    now,
  ]);
  await tx.query(
    `insert into question_version (id, question_id, number, state, kind, topic_id, difficulty, posts, exclusion_group, valid_from,
       valid_until, clause, explanation, content, option_counts, stem_key, import_id, created_by, authors, created_at,
       reviewed_by, reviewed_at, review_comment)
     select r.id, r.question_id, 1, case when $5::uuid is null then 'draft' else 'approved' end, r.kind, r.topic_id, r.difficulty,
       r.posts, r.exclusion_group, r.valid_from, r.valid_until, r.clause, r.explanation, r.content, r.option_counts, r.stem_key,
       $2::uuid, $3::uuid, array[$3::uuid], $4::timestamptz,
       $5::uuid, case when $5::uuid is not null then $4::timestamptz end, case when $5::uuid is not null then '' end
     from ${newRows}`,
    [json, importId, actor.accountId, now, approvedBy],
  );
  if (approvedBy === null) return;
  await tx.query(
    `insert into question_review (id, question_version_id, revision, decision, comment, reviewer_id, at)
     select gen_random_uuid(), r.id, 1, 'approved', '', $2, $3 from ${newRows}`,
    [json, approvedBy, now],
  );
  await tx.query(`update question q set active_version_id = r.id from ${newRows} where q.id = r.question_id`, [json]);
}
