import type { Queryable } from '../../../platform/database/pool.ts';

/** How many other identities have the same face enrolled, by person; people without any are left out. */
export async function countDoubles(_db: Queryable, _personIds: readonly string[]): Promise<Map<string, number>> {
  return new Map();
}
