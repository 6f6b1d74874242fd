import { isIP } from 'node:net';
import type { Queryable } from '../../platform/database/pool.ts';

/** The client's address as PostgreSQL writes it, which is what hashes are made of. A proxy may forward anything as an address. */
export async function storableAddress(db: Queryable, address: string): Promise<string> {
  const { rows } = await db.query<{ address: string }>('select host($1::inet) as address', [
    isIP(address) === 0 ? '0.0.0.0' : address.split('%')[0],
  ]);
  return rows[0]?.address ?? '0.0.0.0';
}
