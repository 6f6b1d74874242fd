import type { LicenceRequest } from '@antu/contract';
import {
  bucketOf,
  findLicenceRuleSet,
  getLicenceCategory,
  type IssueReason,
  type LicenceLimits,
  licenceLimitsOf,
  type LicenceRuleSet,
  type LicenceStanding,
  unmetOfRequest,
} from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { openMaskedIdNumber, openMaskedName } from '../people/index.ts';

export interface RequestRow {
  readonly id: string;
  readonly person_id: string;
  readonly category: string;
  readonly licence_id: string | null;
  readonly kind: LicenceRequest['kind'];
  readonly reason: IssueReason | null;
  readonly note: string;
  readonly state: LicenceRequest['state'];
  readonly asked_by: string;
  readonly by_holder: boolean;
  readonly asked_at: Date;
  readonly decided_at: Date | null;
  readonly decision_note: string | null;
  readonly name_sealed: Buffer;
  readonly id_number_sealed: Buffer;
  readonly region_code: string;
  /** Of the licence that stands in the category; null where none does. */
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly standing: LicenceStanding | null;
}

/** The licence asked about; of a first issue the one that may have come in between. */
const FROM = `from licence_request q
  join person p on p.bucket = q.bucket and p.id = q.person_id
  left join licence l on l.bucket = q.bucket and case when q.licence_id is not null then l.id = q.licence_id
    else l.person_id = q.person_id and l.category = q.category and l.standing in ('granted', 'suspended') end`;

/** Requests under a condition over `q` (request) and `p` (person). */
export async function selectRequests(
  db: Queryable,
  where: string,
  values: readonly unknown[],
  rest = '',
): Promise<RequestRow[]> {
  const { rows } = await db.query<RequestRow>(
    `select q.id, q.person_id, q.category, q.licence_id, q.kind, q.reason, q.note, q.state, q.asked_by, q.by_holder, q.asked_at,
       q.decided_at, q.decision_note, p.name_sealed, p.id_number_sealed, p.region_code, l.valid_from, l.valid_until, l.standing
     ${FROM} where ${where} ${rest}`,
    [...values],
  );
  return rows;
}

export const findRequest = async (db: Queryable, requestId: string): Promise<RequestRow | undefined> =>
  (await selectRequests(db, 'q.bucket = $1 and q.id = $2', [bucketOf(requestId), requestId]))[0];

/** The rules for a category in the region of a person on a day. Errors: `licences.no_rules` */
export function rulesFor(
  category: string,
  regionCode: string,
  today: string,
): { rules: LicenceRuleSet; limits: LicenceLimits } {
  const rules = findLicenceRuleSet(getLicenceCategory(category), regionCode, today);
  if (!rules) throw new AppError('licences.no_rules');
  return { rules, limits: licenceLimitsOf(rules) };
}

/** What stands against an open request today; of a decided one nothing is asked any more. */
export function unmetOf(row: RequestRow, today: string): LicenceRequest['unmet'] {
  if (row.state !== 'open') return [];
  const { limits } = rulesFor(row.category, row.region_code, today);
  const { valid_from: validFrom, valid_until: validUntil, standing } = row;
  const licence = validFrom !== null && validUntil !== null && standing ? { validFrom, validUntil, standing } : null;
  // The request is itself the open one.
  return unmetOfRequest({ kind: row.kind, reason: row.reason, licence, hasOpenRequest: false, today }, limits);
}

export function presentRequest(keys: KeyRing, row: RequestRow, accountId: string, today: string): LicenceRequest {
  const category = getLicenceCategory(row.category);
  return {
    id: row.id,
    personId: row.person_id,
    licenceId: row.licence_id,
    nameMasked: openMaskedName(keys, row.name_sealed, row.person_id),
    idNumberMasked: openMaskedIdNumber(keys, row.id_number_sealed, row.person_id),
    category: row.category,
    categoryZh: category.nameZh,
    categoryEn: category.nameEn,
    kind: row.kind,
    reason: row.reason,
    note: row.note,
    state: row.state,
    askedBy: row.by_holder ? 'holder' : 'officer',
    askedAt: row.asked_at.toISOString(),
    isMine: row.asked_by === accountId,
    decisionNote: row.decision_note,
    decidedAt: row.decided_at?.toISOString() ?? null,
    unmet: unmetOf(row, today),
  };
}
