import { type DocumentStatus, mayFollow, placeInBucket } from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { signWithAll } from '../../platform/signing/signing-key.ts';
import { appendLeaf } from '../transparency/index.ts';
import type { DocumentContext } from './document-context.ts';
import { type EventRow, eventText, findDocumentRow, findEventRows } from './document-rows.ts';
import { basisText, sealBasis, sha256 } from './sealed-parts.ts';

export interface DocumentChange {
  readonly bucket: number;
  readonly id: string;
  readonly status: DocumentStatus;
  /** For the register; encrypted. */
  readonly reason: string;
  /** From when it counts. */
  readonly at: Date;
}

/** Adds a decision about a document, in the caller's transaction, which also writes the audit entry. Refuses one that may not follow. */
export async function changeDocument(
  tx: Tx,
  context: DocumentContext,
  { bucket, id, status, reason, at }: DocumentChange,
): Promise<{ readonly seq: number }> {
  const { keys, signing } = context.platform;
  // The row itself cannot be locked: nobody may update it.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 19))', [id]);
  const document = await findDocumentRow(tx, { bucket, id });
  if (!document) throw new AppError('documents.not_found');
  const events = await findEventRows(tx, { bucket, id });
  const last = events.at(-1);
  if (!mayFollow(last?.status ?? null, status)) throw new AppError('documents.may_not_follow');
  const basis = basisText({ decidedBy: context.actor?.accountId ?? null, reason });
  const seq = (last?.seq ?? 0) + 1;
  const recordedAt = context.now();
  const eventId = placeInBucket(uuidv7(recordedAt.getTime()), bucket);
  const row: Omit<EventRow, 'hash' | 'signatures'> = {
    bucket,
    document_id: id,
    seq,
    id: eventId,
    status,
    basis_sealed: sealBasis(keys, basis, eventId),
    at,
    recorded_at: recordedAt,
  };
  const text = eventText(row, document.code, basis, last?.hash ?? document.hash);
  const signatures = await signWithAll(signing, 'document', Buffer.from(text));
  await tx.query(
    `insert into document_event (bucket, document_id, seq, id, status, basis_sealed, at, recorded_at, hash, signatures)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [bucket, id, seq, eventId, status, row.basis_sealed, at, recordedAt, sha256(text), JSON.stringify(signatures)],
  );
  await appendLeaf(tx, { bucket, kind: 'document-event', sourceId: eventId, text });
  return { seq };
}
