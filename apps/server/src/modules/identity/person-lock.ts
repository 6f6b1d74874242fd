import type { Tx } from '../../platform/database/pool.ts';

/**
 * Everything that stores or deletes something about a person's face takes turns, until the end of the transaction: what was
 * stored while consent ended would otherwise stay. Always taken before rows are locked.
 */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('identity ' || $1::text, 0))`, [personId]);
}
