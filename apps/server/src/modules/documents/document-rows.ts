import { bucketOfDocumentCode, canonicalJson, type DocumentStatus } from '@antu/domain';
import type { DocumentClaims, DocumentEventClaims, Signature } from '@antu/proof';
import type { Queryable } from '../../platform/database/pool.ts';
import type { DocumentRef } from './document-context.ts';
import { committedFields, type SaltedField, sha256 } from './sealed-parts.ts';

export interface DocumentRow {
  readonly bucket: number;
  readonly id: string;
  readonly person_id: string;
  readonly kind: string;
  readonly issuer_id: string;
  readonly code: string;
  readonly number: string;
  readonly series_code: string | null;
  readonly series_year: number | null;
  readonly series_number: number | null;
  readonly rule_set_id: string;
  readonly fields_sealed: Buffer;
  readonly basis_sealed: Buffer;
  readonly photo_key: string | null;
  readonly photo_hash: Buffer | null;
  readonly issued_at: Date;
  readonly valid_from: Date;
  readonly valid_until: Date | null;
  readonly replaces_id: string | null;
  readonly recorded_at: Date;
  readonly hash: Buffer;
  readonly signatures: string;
}

export interface EventRow {
  readonly bucket: number;
  readonly document_id: string;
  readonly seq: number;
  readonly id: string;
  readonly status: DocumentStatus;
  readonly basis_sealed: Buffer;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly hash: Buffer;
  readonly signatures: string;
}

type Unhashed<Row> = Omit<Row, 'hash' | 'signatures'>;

/** The canonical text of a document: what is hashed, signed and logged. @param basis the text that is sealed */
export function documentText(row: Unhashed<DocumentRow>, fields: readonly SaltedField[], basis: string): string {
  const { series_code, series_year, series_number } = row;
  const claims: DocumentClaims = {
    v: 1,
    type: 'document',
    id: row.id,
    code: row.code,
    kind: row.kind,
    number: row.number,
    issuerId: row.issuer_id,
    series:
      series_code !== null && series_year !== null && series_number !== null
        ? { code: series_code, year: series_year, number: series_number }
        : null,
    ruleSetId: row.rule_set_id,
    fields: committedFields(fields),
    basisHash: sha256(basis).toString('hex'),
    photoHash: row.photo_hash?.toString('hex') ?? null,
    issuedAtMs: row.issued_at.getTime(),
    validFromMs: row.valid_from.getTime(),
    validUntilMs: row.valid_until?.getTime() ?? null,
    replaces: row.replaces_id,
    recordedAtMs: row.recorded_at.getTime(),
  };
  return canonicalJson(claims);
}

/** The canonical text of an event. @param previousHash hash of the event before, of the first that of the document */
export function eventText(row: Unhashed<EventRow>, code: string, basis: string, previousHash: Buffer): string {
  const claims: DocumentEventClaims = {
    v: 1,
    type: 'document-event',
    id: row.id,
    documentId: row.document_id,
    code,
    seq: row.seq,
    status: row.status,
    basisHash: sha256(basis).toString('hex'),
    previousHash: previousHash.toString('hex'),
    atMs: row.at.getTime(),
    recordedAtMs: row.recorded_at.getTime(),
  };
  return canonicalJson(claims);
}

export const parseSignatures = (text: string): Signature[] => JSON.parse(text) as Signature[];

export async function findDocumentRow(db: Queryable, ref: DocumentRef): Promise<DocumentRow | undefined> {
  const [text, values] =
    'id' in ref
      ? ['select * from issued_document where bucket = $1 and id = $2', [ref.bucket, ref.id]]
      : ['select * from issued_document where bucket = $1 and code = $2', [bucketOfDocumentCode(ref.code), ref.code]];
  const { rows } = await db.query<DocumentRow>(text as string, values as unknown[]);
  return rows[0];
}

export async function findEventRows(
  db: Queryable,
  { bucket, id }: { bucket: number; id: string },
): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    'select * from document_event where bucket = $1 and document_id = $2 order by seq',
    [bucket, id],
  );
  return rows;
}
