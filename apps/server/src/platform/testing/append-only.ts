import { expect } from 'vitest';
import type { TestDatabase } from './test-database.ts';

/** Proves that the application role may add to these tables and read them, and may not change, delete or empty them. */
export async function expectAppendOnly(database: TestDatabase, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await database.owner.query<{ privilege: string; held: boolean }>(
      `select privilege, has_table_privilege('antu_app', $1, privilege)
                         or (privilege in ('UPDATE') and has_any_column_privilege('antu_app', $1, privilege)) as held
       from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as privilege`,
      [table],
    );
    const held = rows.filter((row) => row.held).map((row) => row.privilege);
    expect(held.sort(), `what antu_app may do with ${table}`).toEqual(['INSERT', 'SELECT']);
    for (const statement of [`update ${table} set tableoid = tableoid`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(database.pool.query(statement), statement).rejects.toThrow();
    }
  }
}
