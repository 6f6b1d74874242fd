import { bucketOf, type DocumentStanding, type DocumentStatus, stateOf } from '@antu/domain';
import type { Signature } from '@antu/proof';
import { z } from 'zod';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../platform/database/pool.ts';
import type { DocumentRef } from './document-context.ts';
import { type DocumentRow, type EventRow, findDocumentRow, findEventRows, parseSignatures } from './document-rows.ts';
import { openBasis, openFields, type SaltedField } from './sealed-parts.ts';

export interface LoadedEvent {
  readonly seq: number;
  readonly status: DocumentStatus;
  readonly reason: string;
  /** Account; null: a job. */
  readonly decidedBy: string | null;
  readonly at: Date;
  readonly recordedAt: Date;
}

/** A document with its values in the open: mask before it goes to anybody but its holder. */
export interface LoadedDocument {
  readonly bucket: number;
  readonly id: string;
  readonly personId: string;
  readonly kind: string;
  readonly issuerId: string;
  readonly code: string;
  readonly number: string;
  readonly ruleSetId: string;
  readonly fields: readonly SaltedField[];
  readonly basis: unknown;
  /** Account; null: a job. */
  readonly issuedBy: string | null;
  /** File of the picture, for `readPhoto`. */
  readonly photoKey: string | null;
  readonly issuedAt: Date;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly replacesId: string | null;
  /** The document that replaced this one. */
  readonly replacedBy: { readonly id: string; readonly code: string; readonly number: string } | null;
  readonly events: readonly LoadedEvent[];
  /** SHA-256 of the signed text, hexadecimal. */
  readonly hash: string;
  readonly signatures: readonly Signature[];
}

const documentBasis = z.object({ basis: z.unknown(), issuedBy: z.string().nullable() });
const eventBasis = z.object({ reason: z.string(), decidedBy: z.string().nullable() });

export async function loadDocument(
  { keys }: { readonly keys: KeyRing },
  db: Queryable,
  ref: DocumentRef,
): Promise<LoadedDocument | undefined> {
  const row = await findDocumentRow(db, ref);
  return row && open(keys, db, row);
}

/** All documents of a person, newest first. */
export async function listDocumentsOf(
  { keys }: { readonly keys: KeyRing },
  db: Queryable,
  personId: string,
  kinds?: readonly string[],
): Promise<LoadedDocument[]> {
  const { rows } = await db.query<DocumentRow>(
    `select * from issued_document where bucket = $1 and person_id = $2 and ($3::text[] is null or kind = any($3))
     order by id desc`,
    [bucketOf(personId), personId, kinds ?? null],
  );
  const documents: LoadedDocument[] = [];
  for (const row of rows) documents.push(await open(keys, db, row));
  return documents;
}

/** The state of a loaded document at an instant. */
export const standingOf = (document: LoadedDocument, at: Date): DocumentStanding =>
  stateOf(document, document.events, at);

async function open(keys: KeyRing, db: Queryable, row: DocumentRow): Promise<LoadedDocument> {
  const events = await findEventRows(db, row);
  const { rows } = await db.query<{ id: string; code: string; number: string }>(
    'select id, code, number from issued_document where bucket = $1 and replaces_id = $2',
    [row.bucket, row.id],
  );
  const { basis, issuedBy } = documentBasis.parse(JSON.parse(openBasis(keys, row.basis_sealed, row.id)));
  return {
    bucket: row.bucket,
    id: row.id,
    personId: row.person_id,
    kind: row.kind,
    issuerId: row.issuer_id,
    code: row.code,
    number: row.number,
    ruleSetId: row.rule_set_id,
    fields: openFields(keys, row.fields_sealed, row.id),
    basis,
    issuedBy,
    photoKey: row.photo_key,
    issuedAt: row.issued_at,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    replacesId: row.replaces_id,
    replacedBy: rows[0] ?? null,
    events: events.map((event) => openEvent(keys, event)),
    hash: row.hash.toString('hex'),
    signatures: parseSignatures(row.signatures),
  };
}

function openEvent(keys: KeyRing, row: EventRow): LoadedEvent {
  const text = openBasis(keys, row.basis_sealed, row.id);
  const { reason, decidedBy } = eventBasis.parse(JSON.parse(text));
  const { seq, status, at, recorded_at } = row;
  return { seq, status, reason, decidedBy, at, recordedAt: recorded_at };
}
