import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { openKeyRing, rotateKeys } from './key-ring.ts';
import { refuseForeignKeys } from './refuse-foreign-keys.ts';

let database: TestDatabase;
let directory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'antu-keys-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await database.close();
});

const keysOf = (name: string) => openKeyRing(join(directory, name));

test('the keys a database was written with are taken again, after a rotation too; others are refused', async () => {
  const own = await keysOf('own');
  await Promise.all(Array.from({ length: 5 }, () => refuseForeignKeys(database.pool, own)));
  await rotateKeys(join(directory, 'own'));
  await refuseForeignKeys(database.pool, await keysOf('own'));
  await expect(refuseForeignKeys(database.pool, await keysOf('other'))).rejects.toThrow(
    'The keys in KEY_DIR are not those of this database',
  );
  expect((await database.owner.query('select from data_key_mark')).rowCount).toBe(1);
});

test('a database without structure holds nothing to protect', async () => {
  const empty = await createTestDatabase({ empty: true });
  await refuseForeignKeys(empty.pool, await keysOf('own'));
  await empty.close();
});
