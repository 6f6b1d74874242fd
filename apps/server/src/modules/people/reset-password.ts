import { bucketOf } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { getAccountForUpdate } from './account-queries.ts';
import { savePassword } from './change-password.ts';
import { hashPassword, makeInitialPassword } from './passwords.ts';
import { getReachablePerson } from './read-people.ts';
import { endAllSessions } from './sessions.ts';

/** A new first password for an account, shown once; every session of the account ends, a lock is taken off. */
export async function giveInitialPassword(
  ctx: RouteContext<'people.reset-password' | 'accounts.manage'>,
  accountId: string,
  fact: { action: string; object: { kind: string; id: string } },
): Promise<{ initialPassword: string }> {
  const initialPassword = makeInitialPassword();
  const passwordHash = await hashPassword(initialPassword);
  await transaction(ctx.pool, async (tx) => {
    const account = await getAccountForUpdate(tx, accountId);
    await savePassword(tx, account, passwordHash, ctx.now(), { mustChange: true });
    await endAllSessions(tx, account.id);
    await recordAudit(tx, ctx, fact);
  });
  return { initialPassword };
}

/** The manager's way: only for learners of the own organisation, so that no manager gets at another's staff account. */
export async function resetLearnerPassword(
  ctx: RouteContext<'people.reset-password'>,
  personId: string,
): Promise<{ initialPassword: string }> {
  await getReachablePerson(ctx.pool, ctx.actor, 'people.reset-password', personId);
  const { rows } = await ctx.pool.query<{ id: string; staff: boolean }>(
    `select a.id, exists (
       select 1 from membership m where m.bucket = a.bucket and m.account_id = a.id and m.role <> 'learner') as staff
     from account a where a.bucket = $1 and a.person_id = $2`,
    [bucketOf(personId), personId],
  );
  const [account] = rows;
  if (!account) throw new AppError('people.no_account');
  if (account.staff) throw new AppError('platform.not_allowed');
  return giveInitialPassword(ctx, account.id, {
    action: 'people.reset-password',
    object: { kind: 'person', id: personId },
  });
}
