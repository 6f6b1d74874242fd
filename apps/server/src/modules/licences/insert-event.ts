import { bucketOf, type IssueReason, type LicenceAction, placeInBucket } from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';

interface Done {
  readonly action: LicenceAction;
  readonly reason: IssueReason | null;
  readonly note: string;
  readonly requestId: string | null;
  readonly documentId: string | null;
  readonly at: Date;
}

interface Licence {
  readonly id: string;
  readonly valid_from: string;
  readonly valid_until: string;
  readonly rule_set_id: string;
}

/** Writes down what was done to a licence, with the term that it has now. */
export async function insertEvent(
  tx: Tx,
  { actor }: { readonly actor: { readonly accountId: string } | undefined },
  licence: Licence,
  { action, reason, note, requestId, documentId, at }: Done,
): Promise<void> {
  const bucket = bucketOf(licence.id);
  await tx.query(
    `insert into licence_event (bucket, id, licence_id, action, reason, valid_from, valid_until, document_id, request_id, note,
       rule_set_id, decided_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      bucket,
      placeInBucket(uuidv7(at.getTime()), bucket),
      licence.id,
      action,
      reason,
      licence.valid_from,
      licence.valid_until,
      documentId,
      requestId,
      note,
      licence.rule_set_id,
      actor?.accountId ?? null,
      at,
    ],
  );
}
