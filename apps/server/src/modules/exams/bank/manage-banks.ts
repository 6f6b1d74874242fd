import type { createQuestionBank as createEndpoint, QuestionBankView } from '@antu/contract';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { organisationInReach, scopeOf } from '../../people/index.ts';
import { type BankRow, bankColumns, bankTables, getBank, requireOrganisation } from './banks.ts';
import { type BankContext, rowsOf } from './context.ts';

interface CountedRow extends BankRow {
  readonly approved: number;
  readonly review: number;
  readonly open: number;
  readonly retired: number;
}

const countedBanks = `select ${bankColumns}, counts.* from ${bankTables}
  cross join lateral (
    select count(*) filter (where q.active_version_id is not null)::int as approved,
      count(*) filter (where v.state = 'review')::int as review,
      count(*) filter (where v.state in ('draft', 'refused'))::int as open,
      count(*) filter (where q.retired_at is not null)::int as retired
    from question q left join question_version v on v.question_id = q.id and v.state in ('draft', 'review', 'refused')
    where q.bank_id = b.id
  ) counts`;

/** Banks that the actor may read, by name. */
export async function listBanks({ pool, actor }: BankContext): Promise<{ items: QuestionBankView[] }> {
  const reach = organisationInReach(scopeOf(actor, 'questions.read'), 'b.organisation_id', 1);
  const rows = await rowsOf<CountedRow>(
    pool,
    `${countedBanks} where ${reach.sql} order by o.name, b.title_zh, b.id`,
    reach.values,
  );
  return { items: rows.map((row) => presentBank(actor, row)) };
}

/** Makes an empty bank. A second one of the same name in an organisation is refused (`questions.bank_title_taken`). */
export async function createBank(
  ctx: BankContext,
  { organisationId, scheme, titleZh }: z.output<(typeof createEndpoint)['body']>,
): Promise<QuestionBankView> {
  requireOrganisation(ctx.actor, 'questions.write', organisationId);
  const bankId = uuidv7(ctx.now().getTime());
  await transaction(ctx.pool, async (tx) => {
    await tx.query(
      `insert into question_bank (id, organisation_id, scheme, title_zh, created_by, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [bankId, organisationId, scheme, titleZh, ctx.actor.accountId, ctx.now()],
    );
    await recordAudit(tx, ctx, {
      action: 'questions.create-bank',
      object: { kind: 'question-bank', id: bankId },
      detail: { organisationId, scheme, titleZh },
    });
  });
  const bank = await getBank(ctx.pool, ctx.actor, 'questions.write', bankId);
  return presentBank(ctx.actor, { ...bank, approved: 0, review: 0, open: 0, retired: 0 });
}

/** Opens a bank for practice, or closes it. The same again changes nothing. */
export async function setBankPractice(ctx: BankContext, bankId: string, open: boolean): Promise<QuestionBankView> {
  await transaction(ctx.pool, async (tx) => {
    await getBank(tx, ctx.actor, 'questions.review', bankId);
    const { rowCount } = await tx.query(
      'update question_bank set open_for_practice = $2 where id = $1 and open_for_practice <> $2',
      [bankId, open],
    );
    if (rowCount === 0) return;
    await recordAudit(tx, ctx, {
      action: open ? 'questions.open-for-practice' : 'questions.close-for-practice',
      object: { kind: 'question-bank', id: bankId },
      detail: {},
    });
  });
  const { items } = await listBanks(ctx);
  const bank = items.find(({ id }) => id === bankId);
  if (!bank) throw new AppError('questions.bank_not_found', { bankId });
  return bank;
}

const presentBank = (actor: Actor, row: CountedRow): QuestionBankView => ({
  id: row.id,
  organisation: { id: row.organisation_id, name: row.organisation_name },
  scheme: row.scheme,
  titleZh: row.title_zh,
  openForPractice: row.open_for_practice,
  counts: { approved: row.approved, review: row.review, open: row.open, retired: row.retired },
  ...mayDo(actor, row.organisation_id),
});

/** What the actor may do with the questions of an organisation. */
export function mayDo(actor: Actor, organisationId: string): { mayWrite: boolean; mayReview: boolean } {
  const may = (permission: 'questions.write' | 'questions.review'): boolean => {
    const { everywhere, organisationIds } = scopeOf(actor, permission);
    return everywhere || organisationIds.includes(organisationId);
  };
  return { mayWrite: may('questions.write'), mayReview: may('questions.review') };
}
