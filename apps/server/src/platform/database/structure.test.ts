import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { databaseDir } from '../paths.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { describeSchema } from './describe-schema.ts';
import { buildStructure } from './structure.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Tables of the schema without the monthly partitions. */
const tables = `select c.oid, c.relname as name, coalesce(obj_description(c.oid, 'pg_class'), '') as comment
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`;

describe('the structure of the database', () => {
  test('db/schema.sql shows what the migrations make', async () => {
    const shown = await readFile(join(databaseDir, 'schema.sql'), 'utf8');
    expect(shown, 'run: npm run antu -- schema-doc').toBe(await describeSchema(database.owner));
  });

  test('every table says how it distributes', async () => {
    const { rows } = await database.owner.query<{ name: string; comment: string }>(tables);
    expect(rows.length).toBeGreaterThan(1);
    const silent = rows.filter(({ comment }) => !/distributes: (by person|by device|reference)\.?$/.test(comment));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('in tables by person every primary, unique and foreign key starts with bucket', async () => {
    const { rows } = await database.owner.query<{ key: string; first: string }>(`
      with t as (${tables})
      select k.conname as key, a.attname as first
      from t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f')
      join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1]
      left join pg_class target on target.oid = k.confrelid
      where t.comment ~ 'distributes: by (person|device)'
        and (k.contype <> 'f' or obj_description(target.oid, 'pg_class') !~ 'distributes: reference')
      union all
      select c.relname, a.attname
      from t join pg_index i on i.indrelid = t.oid and i.indisunique
      join pg_class c on c.oid = i.indexrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where t.comment ~ 'distributes: by (person|device)'`);
    expect(rows.filter(({ first }) => first !== 'bucket')).toEqual([]);
  });

  test('reference tables have no foreign key into tables by person', async () => {
    const { rows } = await database.owner.query(`
      with t as (${tables})
      select k.conname as key from t
      join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      join t as target on target.oid = k.confrelid
      where t.comment ~ 'distributes: reference' and target.comment ~ 'distributes: by'`);
    expect(rows).toEqual([]);
  });

  test('the application owns nothing and may not make tables', async () => {
    const { rows } = await database.owner.query("select relname from pg_class where relowner = 'antu_app'::regrole");
    expect(rows).toEqual([]);
    await expect(database.pool.query('create table mine (id int)')).rejects.toThrow('permission denied');
    await expect(database.pool.query('delete from schema_migration')).rejects.toThrow('permission denied');
  });

  test('five starts at once make the queue and the partitions without a quarrel', async () => {
    const fresh = await createTestDatabase({ empty: true });
    try {
      await Promise.all(Array.from({ length: 5 }, () => buildStructure(fresh.ownerUrl, { clock: systemClock })));
      await fresh.pool.query("select graphile_worker.add_job('x', '{}')");
      const { rows } = await fresh.pool.query('select task_identifier from graphile_worker.jobs');
      expect(rows).toEqual([{ task_identifier: 'x' }]);
    } finally {
      await fresh.close();
    }
  });
});
