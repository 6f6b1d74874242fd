import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeyRing } from '../../platform/crypto/key-ring.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { makeDocumentWorld } from './testing/document-world.ts';

const run = promisify(execFile);
const PROCESSES = 4;
const EACH = 50;

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'antu-numbers-'));
});
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('of 200 documents that four processes issue at once, numbers are unique and without gaps', async () => {
  const keys = await openKeyRing(join(dataDir, 'keys'));
  const { personId, issuerId } = await makeDocumentWorld(database.owner, keys);
  const environment = {
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    LOG_LEVEL: 'silent',
  };
  const program = join(import.meta.dirname, 'testing/issue-process.ts');
  const answers = await Promise.all(
    Array.from({ length: PROCESSES }, () =>
      run(process.execPath, [program, personId, issuerId, String(EACH)], { env: environment }),
    ),
  );
  const numbers = answers.flatMap(({ stdout }) => JSON.parse(stdout) as string[]).toSorted();
  const wanted = Array.from({ length: PROCESSES * EACH }, (_, n) => `PX2026${String(n + 1).padStart(6, '0')}`);
  expect(numbers).toEqual(wanted);
  const { rows } = await database.owner.query('select count(distinct code)::int as codes from issued_document');
  expect(rows).toEqual([{ codes: PROCESSES * EACH }]);
}, 60_000);
