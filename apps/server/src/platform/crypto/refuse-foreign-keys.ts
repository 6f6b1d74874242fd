import { StartError } from '../errors.ts';
import type { Queryable } from '../database/pool.ts';
import type { KeyRing } from './key-ring.ts';

/** SQLSTATE undefined_table: the structure has not been made yet. */
const undefinedTable = '42P01';

/**
 * Refuses keys with which this database was not written. Without it an instance with a wrong `KEY_DIR` would make new keys,
 * find nobody, and write people whom the right keys do not open. The first instance leaves the mark.
 */
export async function refuseForeignKeys(connection: Queryable, keys: KeyRing): Promise<void> {
  const mark = keys.blindIndex('platform.data-key-mark', 'antu');
  try {
    await connection.query('insert into data_key_mark (mark) values ($1) on conflict do nothing', [mark]);
    const { rows } = await connection.query<{ mark: Buffer }>('select mark from data_key_mark');
    if (rows.every((row) => row.mark.equals(mark))) return;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === undefinedTable) return;
    throw error;
  }
  throw new StartError('The keys in KEY_DIR are not those of this database: put back the keys it was written with.');
}
