import type { AffiliationView, OrganisationType, PersonDetail, PersonListItem } from '@antu/contract';
import { maskIdNumber, maskName, regionLevelOf } from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { openIdNumber, openName } from './sealed-columns.ts';

/** A person as the lists read it. */
export interface PersonRow {
  id: string;
  name_sealed: Buffer;
  id_number_sealed: Buffer;
  birth_date: string;
  sex: 'male' | 'female';
  region_code: string;
  region_name: string;
  created_at: Date;
  has_account: boolean;
  affiliations: {
    organisationId: string;
    organisationName: string;
    organisationType: OrganisationType;
    kind: 'employed' | 'enrolled';
    post: string | null;
    from: string;
    to: string | null;
  }[];
}

const presentAffiliation = (row: PersonRow['affiliations'][number]): AffiliationView => ({
  organisation: { id: row.organisationId, name: row.organisationName, type: row.organisationType },
  kind: row.kind,
  post: row.post,
  from: row.from,
  to: row.to,
});

/** What a list shows: masked, without the birth date. */
export const presentListItem = (keys: KeyRing, row: PersonRow): PersonListItem => ({
  id: row.id,
  nameMasked: maskName(openName(keys, row.name_sealed, row.id)),
  idNumberMasked: maskIdNumber(openIdNumber(keys, row.id_number_sealed, row.id)),
  sex: row.sex,
  region: { code: row.region_code, name: row.region_name, level: regionLevelOf(row.region_code) },
  affiliations: row.affiliations.map(presentAffiliation),
});

export const presentDetail = (keys: KeyRing, row: PersonRow): PersonDetail => ({
  ...presentListItem(keys, row),
  birthDate: row.birth_date,
  createdAt: row.created_at.toISOString(),
  hasAccount: row.has_account,
});
