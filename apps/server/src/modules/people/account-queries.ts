import type { Role } from '@antu/contract';
import { bucketOf, checkIdNumber, type LockState } from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Queryable, Tx } from '../../platform/database/pool.ts';
import { idNumberIndex, personBucketOf } from './sealed-columns.ts';

/** An account as signing in needs it. */
export interface AccountRow {
  bucket: number;
  id: string;
  person_id: string | null;
  login_name: string | null;
  display_name_sealed: Buffer | null;
  password_hash: string;
  password_changed_at: Date;
  must_change_password: boolean;
  totp_sealed: Buffer | null;
  totp_last_step: number | null;
  failures: number;
  locked_until: Date | null;
  disabled_at: Date | null;
}

const columns = `bucket, id, person_id, login_name, display_name_sealed, password_hash, password_changed_at,
  must_change_password, totp_sealed, totp_last_step, failures, locked_until, disabled_at`;

/** The account of a user name or an ID number. */
export async function findAccountByLogin(db: Queryable, keys: KeyRing, login: string): Promise<AccountRow | undefined> {
  const idNumber = checkIdNumber(login);
  const found = idNumber.valid
    ? await db.query<AccountRow>(
        `select ${columns} from account where (bucket, person_id) in
          (select bucket, id from person where bucket = $1 and id_number_index = $2)`,
        [personBucketOf(keys, idNumber.normalised), idNumberIndex(keys, idNumber.normalised)],
      )
    : await db.query<AccountRow>(
        `select ${columns} from account where (bucket, id) in (select bucket, account_id from login_name where name = $1)`,
        [login.toLowerCase()],
      );
  return found.rows[0];
}

/** The account, locked until the transaction ends: failures and codes are counted one after the other. */
export async function getAccountForUpdate(tx: Tx, accountId: string): Promise<AccountRow> {
  const sql = `select ${columns} from account where bucket = $1 and id = $2 for no key update`;
  const { rows } = await tx.query<AccountRow>(sql, [bucketOf(accountId), accountId]);
  const [row] = rows;
  if (!row) throw new Error(`account ${accountId} is gone`);
  return row;
}

export interface MembershipRow {
  role: Role;
  organisation_id: string;
  organisation_name: string;
  organisation_type: string;
  region_code: string;
  region_name: string;
}

/** Memberships of an account, staff roles first: the first one is shown in page headers. */
export async function findMemberships(db: Queryable, accountId: string): Promise<MembershipRow[]> {
  const { rows } = await db.query<MembershipRow>(
    `select m.role, m.organisation_id, o.name as organisation_name, o.type as organisation_type,
       r.code as region_code, r.name as region_name
     from membership m join organisation o on o.id = m.organisation_id join region r on r.code = o.region_code
     where m.bucket = $1 and m.account_id = $2
     order by m.role = 'learner', m.granted_at, m.role, o.name`,
    [bucketOf(accountId), accountId],
  );
  return rows;
}

/** Roles of an account. */
export async function findRoles(db: Queryable, accountId: string): Promise<Role[]> {
  const { rows } = await db.query<{ role: Role }>(
    'select distinct role from membership where bucket = $1 and account_id = $2',
    [bucketOf(accountId), accountId],
  );
  return rows.map(({ role }) => role);
}

export const lockStateOf = (row: AccountRow): LockState => ({
  failures: row.failures,
  lockedUntilMs: row.locked_until?.getTime() ?? null,
});

export async function saveLockState(tx: Tx, account: AccountRow, state: LockState): Promise<void> {
  const until = state.lockedUntilMs === null ? null : new Date(state.lockedUntilMs);
  await tx.query('update account set failures = $3, locked_until = $4 where bucket = $1 and id = $2', [
    account.bucket,
    account.id,
    state.failures,
    until,
  ]);
}
