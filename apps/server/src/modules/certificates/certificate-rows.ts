import type { CertificateView } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { type LoadedDocument, loadDocument, standingOf } from '../documents/index.ts';
import { findPersonNames } from '../people/index.ts';

export interface CertificateRow {
  readonly bucket: number;
  readonly document_id: string;
  readonly person_id: string;
  readonly course_id: string;
  readonly course_version_id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly region_code: string;
  readonly course_title: string;
  readonly scheme: string;
  readonly standing: 'in-force' | 'replaced' | 'revoked';
}

/** Certificates with their course and issuer. @param rest order and limit */
export async function selectCertificates(
  db: Queryable,
  where: string,
  values: readonly unknown[],
  rest = '',
): Promise<CertificateRow[]> {
  const { rows } = await db.query<CertificateRow>(
    `select t.bucket, t.document_id, t.person_id, t.course_id, t.course_version_id, t.organisation_id, o.name as organisation_name,
       o.region_code, c.title_zh as course_title, c.scheme, t.standing
     from training_certificate t join course c on c.id = t.course_id join organisation o on o.id = t.organisation_id
       join person p on p.bucket = t.bucket and p.id = t.person_id
     where ${where} ${rest}`,
    [...values],
  );
  return rows;
}

export const findCertificate = async (db: Queryable, id: string): Promise<CertificateRow | undefined> =>
  (await selectCertificates(db, 't.bucket = $1 and t.document_id = $2', [bucketOf(id), id]))[0];

/** Locks a certificate against a second decision at the same time. */
export async function lockStanding(
  db: Queryable,
  row: CertificateRow,
): Promise<CertificateRow['standing'] | undefined> {
  const { rows } = await db.query<Pick<CertificateRow, 'standing'>>(
    'select standing from training_certificate where bucket = $1 and document_id = $2 for update',
    [row.bucket, row.document_id],
  );
  return rows[0]?.standing;
}

/** Rows with the documents behind them, and names as lists show them. */
export async function presentCertificates(
  platform: Platform,
  rows: readonly CertificateRow[],
): Promise<(CertificateView & { readonly document: LoadedDocument })[]> {
  const { keys, pool } = platform;
  const names = await findPersonNames(pool, keys, [...new Set(rows.map((row) => row.person_id))]);
  const now = platform.clock.now();
  const views: (CertificateView & { readonly document: LoadedDocument })[] = [];
  for (const row of rows) {
    const document = await loadDocument(platform, pool, { bucket: row.bucket, id: row.document_id });
    if (!document) throw new Error(`certificate ${row.document_id} has no document`);
    const { state, since } = standingOf(document, now);
    const name = names.get(row.person_id);
    views.push({
      id: row.document_id,
      personId: row.person_id,
      nameMasked: name?.nameMasked ?? '',
      idNumberMasked: name?.idNumberMasked ?? '',
      number: document.number,
      code: document.code,
      courseId: row.course_id,
      courseTitle: row.course_title,
      organisationName: row.organisation_name,
      issuedAt: document.issuedAt.toISOString(),
      state,
      since: since.toISOString(),
      document,
    });
  }
  return views;
}
