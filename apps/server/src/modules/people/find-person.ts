import { bucketOf, maskIdNumber, maskName, type PlainDate } from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../platform/database/pool.ts';
import { findAccountByLogin } from './account-queries.ts';
import { openIdNumber, openName } from './sealed-columns.ts';

/** A person in short, for other modules' lists. Whoever shows `name` or `idNumber` in full records why. */
export interface PersonName {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string;
  readonly nameMasked: string;
  readonly idNumberMasked: string;
  readonly birthDate: PlainDate;
  readonly sex: 'male' | 'female';
  readonly regionCode: string;
}

interface Row {
  id: string;
  name_sealed: Buffer;
  id_number_sealed: Buffer;
  birth_date: PlainDate;
  sex: 'male' | 'female';
  region_code: string;
}

/** Names of many persons in one statement, by id. Unknown ids are left out. */
export async function findPersonNames(
  db: Queryable,
  keys: KeyRing,
  personIds: readonly string[],
): Promise<Map<string, PersonName>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await db.query<Row>(
    `select p.id, p.name_sealed, p.id_number_sealed, p.birth_date, p.sex, p.region_code
     from person p join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, id) on p.bucket = wanted.bucket and p.id = wanted.id`,
    [personIds.map(bucketOf), personIds],
  );
  return new Map(rows.map((row) => [row.id, presentName(keys, row)]));
}

/** One person in short, or undefined. */
export const findPersonName = async (db: Queryable, keys: KeyRing, personId: string): Promise<PersonName | undefined> =>
  (await findPersonNames(db, keys, [personId])).get(personId);

function presentName(keys: KeyRing, row: Row): PersonName {
  const name = openName(keys, row.name_sealed, row.id);
  const idNumber = openIdNumber(keys, row.id_number_sealed, row.id);
  return {
    id: row.id,
    name,
    idNumber,
    nameMasked: maskName(name),
    idNumberMasked: maskIdNumber(idNumber),
    birthDate: row.birth_date,
    sex: row.sex,
    regionCode: row.region_code,
  };
}

/** The person behind a user name or ID number, or undefined. */
export async function findPersonIdByLogin(db: Queryable, keys: KeyRing, login: string): Promise<string | undefined> {
  return (await findAccountByLogin(db, keys, login))?.person_id ?? undefined;
}

/** Present rosters of a person, employment first. */
export async function findAffiliations(
  db: Queryable,
  personId: string,
): Promise<{ organisationId: string; organisationName: string; kind: 'employed' | 'enrolled'; post: string | null }[]> {
  const { rows } = await db.query<{
    organisationId: string;
    organisationName: string;
    kind: 'employed' | 'enrolled';
    post: string | null;
  }>(
    `select a.organisation_id as "organisationId", o.name as "organisationName", a.kind, a.post
     from person_affiliation a join organisation o on o.id = a.organisation_id
     where a.bucket = $1 and a.person_id = $2 and a.to_date is null order by a.kind, a.from_date desc`,
    [bucketOf(personId), personId],
  );
  return rows;
}
