import { createHmac } from 'node:crypto';
import { bucketOf } from '@antu/domain';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Tx } from '../../../platform/database/pool.ts';

/** A row of identity_code. */
export type CodeRow = {
  id: string;
  codeHash: Buffer;
  issuedBy: string;
  organisationId: string;
  tries: number;
};

/** A million codes are guessed in no time, so the hash is keyed; bound to its row, so that equal codes look different. */
export const hashCode = (keys: KeyRing, codeId: string, code: string): Buffer =>
  createHmac('sha256', keys.deriveSecret('identity.code')).update(`${codeId} ${code}`).digest();

/** The code that was read out to a person last, if it may still be used. Locked until the end of the transaction. */
export async function lockUsableCode(
  tx: Tx,
  personId: string,
  { now, mostTries }: { now: Date; mostTries: number },
): Promise<CodeRow | undefined> {
  const { rows } = await tx.query<CodeRow & { usable: boolean }>(
    `select id, code_hash as "codeHash", issued_by as "issuedBy", organisation_id as "organisationId", tries,
       used_at is null and expires_at > $3 and tries < $4 as usable
     from identity_code where bucket = $1 and person_id = $2 order by issued_at desc, id desc limit 1 for update`,
    [bucketOf(personId), personId, now, mostTries],
  );
  const [newest] = rows;
  return newest?.usable ? newest : undefined;
}
