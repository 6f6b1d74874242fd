import { bucketOf, type IdNumberCheck, placeInBucket, type PlainDate, type Role } from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Tx } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';
import {
  idNumberIndex,
  makePersonId,
  nameIndex,
  sealDisplayName,
  sealIdNumber,
  sealName,
  sealTotpSecret,
} from './sealed-columns.ts';

export interface NewPerson {
  readonly name: string;
  readonly idNumber: Extract<IdNumberCheck, { valid: true }>;
  readonly regionCode: string;
  readonly now: Date;
}

/** Adds a person, sealed. A second one with the same ID number is refused by `person__id_number`. */
export async function insertPerson(tx: Tx, keys: KeyRing, person: NewPerson): Promise<{ bucket: number; id: string }> {
  const { normalised, birthDate, sex } = person.idNumber;
  const id = makePersonId(keys, normalised, person.now.getTime());
  const bucket = bucketOf(id);
  await tx.query(
    `insert into person (bucket, id, name_sealed, name_index, id_number_sealed, id_number_index, birth_date, sex, region_code, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      bucket,
      id,
      sealName(keys, person.name, id),
      nameIndex(keys, person.name),
      sealIdNumber(keys, normalised, id),
      idNumberIndex(keys, normalised),
      birthDate,
      sex,
      person.regionCode,
      person.now,
    ],
  );
  return { bucket, id };
}

export interface NewAffiliation {
  readonly personId: string;
  readonly organisationId: string;
  readonly kind: 'employed' | 'enrolled';
  readonly post: string | null;
  readonly from: PlainDate;
  readonly now: Date;
}

/** Puts a person on an organisation's roster. Twice at a time is refused by `person_affiliation__once_at_a_time`. */
export async function insertAffiliation(tx: Tx, affiliation: NewAffiliation): Promise<void> {
  await tx.query(
    `insert into person_affiliation (bucket, id, person_id, organisation_id, kind, post, from_date, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      bucketOf(affiliation.personId),
      uuidv7(affiliation.now.getTime()),
      affiliation.personId,
      affiliation.organisationId,
      affiliation.kind,
      affiliation.post,
      affiliation.from,
      affiliation.now,
    ],
  );
}

export interface NewAccount {
  /** Null for staff who are not in the person register. */
  readonly personId: string | null;
  readonly login: string | null;
  readonly displayName: string | null;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly totpSecret?: string | null;
  readonly passwordChangedAt?: Date;
  readonly memberships: readonly { readonly role: Role; readonly organisationId: string }[];
  readonly grantedBy: string | null;
  readonly now: Date;
}

/** Adds an account with its memberships, in the bucket of its person. A taken user name is refused by `login_name__name`. */
export async function insertAccount(tx: Tx, keys: KeyRing, account: NewAccount): Promise<string> {
  const made = uuidv7(account.now.getTime());
  const id = account.personId === null ? made : placeInBucket(made, bucketOf(account.personId));
  const bucket = bucketOf(id);
  if (account.login !== null) {
    await tx.query('insert into login_name (name, bucket, account_id) values ($1, $2, $3)', [
      account.login,
      bucket,
      id,
    ]);
  }
  const changedAt = account.passwordChangedAt ?? account.now;
  await tx.query(
    `insert into account (bucket, id, person_id, login_name, display_name_sealed, password_hash, password_changed_at,
       must_change_password, totp_sealed, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      bucket,
      id,
      account.personId,
      account.login,
      account.displayName === null ? null : sealDisplayName(keys, account.displayName, id),
      account.passwordHash,
      changedAt,
      account.mustChangePassword,
      account.totpSecret ? sealTotpSecret(keys, account.totpSecret, id) : null,
      account.now,
    ],
  );
  await tx.query(
    'insert into password_history (bucket, account_id, changed_at, password_hash) values ($1, $2, $3, $4)',
    [bucket, id, account.now, account.passwordHash],
  );
  for (const { role, organisationId } of account.memberships) {
    await grantMembership(tx, { accountId: id, role, organisationId, grantedBy: account.grantedBy, now: account.now });
  }
  return id;
}

/** Gives a role in an organisation; giving it again changes nothing. */
export async function grantMembership(
  tx: Tx,
  grant: { accountId: string; role: Role; organisationId: string; grantedBy: string | null; now: Date },
): Promise<void> {
  await tx.query(
    `insert into membership (bucket, account_id, role, organisation_id, granted_at, granted_by)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [bucketOf(grant.accountId), grant.accountId, grant.role, grant.organisationId, grant.now, grant.grantedBy],
  );
}
