import type { Queryable } from '../../../platform/database/pool.ts';

/**
 * Waits for a later decision about the person's hours that is being written, and keeps others out until the end of the
 * transaction. Whoever opens a session takes this before reading what counts already: otherwise hours that are given back in
 * the meantime would be credited a second time.
 */
export async function holdHours(tx: Queryable, bucket: number, personId: string): Promise<void> {
  await tx.query('select from person where bucket = $1 and id = $2 for share', [bucket, personId]);
}

/** One decision about a person's hours at a time, and no session of the person is opened meanwhile. */
export async function lockHours(tx: Queryable, bucket: number, personId: string): Promise<void> {
  // Not `for update`: rows that name the person may be written all the while.
  await tx.query('select from person where bucket = $1 and id = $2 for no key update', [bucket, personId]);
}
