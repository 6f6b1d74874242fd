import { createHash } from 'node:crypto';
import { type LeafKind, leafKinds } from '@antu/proof';
import type { Queryable } from '../../platform/database/pool.ts';

export type LeafName = {
  /** Bucket of the fact. */
  bucket: number;
  kind: LeafKind;
  /** Id of the fact: one leaf per kind and id. */
  sourceId: string;
};

/**
 * Puts a fact on its way into the log, in the transaction of the fact: both are there or neither. Entries of the hour ledger do
 * not need it: the database does it for them.
 * @param text canonical JSON of every column of the fact; only its salted hash ever leaves the database
 */
export async function appendLeaf(
  tx: Queryable,
  { bucket, kind, sourceId, text }: LeafName & { text: string },
): Promise<void> {
  await tx.query('insert into log_pending (bucket, kind, source_id, digest) values ($1, $2, $3, $4)', [
    bucket,
    leafKinds.indexOf(kind) + 1,
    sourceId,
    createHash('sha256').update(text).digest(),
  ]);
}
