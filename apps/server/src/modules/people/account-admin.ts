import type { AccountView, CreateAccountRequest, Role } from '@antu/contract';
import { bucketOf, findRoleConflicts, isRoleFor, maskName, type OrganisationType, regionLevelOf } from '@antu/domain';
import { type Queryable, transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { findMemberships, getAccountForUpdate } from './account-queries.ts';
import { presentMembership } from './describe-me.ts';
import { hashPassword, makeInitialPassword } from './passwords.ts';
import { openDisplayName, openName } from './sealed-columns.ts';
import { announceAccessChange, endAllSessions } from './sessions.ts';
import { grantMembership, insertAccount } from './write-person.ts';

export type AdminContext = RouteContext<'accounts.manage'>;

interface AccountListRow {
  id: string;
  login_name: string;
  person_id: string | null;
  display_name_sealed: Buffer | null;
  name_sealed: Buffer | null;
  disabled_at: Date | null;
  locked_until: Date | null;
  must_change_password: boolean;
  has_totp: boolean;
  last_sign_in_at: Date | null;
}

/** Staff accounts only: the security operator has no business with learners (GB/T 22239-2019 8.1.5). */
const STAFF = `a.login_name is not null and (a.person_id is null
  or exists (select 1 from membership m where m.bucket = a.bucket and m.account_id = a.id and m.role <> 'learner'))`;

const selectAccount = `
  select a.id, a.login_name, a.person_id, a.display_name_sealed, p.name_sealed, a.disabled_at, a.locked_until,
    a.must_change_password, a.totp_sealed is not null as has_totp, a.last_sign_in_at
  from account a left join person p on p.bucket = a.bucket and p.id = a.person_id`;

async function present(db: Queryable, keys: KeyRing, row: AccountListRow, nowMs: number): Promise<AccountView> {
  const displayName = row.display_name_sealed
    ? openDisplayName(keys, row.display_name_sealed, row.id)
    : row.name_sealed && row.person_id
      ? maskName(openName(keys, row.name_sealed, row.person_id))
      : row.login_name;
  const locked = row.locked_until !== null && nowMs < row.locked_until.getTime();
  return {
    id: row.id,
    login: row.login_name,
    displayName,
    disabled: row.disabled_at !== null,
    lockedUntil: locked ? (row.locked_until?.toISOString() ?? null) : null,
    mustChangePassword: row.must_change_password,
    hasTotp: row.has_totp,
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    memberships: (await findMemberships(db, row.id)).map(presentMembership),
  };
}

/** A page of staff accounts by user name. */
export async function listStaffAccounts(
  ctx: RouteContext<'accounts.read'>,
  query: { q?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: AccountView[]; total: number; nextCursor: string | null }> {
  const { pool, platform } = ctx;
  const filter = `${STAFF} and ($1::text is null or strpos(a.login_name, lower($1)) > 0)`;
  const q = query.q || null;
  const page = await pool.query<AccountListRow>(
    `${selectAccount} where ${filter} and ($2::text is null or a.login_name > $2) order by a.login_name limit ${query.limit}`,
    [q, query.cursor ?? null],
  );
  const counted = await pool.query<{ total: number }>(`select count(*) as total from account a where ${filter}`, [q]);
  const items: AccountView[] = [];
  for (const row of page.rows) items.push(await present(pool, platform.keys, row, ctx.nowMs()));
  await recordAudit(pool, ctx, {
    action: 'accounts.list',
    object: { kind: 'account', id: null },
    detail: { filter: { q }, shown: items.length },
  });
  const last = items.length === query.limit ? items.at(-1) : undefined;
  return { items, total: counted.rows[0]?.total ?? 0, nextCursor: last?.login ?? null };
}

/** A staff account as it is now; 404 for others, learners' included. */
export async function getStaffAccount(db: Queryable, ctx: AdminContext, accountId: string): Promise<AccountView> {
  const sql = `${selectAccount} where a.bucket = $1 and a.id = $2 and ${STAFF}`;
  const { rows } = await db.query<AccountListRow>(sql, [bucketOf(accountId), accountId]);
  if (!rows[0]) throw new AppError('people.account_not_found');
  return present(db, ctx.platform.keys, rows[0], ctx.nowMs());
}

type Grant = { readonly role: Role; readonly organisationId: string };

/** Refuses operators with a second role, and roles in organisations where they make no sense. */
async function requireSoundRoles(tx: Tx, grants: readonly Grant[]): Promise<void> {
  if (findRoleConflicts(grants.map(({ role }) => role)).length > 0) throw new AppError('people.role_conflict');
  for (const { role, organisationId } of grants) {
    const { rows } = await tx.query<{ type: OrganisationType; region_code: string }>(
      'select type, region_code from organisation where id = $1',
      [organisationId],
    );
    const [organisation] = rows;
    if (!organisation) throw new AppError('people.organisation_not_found');
    // Learners are made with their ID number by the organisations that train them.
    const placed = role !== 'learner' && isRoleFor(role, organisation.type, regionLevelOf(organisation.region_code));
    if (!placed) throw new AppError('people.role_misplaced', { role });
  }
}

/** A new staff account with a first password that is shown once. */
export async function createStaffAccount(
  ctx: AdminContext,
  request: CreateAccountRequest,
): Promise<{ account: AccountView; initialPassword: string }> {
  const initialPassword = makeInitialPassword();
  const passwordHash = await hashPassword(initialPassword);
  return transaction(ctx.pool, async (tx) => {
    await requireSoundRoles(tx, request.memberships);
    const accountId = await insertAccount(tx, ctx.platform.keys, {
      personId: null,
      login: request.login,
      displayName: request.displayName,
      passwordHash,
      mustChangePassword: true,
      memberships: request.memberships,
      grantedBy: ctx.actor.accountId,
      now: ctx.now(),
    });
    await recordAudit(tx, ctx, {
      action: 'accounts.create',
      object: { kind: 'account', id: accountId },
      detail: { login: request.login, memberships: request.memberships },
    });
    return { account: await getStaffAccount(tx, ctx, accountId), initialPassword };
  });
}

/** Nobody changes their own rights or shuts themselves out. */
function requireOther(ctx: AdminContext, accountId: string): void {
  if (ctx.actor.accountId === accountId) throw new AppError('people.own_account');
}

/** Replaces the staff roles of an account; being a learner somewhere stays. Works at once on every instance. */
export async function replaceMemberships(
  ctx: AdminContext,
  accountId: string,
  grants: readonly Grant[],
): Promise<AccountView> {
  requireOther(ctx, accountId);
  return transaction(ctx.pool, async (tx) => {
    const before = await getStaffAccount(tx, ctx, accountId);
    await getAccountForUpdate(tx, accountId);
    await requireSoundRoles(tx, grants);
    await tx.query(`delete from membership where bucket = $1 and account_id = $2 and role <> 'learner'`, [
      bucketOf(accountId),
      accountId,
    ]);
    for (const grant of grants) {
      await grantMembership(tx, { ...grant, accountId, grantedBy: ctx.actor.accountId, now: ctx.now() });
    }
    await announceAccessChange(tx, accountId);
    await recordAudit(tx, ctx, {
      action: 'accounts.change-roles',
      object: { kind: 'account', id: accountId },
      detail: {
        before: before.memberships.map(({ role, organisation }) => ({ role, organisationId: organisation.id })),
        after: grants,
      },
    });
    return getStaffAccount(tx, ctx, accountId);
  });
}

/** Disables an account, which ends its sessions at once, or enables it again. */
export async function setDisabled(ctx: AdminContext, accountId: string, disabled: boolean): Promise<AccountView> {
  requireOther(ctx, accountId);
  return transaction(ctx.pool, async (tx) => {
    await getStaffAccount(tx, ctx, accountId);
    await tx.query('update account set disabled_at = $3 where bucket = $1 and id = $2', [
      bucketOf(accountId),
      accountId,
      disabled ? ctx.now() : null,
    ]);
    if (disabled) await endAllSessions(tx, accountId);
    await recordAudit(tx, ctx, {
      action: disabled ? 'accounts.disable' : 'accounts.enable',
      object: { kind: 'account', id: accountId },
    });
    return getStaffAccount(tx, ctx, accountId);
  });
}

/** Takes the second factor off, for a lost telephone: the next sign-in enrols a new one. Sessions end. */
export async function removeSecondFactor(ctx: AdminContext, accountId: string): Promise<AccountView> {
  requireOther(ctx, accountId);
  return transaction(ctx.pool, async (tx) => {
    await getStaffAccount(tx, ctx, accountId);
    await tx.query('update account set totp_sealed = null, totp_last_step = null where bucket = $1 and id = $2', [
      bucketOf(accountId),
      accountId,
    ]);
    await endAllSessions(tx, accountId);
    await recordAudit(tx, ctx, { action: 'accounts.reset-totp', object: { kind: 'account', id: accountId } });
    return getStaffAccount(tx, ctx, accountId);
  });
}
