import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { ensurePartitions, monthsFrom } from './partitions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  await database.owner.query('create table by_time (at timestamptz not null) partition by range (at)');
  await database.owner.query('create table by_id (id uuid not null) partition by range (id)');
});
afterAll(() => database.close());

const partitionOf = async (table: string): Promise<unknown[]> =>
  (await database.owner.query(`select tableoid::regclass::text as name from ${table}`)).rows.map(
    (row: { name: string }) => row.name,
  );

describe('monthly partitions', () => {
  test('months follow each other over the end of the year, in China time', () => {
    expect(monthsFrom(Date.UTC(2026, 10, 30, 16), 2)).toEqual([
      { year: 2026, month: 12 },
      { year: 2027, month: 1 },
    ]);
    expect(monthsFrom(Date.UTC(2026, 10, 30, 16) - 1, 1)).toEqual([{ year: 2026, month: 11 }]);
  });

  test('made ten times at once, the last millisecond and the first lie in different ones', async () => {
    const months = monthsFrom(Date.UTC(2026, 10, 21), 2);
    await Promise.all(
      Array.from({ length: 10 }, () => ensurePartitions(database.owner, { table: 'by_time', kind: 'time' }, months)),
    );
    const decemberMs = Date.UTC(2026, 10, 30, 16);
    for (const ms of [decemberMs - 1, decemberMs])
      await database.owner.query('insert into by_time values ($1)', [new Date(ms)]);
    expect(await partitionOf('by_time')).toEqual(['by_time_y2026m11', 'by_time_y2026m12']);
  });

  test('the same by id', async () => {
    await ensurePartitions(database.owner, { table: 'by_id', kind: 'uuidv7' }, monthsFrom(Date.UTC(2026, 10, 21), 2));
    const decemberMs = Date.UTC(2026, 10, 30, 16);
    for (const ms of [decemberMs - 1, decemberMs])
      await database.owner.query('insert into by_id values ($1)', [uuidv7(ms)]);
    expect(await partitionOf('by_id')).toEqual(['by_id_y2026m11', 'by_id_y2026m12']);
  });

  test('a name that is no table name is refused', async () => {
    await expect(ensurePartitions(database.owner, { table: 'x; drop', kind: 'time' }, [])).rejects.toThrow(
      'not a table name',
    );
  });
});
