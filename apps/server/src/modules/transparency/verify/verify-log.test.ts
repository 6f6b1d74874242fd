import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { bucketOf } from '@antu/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../../platform/ids.ts';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../../../platform/testing/index.ts';
import { sequenceNow, transparencyModule, verifyLog } from '../index.ts';
import { logKey } from '../tile-names.ts';

let database: TestDatabase;
let app: TestApp;
beforeEach(async () => {
  database = await createTestDatabase();
  app = await buildTestApp({ database, modules: [transparencyModule] });
  await enterHours(300);
  await sequenceNow(app.platform);
  await enterHours(5);
  await sequenceNow(app.platform);
  await enterHours(2);
});
afterEach(async () => {
  await app.close();
  await database.close();
});

/** Entries of the ledger; what they say is of no importance here, only their hashes are. */
async function enterHours(count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => {
    const id = uuidv7();
    return { bucket: bucketOf(id), id, hash: createHash('sha256').update(id).digest('hex') };
  });
  await database.pool.query(
    `insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, media, credited_seconds,
       started_at, ended_at, day, rule_set_id, hash)
     select bucket, id, id, id, 1, 'road-transport', id, '{[0,60)}', 60, now(), now(), current_date, 'x', decode(hash, 'hex')
     from json_to_recordset($1) as r (bucket smallint, id uuid, hash text)`,
    [JSON.stringify(rows)],
  );
}

async function differences(): Promise<string[]> {
  const found: string[] = [];
  await verifyLog(app.platform, ({ table, what }) => found.push(`${table}: ${what}`));
  return [...new Set(found)];
}

const flipIn = async (name: string, at: number, bits = 1) => {
  const path = app.platform.storage.localPath(logKey(name));
  const bytes = await readFile(path);
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ bits;
  await writeFile(path, bytes);
};

test('an honest log has no differences, also while facts wait', async () => {
  const verdict = await verifyLog(app.platform, () => undefined);
  expect(verdict).toEqual({ leaves: 305, checkpoints: 2, facts: 307, waiting: 2, differences: 0 });
});

describe('is found:', () => {
  test.each([
    [
      'a changed entry of the ledger',
      `update hour_ledger_entry set hash = sha256(hash) where (bucket, id) = (select bucket, id from hour_ledger_entry e where not exists (select from log_pending p where p.source_id = e.id) limit 1)`,
      ['hour_ledger_entry: has no leaf in the log', 'leaf: no fact of kind hours belongs to it'],
    ],
    [
      'an entry taken away',
      `delete from hour_ledger_entry where (bucket, id) = (select bucket, id from hour_ledger_entry e where not exists (select from log_pending p where p.source_id = e.id) limit 1)`,
      ['leaf: no fact of kind hours belongs to it'],
    ],
    [
      'a waiting fact changed',
      `update log_pending set digest = sha256(digest)`,
      ['hour_ledger_entry: is not what waits for the log'],
    ],
    ['a waiting fact taken away', `delete from log_pending`, ['hour_ledger_entry: has no leaf in the log']],
    [
      'a changed root',
      `update log_checkpoint set root = sha256(root) where size = 300`,
      ['log_checkpoint: the note is of another tree', 'log_checkpoint: is not a beginning of the log'],
    ],
    [
      'a checkpoint taken away',
      `delete from log_checkpoint where size = 305`,
      ['log_checkpoint: was published and is not in the database', 'hour_ledger_entry: has no leaf in the log'],
    ],
    [
      'a signature taken away',
      `update log_checkpoint set note = regexp_replace(note, E'\\n[^\\n]*\\n$', E'\\n') where size = 305`,
      ['log_checkpoint: no key of the log signed it with SM2'],
    ],
  ])('%s', async (_name, statement, wanted) => {
    const { rowCount } = await database.owner.query(statement);
    expect(rowCount).toBeGreaterThan(0);
    expect(await differences()).toEqual(wanted);
  });

  test.each(['tile/0/000', 'tile/0/001.p/49', 'tile/1/000.p/1', 'tile/entries/000', 'tile/entries/001.p/49'])(
    'any changed byte of %s',
    async (name) => {
      for (let round = 0; round < 4; round += 1) {
        const [at, bits] = [Math.floor(Math.random() * 1e6), 1 + Math.floor(Math.random() * 255)];
        await flipIn(name, at, bits);
        expect(await differences(), `byte ${at}, bits ${bits}`).not.toEqual([]);
        await flipIn(name, at, bits);
      }
      expect(await differences()).toEqual([]);
    },
  );

  test('nothing is built on a damaged log', async () => {
    await flipIn('tile/0/001.p/49', 40);
    await expect(sequenceNow(app.platform)).rejects.toThrow('do not give the root');
    await flipIn('tile/0/001.p/49', 40);
    expect(await sequenceNow(app.platform)).toBe(2);
  });

  test('a database that was put back does not go on under the same name', async () => {
    await database.owner.query('delete from log_checkpoint where size = 305');
    await expect(sequenceNow(app.platform)).rejects.toThrow('has 305 leaves, the database knows of 300');
  });
});
