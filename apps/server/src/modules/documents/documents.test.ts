import { randomUUID } from 'node:crypto';
import { bucketOf, bucketOfDocumentCode, placeInBucket } from '@antu/domain';
import { judgeSignature } from '@antu/proof';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transaction } from '../../platform/database/pool.ts';
import {
  buildTestApp,
  createTestDatabase,
  expectAppendOnly,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts';
import { systemAuditContext } from '../audit/index.ts';
import { changeDocument } from './change-document.ts';
import type { DocumentContext } from './document-context.ts';
import { documentText, findDocumentRow } from './document-rows.ts';
import { documentsModule } from './index.ts';
import { issueDocument } from './issue-document.ts';
import { listDocumentsOf, loadDocument, standingOf } from './load-document.ts';
import { openBasis, openFields, sha256 } from './sealed-parts.ts';
import { documentToIssue, makeDocumentWorld, type DocumentWorld } from './testing/document-world.ts';

let database: TestDatabase;
let app: TestApp;
let world: DocumentWorld;
let context: DocumentContext;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await buildTestApp({ database, modules: [documentsModule] });
  world = await makeDocumentWorld(database.owner, app.platform.keys);
  context = { ...systemAuditContext(() => app.clock.now(), randomUUID()), platform: app.platform };
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const issue = (more: Partial<Parameters<typeof issueDocument>[2]> = {}) =>
  transaction(database.pool, (tx) => issueDocument(tx, context, { ...documentToIssue(world), ...more }));
const load = async (ref: { bucket: number; id: string }) => {
  const document = await loadDocument(app.platform, database.pool, ref);
  if (!document) throw new Error('not there');
  return document;
};

describe('issuing', () => {
  test('numbers follow each other in their series and year; the code leads to the bucket', async () => {
    const [first, second] = [await issue(), await issue()];
    expect(Number(second.number.slice(-6)) - Number(first.number.slice(-6))).toBe(1);
    expect(first.number).toMatch(/^PX\d{4}\d{6}$/);
    expect(bucketOfDocumentCode(first.code)).toBe(bucketOf(world.personId));
    const byCode = await loadDocument(app.platform, database.pool, { code: first.code });
    expect(byCode?.id).toBe(first.id);
  });

  test('the year of a number is that of China', async () => {
    const lastSecond = await issue({ series: { code: 'NY' }, issuedAt: new Date('2026-12-31T15:59:59Z') });
    const midnight = await issue({ series: { code: 'NY' }, issuedAt: new Date('2026-12-31T16:00:00Z') });
    expect([lastSecond.number, midnight.number]).toEqual(['NY2026000001', 'NY2027000001']);
  });

  test('a transaction that fails gives its number back', async () => {
    const series = { code: 'RB' };
    await issue({ series });
    await expect(
      transaction(database.pool, async (tx) => {
        await issueDocument(tx, context, { ...documentToIssue(world), series });
        throw new Error('later');
      }),
    ).rejects.toThrow('later');
    expect((await issue({ series })).number).toMatch(/000002$/);
  });

  test('hash and both signatures cover the stored row; nothing personal lies in the open', async () => {
    const issued = await issue();
    const row = await findDocumentRow(database.pool, issued);
    if (!row) throw new Error('not there');
    const { keys, signing } = app.platform;
    const fields = openFields(keys, row.fields_sealed, row.id);
    const text = documentText(row, fields, openBasis(keys, row.basis_sealed, row.id));
    expect(sha256(text).equals(row.hash)).toBe(true);
    const { signatures } = await load(issued);
    expect(signatures.map(({ algorithm }) => algorithm)).toEqual(['Ed25519', 'SM2']);
    for (const signature of signatures)
      expect(await judgeSignature(signing.published(), 'document', Buffer.from(text), signature)).toBe('valid');
    const stored = JSON.stringify({ ...row, fields_sealed: row.fields_sealed.toString('latin1') });
    for (const secret of ['王建国', '440106199001010013', world.personId])
      expect(secret === world.personId ? text : stored + text).not.toContain(secret);
  });

  test('a photo is sealed in the storage', async () => {
    const photo = Buffer.from('not really a picture');
    const { photoKey } = await load(await issue({ photo }));
    expect(await app.platform.storage.exists(photoKey ?? '')).toBe(true);
  });

  test('the lists of a person hold the own documents only', async () => {
    const issued = await issue({ kind: 'test.other' });
    const own = await listDocumentsOf(app.platform, database.pool, world.personId, ['test.other']);
    expect(own.map(({ id }) => id)).toEqual([issued.id]);
    const stranger = placeInBucket(randomUUID(), issued.bucket);
    expect(await listDocumentsOf(app.platform, database.pool, stranger)).toEqual([]);
  });
});

describe('later decisions', () => {
  const decide = (ref: { bucket: number; id: string }, status: Parameters<typeof changeDocument>[2]['status']) =>
    transaction(database.pool, (tx) =>
      changeDocument(tx, context, { ...ref, status, reason: '复核', at: app.clock.now() }),
    );

  test('suspended, restored, revoked; after that nothing', async () => {
    const issued = await issue();
    for (const status of ['suspended', 'restored', 'revoked'] as const) await decide(issued, status);
    const document = await load(issued);
    expect(document.events.map(({ seq, status, reason }) => [seq, status, reason])).toEqual([
      [1, 'suspended', '复核'],
      [2, 'restored', '复核'],
      [3, 'revoked', '复核'],
    ]);
    expect(standingOf(document, app.clock.now())).toMatchObject({ state: 'revoked', statusCode: '05' });
    await expect(decide(issued, 'restored')).rejects.toMatchObject({ code: 'documents.may_not_follow' });
    await expect(decide({ bucket: 0, id: randomUUID() }, 'revoked')).rejects.toMatchObject({
      code: 'documents.not_found',
    });
  });

  test('of ten revocations at once one counts', async () => {
    const issued = await issue();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => decide(issued, 'revoked')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a replacement names both ways and replaces once', async () => {
    const old = await issue();
    const replaces = { bucket: old.bucket, id: old.id, reason: '姓名更正' };
    const fresh = await issue({ replaces });
    const document = await load(old);
    expect(document.replacedBy).toMatchObject({ id: fresh.id, number: fresh.number });
    expect(standingOf(document, documentToIssue(world).issuedAt)).toMatchObject({
      state: 'replaced',
      statusCode: '01',
    });
    await expect(issue({ replaces })).rejects.toThrow();
  });
});

test('documents and decisions are never changed or deleted', async () => {
  await expectAppendOnly(database, ['issued_document', 'document_event']);
});
