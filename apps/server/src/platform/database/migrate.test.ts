import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
});
afterEach(() => database.close());

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  sha256: createHash('sha256').update(sql).digest('hex'),
});
const first = migration('0001-make-a.sql', 'create table a (id int); insert into a values (1);');
const second = migration('0002-make-b.sql', 'create table b (id int);');

describe('migrate', () => {
  test('twenty starts at once run each migration once', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => migrate(database.ownerUrl, [first, second])));
    expect(runs.flat().toSorted()).toEqual([first.name, second.name]);
    expect((await database.owner.query('select id from a')).rows).toEqual([{ id: 1 }]);
  });

  test('an edited migration is refused and nothing runs', async () => {
    await migrate(database.ownerUrl, [first]);
    const edited = migration(first.name, 'create table c (id int);');
    await expect(migrate(database.ownerUrl, [edited, second])).rejects.toThrow(
      'Migration 0001-make-a.sql was edited after it ran: write a new migration instead.',
    );
    expect((await database.owner.query("select to_regclass('b') as b")).rows).toEqual([{ b: null }]);
  });

  test('a database of a newer version is refused', async () => {
    await migrate(database.ownerUrl, [first, second]);
    await expect(migrate(database.ownerUrl, [first])).rejects.toThrow('this one does not know 0002-make-b.sql');
  });

  test('a failing migration leaves nothing of itself and names its line', async () => {
    const broken = migration('0002-break.sql', 'create table b (id int);\n\nselect * from nowhere;');
    await expect(migrate(database.ownerUrl, [first, broken])).rejects.toThrow(
      'Migration 0002-break.sql failed (line 3): relation "nowhere" does not exist',
    );
    expect((await database.owner.query("select to_regclass('a') as a, to_regclass('b') as b")).rows).toEqual([
      { a: 'a', b: null },
    ]);
    expect(await pendingMigrations(database.owner, [first, broken])).toEqual([broken.name]);
  });

  test('the folder is read in order; doubled numbers and odd names are refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antu-migrations-'));
    try {
      await writeFile(join(folder, '0002-b.sql'), 'select 2;');
      await writeFile(join(folder, '0001-a.sql'), 'select 1;');
      expect((await readMigrations(folder)).map(({ name }) => name)).toEqual(['0001-a.sql', '0002-b.sql']);
      await writeFile(join(folder, '0001-c.sql'), 'select 1;');
      await expect(readMigrations(folder)).rejects.toThrow('Two migrations have the number 0001.');
      await writeFile(join(folder, '0001-c.sql'), '');
      await rm(join(folder, '0001-c.sql'));
      await writeFile(join(folder, 'third.sql'), 'select 3;');
      await expect(readMigrations(folder)).rejects.toThrow('Migration third.sql is not named NNNN-verb-object.sql.');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
