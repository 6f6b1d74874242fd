import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { loadSettings } from '../settings.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { openAppPool, prepareExternal, resolveDatabase } from './connect.ts';
import { buildStructure, readRolesSql } from './structure.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.close());

const prepare = async (environment: Record<string, string>) => {
  const settings = loadSettings(environment);
  const access = await resolveDatabase(settings);
  await prepareExternal(access, await readRolesSql());
  return { settings, access };
};

describe('an external database', () => {
  test('one URL: the application acts as antu_app all the same', async () => {
    const url = new URL(inject('testServer').superuserUrl);
    url.pathname = `/${database.name}`;
    const { settings, access } = await prepare({ DATABASE_URL: url.href });
    await buildStructure(access.ownerUrl, { clock: systemClock });
    const pool = openAppPool(access, settings, 'test');
    try {
      expect((await pool.query('select current_user::text as who')).rows).toEqual([{ who: 'antu_app' }]);
      await expect(pool.query('delete from schema_migration')).rejects.toThrow('permission denied');
    } finally {
      await pool.end();
    }
  });

  test('two URLs: each signs in as itself', async () => {
    const { access } = await prepare({ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl });
    expect(access).toMatchObject({ appUrl: database.appUrl, ownerUrl: database.ownerUrl, appRole: undefined });
  });

  test.each([
    [
      () => ({ DATABASE_URL: database.appUrl }),
      'The user of the database URL may not create tables: make it the owner of the database.',
    ],
    [
      () => ({ DATABASE_URL: database.ownerUrl }),
      'The user of DATABASE_URL may not act as antu_app: let an administrator',
    ],
    [
      () => ({ DATABASE_URL: database.appUrl.replace(database.name, 'absent'), DATABASE_OWNER_URL: database.ownerUrl }),
      'The database of DATABASE_URL cannot be reached: database "absent" does not exist.',
    ],
  ])('what is missing is said in one sentence: %#', async (environment, sentence) => {
    await expect(prepare(environment())).rejects.toThrow(sentence);
  });
});
