import type { SimilarQuestion } from '@antu/contract';
import { findSimilarPairs, findSimilarTo, type Question, questionStemKey, type StemItem } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { getBank } from './banks.ts';
import { type BankContext, rowsOf } from './context.ts';
import { newestVersions } from './list-questions.ts';
import { questionOf, type VersionRow } from './version-rows.ts';

/** Most that are shown of one question, and of a bank. */
const MOST_SIMILAR = 10;
const MOST_PAIRS = 200;

/** Stems of the questions of a bank that are in use or in the making. */
const stemsOf = (db: Queryable, bankId: string): Promise<StemItem[]> =>
  rowsOf<StemItem>(
    db,
    `select q.id, v.stem_key as "stemKey" from ${newestVersions} where q.bank_id = $1 and q.retired_at is null order by q.id`,
    [bankId],
  );

/** Questions of the bank with a near-identical stem, the most alike first. */
export async function findSimilar(
  db: Queryable,
  bankId: string,
  question: Question,
  exceptQuestionId: string | null,
): Promise<SimilarQuestion[]> {
  const stems = (await stemsOf(db, bankId)).filter(({ id }) => id !== exceptQuestionId);
  const found = findSimilarTo(questionStemKey(question), stems).slice(0, MOST_SIMILAR);
  const shown = await summariesOf(
    db,
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id, similarity }) => {
    const summary = shown.get(id);
    return summary ? [{ ...summary, similarity }] : [];
  });
}

export async function checkSimilar(
  ctx: BankContext,
  bankId: string,
  { question, exceptQuestionId }: { question: Question; exceptQuestionId: string | null },
): Promise<{ items: SimilarQuestion[] }> {
  await getBank(ctx.pool, ctx.actor, 'questions.read', bankId);
  return { items: await findSimilar(ctx.pool, bankId, question, exceptQuestionId) };
}

export async function listDuplicates(
  ctx: BankContext,
  bankId: string,
): Promise<{ total: number; pairs: { similarity: number; a: SimilarQuestion; b: SimilarQuestion }[] }> {
  await getBank(ctx.pool, ctx.actor, 'questions.read', bankId);
  const pairs = findSimilarPairs(await stemsOf(ctx.pool, bankId));
  const first = pairs.slice(0, MOST_PAIRS);
  const shown = await summariesOf(
    ctx.pool,
    first.flatMap(({ a, b }) => [a, b]),
  );
  return {
    total: pairs.length,
    pairs: first.flatMap(({ a, b, similarity }) => {
      const [one, other] = [shown.get(a), shown.get(b)];
      return one && other ? [{ similarity, a: { ...one, similarity }, b: { ...other, similarity } }] : [];
    }),
  };
}

type Summary = Omit<SimilarQuestion, 'similarity'>;

async function summariesOf(db: Queryable, questionIds: readonly string[]): Promise<ReadonlyMap<string, Summary>> {
  if (questionIds.length === 0) return new Map();
  const rows = await rowsOf<Pick<VersionRow, 'question_id' | 'kind' | 'content' | 'state'>>(
    db,
    `select v.question_id, v.kind, v.content, v.state from ${newestVersions} where q.id = any($1::uuid[])`,
    [questionIds],
  );
  return new Map(
    rows.map((row) => [
      row.question_id,
      { id: row.question_id, kind: row.kind, stem: questionOf(row).stem, state: row.state },
    ]),
  );
}
