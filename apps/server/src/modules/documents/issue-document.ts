import { randomBytes } from 'node:crypto';
import { bucketOf, chinaDateAt, DOCUMENT_CODE_BYTES, documentCodeOf, placeInBucket } from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { signWithAll } from '../../platform/signing/signing-key.ts';
import { appendLeaf } from '../transparency/index.ts';
import { changeDocument } from './change-document.ts';
import type { DocumentContext } from './document-context.ts';
import { type DocumentRow, documentText } from './document-rows.ts';
import { photoKeyOf, putPhoto } from './photo-files.ts';
import { basisText, type PrintedField, saltFields, sealBasis, sealFields, sha256 } from './sealed-parts.ts';

export interface DocumentToIssue {
  readonly kind: string;
  readonly personId: string;
  readonly issuerId: string;
  /** Numbers without gaps by issuer, code and China year: `<code><year><six digits>`. Leave out where `number` is given. */
  readonly series?: { readonly code: string } | undefined;
  /** A number that comes from elsewhere, such as one that a replacement keeps. */
  readonly number?: string | undefined;
  /** Becomes `number` where a series gives it. */
  readonly fields: readonly PrintedField[] | ((number: string) => readonly PrintedField[]);
  /** Plain JSON with whole numbers: hours, results and whatever else the decision rests on. */
  readonly basis: unknown;
  readonly ruleSetId: string;
  readonly issuedAt: Date;
  readonly validFrom: Date;
  /** First instant after the term; null: without end. */
  readonly validUntil: Date | null;
  /** Of the same person; gets the event `replaced`, and `reason` with it. */
  readonly replaces?: { readonly bucket: number; readonly id: string; readonly reason: string } | undefined;
  /** JPEG or PNG. */
  readonly photo?: Buffer | undefined;
}

export interface IssuedDocument {
  readonly bucket: number;
  readonly id: string;
  readonly code: string;
  readonly number: string;
}

interface Numbered {
  readonly number: string;
  readonly series: { readonly code: string; readonly year: number; readonly number: number } | null;
}

/** Issues a document in the caller's transaction, which also writes the audit entry: numbered, hashed, signed, never changed afterwards. */
export async function issueDocument(
  tx: Tx,
  context: DocumentContext,
  wanted: DocumentToIssue,
): Promise<IssuedDocument> {
  const { keys, signing } = context.platform;
  const { number, series } = await numberOf(tx, wanted);
  const bucket = bucketOf(wanted.personId);
  const recordedAt = context.now();
  const id = placeInBucket(uuidv7(recordedAt.getTime()), bucket);
  const fields = saltFields(typeof wanted.fields === 'function' ? wanted.fields(number) : wanted.fields);
  const basis = basisText({
    basis: wanted.basis,
    issuedBy: context.actor?.accountId ?? null,
    personId: wanted.personId,
  });
  const photoKey = wanted.photo ? photoKeyOf(wanted.personId, id) : null;
  const row: Omit<DocumentRow, 'hash' | 'signatures'> = {
    bucket,
    id,
    person_id: wanted.personId,
    kind: wanted.kind,
    issuer_id: wanted.issuerId,
    code: documentCodeOf(randomBytes(DOCUMENT_CODE_BYTES), bucket),
    number,
    series_code: series?.code ?? null,
    series_year: series?.year ?? null,
    series_number: series?.number ?? null,
    rule_set_id: wanted.ruleSetId,
    fields_sealed: sealFields(keys, fields, id),
    basis_sealed: sealBasis(keys, basis, id),
    photo_key: photoKey,
    photo_hash: wanted.photo ? sha256(wanted.photo) : null,
    issued_at: wanted.issuedAt,
    valid_from: wanted.validFrom,
    valid_until: wanted.validUntil,
    replaces_id: wanted.replaces?.id ?? null,
    recorded_at: recordedAt,
  };
  if (wanted.photo && photoKey !== null) await putPhoto(context.platform, photoKey, wanted.photo);
  const text = documentText(row, fields, basis);
  const signatures = await signWithAll(signing, 'document', Buffer.from(text));
  await insertDocument(tx, { ...row, hash: sha256(text), signatures: JSON.stringify(signatures) });
  await appendLeaf(tx, { bucket, kind: 'document', sourceId: id, text });
  if (wanted.replaces) {
    const { reason, ...replaced } = wanted.replaces;
    await changeDocument(tx, context, { ...replaced, status: 'replaced', reason, at: wanted.issuedAt });
  }
  return { bucket, id, code: row.code, number };
}

async function numberOf(tx: Tx, { series, number, issuerId, issuedAt }: DocumentToIssue): Promise<Numbered> {
  if ((series === undefined) === (number === undefined))
    throw new Error('a document has a number of its own or one of a series');
  if (!series) return { number: number ?? '', series: null };
  const year = Number(chinaDateAt(issuedAt.getTime()).slice(0, 4));
  const { rows } = await tx.query<{ last_number: number }>(
    `insert into document_series (issuer_id, code, year, last_number) values ($1, $2, $3, 1)
     on conflict (issuer_id, code, year) do update set last_number = document_series.last_number + 1
     returning last_number`,
    [issuerId, series.code, year],
  );
  const last = rows[0]?.last_number ?? 0;
  return {
    number: `${series.code}${year}${String(last).padStart(6, '0')}`,
    series: { code: series.code, year, number: last },
  };
}

async function insertDocument(tx: Tx, row: DocumentRow): Promise<void> {
  const columns = Object.keys(row);
  await tx.query(
    `insert into issued_document (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  );
}
