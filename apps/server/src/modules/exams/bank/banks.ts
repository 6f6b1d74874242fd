import type { SchemeCode } from '@antu/domain';
import type { Permission } from '@antu/contract';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import { requireReach } from '../../people/index.ts';
import { rowsOf } from './context.ts';

export interface BankRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly scheme: SchemeCode;
  readonly title_zh: string;
  readonly open_for_practice: boolean;
  readonly created_at: Date;
}

export const bankColumns =
  'b.id, b.organisation_id, o.name as organisation_name, b.scheme, b.title_zh, b.open_for_practice, b.created_at';
export const bankTables = 'question_bank b join organisation o on o.id = b.organisation_id';

/** Refuses unless the actor holds the permission in the organisation, or everywhere. */
export const requireOrganisation = (actor: Actor, permission: Permission, organisationId: string): void =>
  requireReach(actor, permission, { organisationIds: [organisationId], regionPaths: [] });

/** A bank that the actor reaches under the permission. */
export async function getBank(db: Queryable, actor: Actor, permission: Permission, bankId: string): Promise<BankRow> {
  const [bank] = await rowsOf<BankRow>(db, `select ${bankColumns} from ${bankTables} where b.id = $1`, [bankId]);
  if (!bank) throw new AppError('questions.bank_not_found', { bankId });
  requireOrganisation(actor, permission, bank.organisation_id);
  return bank;
}
