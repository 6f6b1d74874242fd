import { randomUUID } from 'node:crypto';
import {
  fromBase64,
  type LeafProof,
  isConsistent,
  isIncluded,
  leafData,
  leafHash,
  commitmentOf,
  digestOf,
  parseCheckpoint,
} from '@antu/proof';
import { bucketOf } from '@antu/domain';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { transaction } from '../../platform/database/pool.ts';
import {
  buildTestApp,
  createTestDatabase,
  expectAppendOnly,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts';
import { appendLeaf, proofOf, sequenceNow, transparencyModule } from './index.ts';

let database: TestDatabase;
let app: TestApp;
beforeEach(async () => {
  database = await createTestDatabase();
  app = await buildTestApp({ database, modules: [transparencyModule] });
});
afterEach(async () => {
  await app.close();
  await database.close();
});

const documentText = (id: string) => `{"id":"${id}"}`;

async function append(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await transaction(database.pool, async (tx) => {
    for (const id of ids)
      await appendLeaf(tx, { bucket: bucketOf(id), kind: 'document', sourceId: id, text: documentText(id) });
  });
  return ids;
}

const find = (sourceId: string) =>
  proofOf(app.platform, { kind: 'document', sourceId, digest: digestOf(documentText(sourceId)) });

function holds(proof: LeafProof, id: string): boolean {
  const commitment = commitmentOf(fromBase64(proof.salt), digestOf(documentText(id)));
  const { size, root } = parseCheckpoint(proof.checkpoint);
  const leaf = leafHash(leafData('document', commitment));
  return isIncluded({ index: proof.index, size, root, leaf, path: proof.path.map(fromBase64) });
}

test('a fact is in the log once a checkpoint covers it, and stays there while the log grows', async () => {
  const [first = ''] = await append(1);
  expect(await find(first)).toBeUndefined();
  expect(await sequenceNow(app.platform)).toBe(1);
  const before = await find(first);
  expect(before && holds(before, first)).toBe(true);
  const others = await append(700);
  expect(await sequenceNow(app.platform)).toBe(700);
  for (const id of [first, others[0] ?? '', others[254] ?? '', others[255] ?? '', others[699] ?? '']) {
    const proof = await find(id);
    expect(proof && holds(proof, id), id).toBe(true);
  }
  const [old, now] = [
    parseCheckpoint(before?.checkpoint ?? ''),
    parseCheckpoint((await find(first))?.checkpoint ?? ''),
  ];
  const answer = (await app.app.inject('/log/consistency/1/701')).json<{ path: string[] }>();
  const path = answer.path.map(fromBase64);
  expect(isConsistent({ oldSize: 1, oldRoot: old.root, size: 701, root: now.root, path })).toBe(true);
  for (const absent of ['1/702', '702/701', '-1/5', 'x/5'])
    expect((await app.app.inject(`/log/consistency/${absent}`)).statusCode, absent).toBeGreaterThanOrEqual(400);
  expect(await sequenceNow(app.platform)).toBe(0);
});

test('a fact that was not in the log, or not with this text, has no proof', async () => {
  const [id = ''] = await append(1);
  await sequenceNow(app.platform);
  expect(await find(randomUUID())).toBeUndefined();
  expect(await proofOf(app.platform, { kind: 'document', sourceId: id, digest: digestOf('{}') })).toBeUndefined();
  expect(
    await proofOf(app.platform, { kind: 'hours', sourceId: id, digest: digestOf(documentText(id)) }),
  ).toBeUndefined();
});

test('the log is published as tiles, never beyond its checkpoint', async () => {
  expect((await app.app.inject('/log/checkpoint')).statusCode).toBe(404);
  await append(300);
  await sequenceNow(app.platform);
  const checkpoint = await app.app.inject('/log/checkpoint');
  expect(checkpoint.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(parseCheckpoint(checkpoint.body)).toMatchObject({ origin: 'localhost:8080/log', size: 300 });
  const full = await app.app.inject('/log/tile/0/000');
  expect(full.rawPayload).toHaveLength(256 * 32);
  expect(full.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await app.app.inject('/log/tile/0/001.p/44')).rawPayload).toHaveLength(44 * 32);
  expect((await app.app.inject('/log/tile/1/000.p/1')).rawPayload).toHaveLength(32);
  expect((await app.app.inject('/log/tile/entries/000')).statusCode).toBe(200);
  for (const absent of [
    '0/001',
    '0/001.p/45',
    '0/002',
    '0/1',
    '2/000',
    '0/001.p/0',
    'entries/../latest',
    '0/x000/001.p/44',
  ])
    expect((await app.app.inject(`/log/tile/${absent}`)).statusCode, absent).toBe(404);
});

test('no personal data and no id enters the log', async () => {
  const ids = await append(3);
  await sequenceNow(app.platform);
  const entries = (await app.app.inject('/log/tile/entries/000.p/3')).rawPayload.toString('latin1');
  for (const id of ids) expect(entries).not.toContain(id);
  expect(entries).toMatch(/^(..\{"commitment":"[\w+/]{43}=","kind":"document","v":1\}){3}$/s);
});

test('the application may add checkpoints and never change them', () => expectAppendOnly(database, ['log_checkpoint']));
