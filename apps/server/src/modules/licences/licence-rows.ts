import type { LicenceView } from '@antu/contract';
import {
  addDays,
  bucketOf,
  getLicenceCategory,
  getLicenceRuleSet,
  type LicenceStanding,
  licenceLimitsOf,
  licencePhaseOf,
  licenceStatusCode,
} from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../platform/database/pool.ts';
import { openMaskedIdNumber, openMaskedName } from '../people/index.ts';

/** A licence with its person and authority. Days are YYYY-MM-DD. */
export interface LicenceRow {
  readonly id: string;
  readonly person_id: string;
  readonly category: string;
  readonly authority_id: string;
  readonly authority_name: string;
  readonly medium: LicenceView['medium'];
  readonly first_issued_on: string;
  readonly valid_from: string;
  readonly valid_until: string;
  readonly lapses_on: string;
  readonly standing: LicenceStanding;
  readonly rule_set_id: string;
  readonly document_id: string | null;
  readonly document_code: string | null;
  readonly name_sealed: Buffer;
  readonly id_number_sealed: Buffer;
  readonly region_code: string;
}

const FROM = `from licence l
  join person p on p.bucket = l.bucket and p.id = l.person_id
  join organisation o on o.id = l.authority_id`;

/** Licences under a condition over `l` (licence) and `p` (person). */
export async function selectLicences(
  db: Queryable,
  where: string,
  values: readonly unknown[],
  rest = '',
): Promise<LicenceRow[]> {
  const { rows } = await db.query<LicenceRow>(
    `select l.id, l.person_id, l.category, l.authority_id, o.name as authority_name, l.medium, l.first_issued_on, l.valid_from,
       l.valid_until, l.lapses_on, l.standing, l.rule_set_id, l.document_id, l.document_code, p.name_sealed, p.id_number_sealed,
       p.region_code
     ${FROM} where ${where} ${rest}`,
    [...values],
  );
  return rows;
}

export async function countLicences(db: Queryable, where: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await db.query<{ total: number }>(`select count(*)::int as total ${FROM} where ${where}`, [
    ...values,
  ]);
  return rows[0]?.total ?? 0;
}

export const findLicence = async (db: Queryable, licenceId: string): Promise<LicenceRow | undefined> =>
  (await selectLicences(db, 'l.bucket = $1 and l.id = $2', [bucketOf(licenceId), licenceId]))[0];

/** The newest licence of a person in a category, whatever became of it; locked against a second decision at the same time. */
export async function lockLicenceOf(
  db: Queryable,
  personId: string,
  category: string,
): Promise<LicenceRow | undefined> {
  const [row] = await selectLicences(
    db,
    'l.bucket = $1 and l.person_id = $2 and l.category = $3',
    [bucketOf(personId), personId, category],
    `order by (l.standing in ('granted', 'suspended')) desc, l.created_at desc limit 1 for update of l`,
  );
  return row;
}

export const termOf = ({ valid_from, valid_until }: Pick<LicenceRow, 'valid_from' | 'valid_until'>) => ({
  validFrom: valid_from,
  validUntil: valid_until,
});

/** A licence as it stands on a China day, masked. */
export function presentLicence(keys: KeyRing, row: LicenceRow, today: string): LicenceView {
  const category = getLicenceCategory(row.category);
  const limits = licenceLimitsOf(getLicenceRuleSet(row.rule_set_id));
  const phase = licencePhaseOf(termOf(row), today, limits);
  return {
    id: row.id,
    personId: row.person_id,
    nameMasked: openMaskedName(keys, row.name_sealed, row.person_id),
    idNumberMasked: openMaskedIdNumber(keys, row.id_number_sealed, row.person_id),
    category: row.category,
    categoryZh: category.nameZh,
    categoryEn: category.nameEn,
    medium: row.medium,
    firstIssuedOn: row.first_issued_on,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    standing: row.standing,
    phase,
    statusCode: licenceStatusCode(row.standing, phase),
    authorityName: row.authority_name,
    renewBy: addDays(row.valid_until, -limits.renewBeforeDays),
    renewFrom: addDays(row.valid_until, -limits.renewWithinDays),
    lapsesOn: row.lapses_on,
    documentCode: row.document_code,
  };
}
