import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { documentKindOf, listDocumentsOf, standingOf } from '../documents/index.ts';
import type { ArchiveRow } from './archive-rows.ts';

/** Documents of a person as entries of the archive. */
export async function readDocumentRows(
  platform: Pick<Platform, 'keys'>,
  db: Queryable,
  personId: string,
  now: Date,
): Promise<ArchiveRow[]> {
  return (await listDocumentsOf(platform, db, personId)).map((document) => {
    const { titleZh, titleEn } = documentKindOf(document.kind);
    const { state } = standingOf(document, now);
    return {
      id: document.id,
      kind: 'document',
      at: document.issuedAt,
      title_zh: `${titleZh} ${document.number}`,
      title_en: `${titleEn} ${document.number}`,
      scheme: null,
      region_code: null,
      body_id: document.issuerId,
      employer_id: null,
      credited_seconds: null,
      outcome:
        state === 'valid' ? 'in-force' : state === 'not-yet-valid' || state === 'suspended' ? 'pending' : 'ended',
    };
  });
}
