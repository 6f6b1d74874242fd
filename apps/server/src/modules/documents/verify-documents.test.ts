import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pool, transaction } from '../../platform/database/pool.ts';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../../platform/testing/index.ts';
import { systemAuditContext } from '../audit/index.ts';
import { changeDocument } from './change-document.ts';
import { documentsModule } from './index.ts';
import { issueDocument } from './issue-document.ts';
import { documentToIssue, makeDocumentWorld } from './testing/document-world.ts';
import { verifyDocuments } from './verify-documents.ts';

let database: TestDatabase;
let app: TestApp;
let issued: Awaited<ReturnType<typeof issueDocument>>;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await buildTestApp({ database, modules: [documentsModule] });
  const world = await makeDocumentWorld(database.owner, app.platform.keys);
  const context = { ...systemAuditContext(() => app.clock.now(), randomUUID()), platform: app.platform };
  const photo = Buffer.from('a picture');
  issued = await transaction(database.pool, async (tx) => {
    const made = await issueDocument(tx, context, { ...documentToIssue(world), photo });
    for (const status of ['suspended', 'restored'] as const)
      await changeDocument(tx, context, { ...made, status, reason: '核查', at: app.clock.now() });
    return made;
  });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

async function problems(pool: Pool = database.pool): Promise<string[]> {
  const found: string[] = [];
  await verifyDocuments({ ...app.platform, pool }, ({ table, what }) => found.push(`${table}: ${what}`));
  return found;
}

/** What is found while the owner of the tables has changed a row; nothing of it stays. */
async function whileTampered(table: string, assignment: string): Promise<string[]> {
  const where = table === 'document_event' ? `document_id = '${issued.id}' and seq = 1` : `id = '${issued.id}'`;
  const client = await database.owner.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(`update ${table} set ${assignment} where ${where}`);
    expect(rowCount).toBe(1);
    return await problems(client as unknown as Pool);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('what nobody touched has no differences', async () => {
  const verdict = await verifyDocuments(app.platform, () => undefined);
  expect(verdict).toEqual({ documents: 1, events: 2, differences: 0 });
});

describe('a change of any column is found', () => {
  test.each([
    ['kind', "kind = 'test.other'"],
    ['code', "code = '0' || substr(code, 2, 17) || '1' || substr(code, 20)"],
    ['number', "number = 'PX1'"],
    ['series_code', "series_code = 'ZZ'"],
    ['series_year', 'series_year = series_year + 1'],
    ['series_number', 'series_number = series_number + 1'],
    ['rule_set_id', "rule_set_id = 'other'"],
    ['fields_sealed', 'fields_sealed = set_byte(fields_sealed, 40, get_byte(fields_sealed, 40) # 1)'],
    ['basis_sealed', 'basis_sealed = set_byte(basis_sealed, 40, get_byte(basis_sealed, 40) # 1)'],
    ['photo_key', "photo_key = photo_key || 'x'"],
    ['photo_hash', "photo_hash = sha256('another picture')"],
    ['issued_at', "issued_at = issued_at + interval '1 millisecond'"],
    ['valid_from', "valid_from = valid_from + interval '1 millisecond'"],
    ['valid_until', "valid_until = valid_until + interval '1 millisecond'"],
    ['valid_until away', 'valid_until = null'],
    ['replaces_id', 'replaces_id = id'],
    ['recorded_at', "recorded_at = recorded_at + interval '1 millisecond'"],
    ['hash', "hash = sha256('x')"],
    ['signatures', "signatures = replace(signatures, 'SM2', 'Ed25519')"],
    ['no signatures', "signatures = '[]'"],
  ])('issued_document.%s', async (_column, assignment) => {
    expect((await whileTampered('issued_document', assignment)).length).toBeGreaterThan(0);
  });

  test.each([
    ['status', "status = 'revoked'"],
    ['basis_sealed', 'basis_sealed = set_byte(basis_sealed, 40, get_byte(basis_sealed, 40) # 1)'],
    ['at', "at = at + interval '1 millisecond'"],
    ['recorded_at', "recorded_at = recorded_at + interval '1 millisecond'"],
    ['hash', "hash = sha256('x')"],
    ['signatures', "signatures = '[]'"],
    ['seq', 'seq = 7'],
  ])('document_event.%s', async (_column, assignment) => {
    expect((await whileTampered('document_event', assignment)).length).toBeGreaterThan(0);
  });

  test('and after all that everything is as it was', async () => {
    expect(await problems()).toEqual([]);
  });
});

test('a decision or a number that is gone is missed', async () => {
  await database.owner.query('delete from document_event where document_id = $1 and seq = 1', [issued.id]);
  expect(await problems()).toContain('document_event: a decision before it is missing');
  await database.owner.query('update document_series set last_number = last_number + 1');
  expect(await problems()).toContain('document_series: numbers are missing or twice there');
});
