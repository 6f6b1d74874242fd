import type { createQuestion as createEndpoint, QuestionDetail, saveQuestion as saveEndpoint } from '@antu/contract';
import { nextQuestionState } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { getBank, requireOrganisation } from './banks.ts';
import { checkQuestions, type NewQuestion } from './check-questions.ts';
import { type BankContext, rowsOf } from './context.ts';
import { createQuestions } from './create-questions.ts';
import { getQuestionDetail } from './get-question.ts';
import { contentColumns, type VersionRow, versionColumns, versionTables } from './version-rows.ts';

export type SaveInput = z.output<(typeof saveEndpoint)['body']>;

/** Writes a new question as the draft of the actor. */
export async function createQuestion(
  ctx: BankContext,
  bankId: string,
  { question, facts }: z.output<(typeof createEndpoint)['body']>,
): Promise<QuestionDetail> {
  const [created] = await transaction(ctx.pool, async (tx) => {
    const { scheme } = await getBank(tx, ctx.actor, 'questions.write', bankId);
    return createQuestions(tx, ctx, bankId, [{ question, facts: { ...facts, scheme } }], null);
  });
  return getQuestionDetail(ctx, created?.questionId ?? '');
}

/**
 * Writes the draft of a question: a draft or refused version in place, an approved one only as a new version, so that what papers
 * asked stays what it was.
 */
export async function saveQuestion(ctx: BankContext, questionId: string, input: SaveInput): Promise<QuestionDetail> {
  await transaction(ctx.pool, async (tx) => {
    const newest = await lockNewest(tx, questionId);
    requireOrganisation(ctx.actor, 'questions.write', newest.organisation_id);
    if (newest.retired_at !== null) throw new AppError('questions.retired');
    if (newest.id !== input.versionId || newest.revision !== input.revision)
      throw new AppError('questions.changed_meanwhile');
    const item: NewQuestion = { question: input.question, facts: { ...input.facts, scheme: newest.scheme } };
    await checkQuestions(tx, newest, [item], 'saving');
    if (nextQuestionState(newest.state, 'edit') !== null) await updateDraft(tx, ctx, newest, item);
    else if (newest.state === 'approved') await insertNextVersion(tx, ctx, newest, item);
    else throw new AppError('questions.not_editable', { state: newest.state });
  });
  return getQuestionDetail(ctx, questionId);
}

/** The newest version of a question; whoever changes the question waits until the transaction ends. */
async function lockNewest(tx: Tx, questionId: string): Promise<VersionRow & { retired_at: Date | null }> {
  const [question] = await rowsOf<{ retired_at: Date | null }>(
    tx,
    'select retired_at from question where id = $1 for update',
    [questionId],
  );
  const [newest] = await rowsOf<VersionRow>(
    tx,
    `select ${versionColumns} from ${versionTables} where v.question_id = $1 order by v.state = 'dropped', v.number desc limit 1`,
    [questionId],
  );
  if (!question || !newest) throw new AppError('questions.not_found', { questionId });
  return { ...newest, retired_at: question.retired_at };
}

const writtenRow = `jsonb_to_record($2::jsonb) as r(kind text, topic_id uuid, difficulty smallint, posts text[], exclusion_group text,
  valid_from date, valid_until date, clause text, explanation text, content text, option_counts smallint[], stem_key text)`;

async function updateDraft(tx: Tx, ctx: BankContext, version: VersionRow, { question, facts }: NewQuestion) {
  await tx.query(
    `update question_version v set state = 'draft', kind = r.kind, topic_id = r.topic_id, difficulty = r.difficulty, posts = r.posts,
       exclusion_group = r.exclusion_group, valid_from = r.valid_from, valid_until = r.valid_until, clause = r.clause,
       explanation = r.explanation, content = r.content, option_counts = r.option_counts, stem_key = r.stem_key,
       revision = v.revision + 1, reviewed_by = null, reviewed_at = null, review_comment = null,
       authors = case when $3::uuid = any(v.authors) then v.authors else v.authors || $3::uuid end
     from ${writtenRow} where v.id = $1`,
    [version.id, JSON.stringify(contentColumns(question, facts)), ctx.actor.accountId],
  );
  await recordAudit(tx, ctx, {
    action: 'questions.edit',
    object: { kind: 'question', id: version.question_id },
    detail: { versionId: version.id, number: version.number, revision: version.revision + 1 },
  });
}

async function insertNextVersion(tx: Tx, ctx: BankContext, version: VersionRow, { question, facts }: NewQuestion) {
  const versionId = uuidv7(ctx.now().getTime());
  const [made] = await rowsOf<{ number: number }>(
    tx,
    `insert into question_version (id, question_id, number, state, kind, topic_id, difficulty, posts, exclusion_group, valid_from,
       valid_until, clause, explanation, content, option_counts, stem_key, created_by, authors, created_at)
     select $3::uuid, $1::uuid, (select max(n.number) + 1 from question_version n where n.question_id = $1), 'draft', r.kind,
       r.topic_id, r.difficulty, r.posts, r.exclusion_group, r.valid_from, r.valid_until, r.clause, r.explanation, r.content,
       r.option_counts, r.stem_key, $4::uuid, array[$4::uuid], $5
     from ${writtenRow} returning number`,
    [version.question_id, JSON.stringify(contentColumns(question, facts)), versionId, ctx.actor.accountId, ctx.now()],
  );
  await recordAudit(tx, ctx, {
    action: 'questions.new-version',
    object: { kind: 'question', id: version.question_id },
    detail: { versionId, number: made?.number ?? null },
  });
}
