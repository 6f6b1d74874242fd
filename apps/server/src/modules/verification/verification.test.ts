import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '../../platform/database/pool.ts';
import { makeHolderToken } from '../../platform/signing/holder-token.ts';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../../platform/testing/index.ts';
import { systemAuditContext } from '../audit/index.ts';
import {
  changeDocument,
  type DocumentContext,
  documentsModule,
  issueDocument,
  registerDocumentKind,
} from '../documents/index.ts';
import { documentToIssue, type DocumentWorld, makeDocumentWorld } from '../documents/testing/document-world.ts';
import { sequenceNow, transparencyModule } from '../transparency/index.ts';
import { verificationModule } from './index.ts';

let database: TestDatabase;
let app: TestApp;
let world: DocumentWorld;
let context: DocumentContext;
beforeAll(async () => {
  registerDocumentKind({
    kind: 'test.certificate',
    titleZh: '培训证明',
    titleEn: 'Certificate',
    render: () => undefined,
  });
  database = await createTestDatabase();
  app = await buildTestApp({ database, modules: [documentsModule, transparencyModule, verificationModule] });
  world = await makeDocumentWorld(database.owner, app.platform.keys);
  context = { ...systemAuditContext(() => app.clock.now(), randomUUID()), platform: app.platform };
});
afterAll(async () => {
  await app.close();
  await database.close();
});

type More = Partial<Parameters<typeof issueDocument>[2]>;
/** In force since yesterday, unless told. */
const issue = (more: More = {}) =>
  transaction(database.pool, (tx) =>
    issueDocument(tx, context, {
      ...documentToIssue(world),
      issuedAt: app.clock.now(),
      validFrom: new Date(app.clock.now().getTime() - 86_400_000),
      validUntil: new Date(app.clock.now().getTime() + 86_400_000),
      ...more,
    }),
  );
const get = async (path: string, address = '10.0.0.1') =>
  app.app.inject({ method: 'GET', url: `/api/verify/${path}`, remoteAddress: address });
const ask = async (path: string) => {
  const answer = await get(path);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
};
const compare = (code: string, name: string, address: string) =>
  app.app.inject({
    method: 'POST',
    url: `/api/verify/${code}/name`,
    payload: { name },
    remoteAddress: address,
  });

test('a stranger reads everything printed but what is the holder’s, by whatever spelling of the code', async () => {
  const { code, number } = await issue();
  const answer = await ask(code);
  expect(answer).toMatchObject({
    state: 'valid',
    statusCode: '10',
    holder: 'none',
    document: { code, number, titleZh: '培训证明', issuerName: '安途培训中心', signatures: 'hold', log: null },
  });
  expect(answer.document.fields).toEqual([
    { key: 'name', label: '姓名', value: '王*国', shown: 'masked' },
    { key: 'idNumber', label: '身份证号', value: null, shown: 'hidden' },
    { key: 'course', label: '培训课程', value: '道路旅客运输安全', shown: 'whole' },
  ]);
  expect(JSON.stringify(answer)).not.toMatch(/王建国|440106199001010013/);
  const spelled = `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase();
  expect((await ask(spelled)).document.code).toBe(code);
});

test('the holder’s own code opens it for its minute and for this document only', async () => {
  const [{ code }, other] = [await issue(), await issue()];
  const nowMs = app.clock.now().getTime();
  const token = async (of: string, atMs: number) =>
    (await makeHolderToken(app.platform.signing, { code: of, nowMs: atMs, seconds: 60 })).token;
  const fresh = await ask(`${code}?t=${await token(code, nowMs)}`);
  expect(fresh.holder).toBe('fresh');
  expect(fresh.document.fields.map(({ value }: { value: string }) => value)).toContain('440106199001010013');
  for (const [wrong, holder] of [
    [await token(code, nowMs - 66_000), 'stale'],
    [await token(other.code, nowMs), 'bad'],
    ['x', 'bad'],
  ]) {
    const answer = await ask(`${code}?t=${wrong}`);
    expect(answer.holder).toBe(holder);
    expect(JSON.stringify(answer)).not.toContain('王建国');
  }
});

test.each([
  ['revoked', 'revoked', '05'],
  ['withdrawn', 'revoked', '04'],
  ['cancelled', 'revoked', '03'],
  ['suspended', 'suspended', '09'],
] as const)('%s: at once, with its date and everything printed', async (status, state, statusCode) => {
  const { bucket, id, code } = await issue();
  expect((await ask(code)).state).toBe('valid');
  const at = app.clock.now();
  await transaction(database.pool, (tx) => changeDocument(tx, context, { bucket, id, status, reason: '测试', at }));
  const answer = await ask(code);
  expect(answer).toMatchObject({ state, statusCode, since: at.toISOString() });
  expect(answer.document.fields).toHaveLength(3);
  expect(JSON.stringify(answer)).not.toContain('测试');
});

test('expired from the instant on at which its term ends, and not before', async () => {
  const now = app.clock.now().getTime();
  const validFrom = new Date(now - 10_000);
  const over = await issue({ validFrom, validUntil: new Date(now) });
  const still = await issue({ validFrom, validUntil: new Date(now + 1000) });
  expect(await ask(over.code)).toMatchObject({ state: 'expired', since: new Date(now).toISOString() });
  expect((await ask(still.code)).state).toBe('valid');
});

test('a replaced one leads to the new one', async () => {
  const old = await issue();
  const { code, number } = await issue({ replaces: { bucket: old.bucket, id: old.id, reason: '遗失补发' } });
  const answer = await ask(old.code);
  expect(answer.document.replacedBy).toEqual({ code, number });
});

test('what the log says, once it is published', async () => {
  const { code } = await issue();
  await sequenceNow(app.platform);
  const { log } = (await ask(code)).document;
  expect(log.number).toBeGreaterThan(0);
  expect(Date.parse(log.recordedAt)).not.toBeNaN();
});

test('guessing is refused, and an address that holds papers is not locked out', async () => {
  const { code } = await issue();
  for (let n = 0; n < 150; n += 1) expect((await get(code, '10.1.1.1')).statusCode).toBe(200);
  for (let n = 0; n < 60; n += 1)
    expect((await get(n % 2 ? 'ZZZZZZZZZZZZZZZZZZZZ' : 'nonsense', '10.1.1.2')).json().state).toBe('unknown');
  expect((await get('ZZZZZZZZZZZZZZZZZZZZ', '10.1.1.2')).statusCode).toBe(429);
  expect((await get(code, '10.1.1.1')).statusCode).toBe(200);
});

test('the name is compared five times by address, twenty times in all', async () => {
  const { code } = await issue();
  expect((await compare(code, '王 建国', '10.2.0.1')).json()).toEqual({ matches: true });
  for (let n = 0; n < 4; n += 1) expect((await compare(code, '王建军', '10.2.0.1')).json()).toEqual({ matches: false });
  expect((await compare(code, '王建国', '10.2.0.1')).statusCode).toBe(429);
  for (let n = 0; n < 15; n += 1)
    expect((await compare(code, '王建国', `10.2.1.${n}`)).json()).toEqual({ matches: true });
  expect((await compare(code, '王建国', '10.2.2.1')).statusCode).toBe(429);
  expect((await compare('ZZZZZZZZZZZZZZZZZZZZ', '王建国', '10.2.3.1')).statusCode).toBe(404);
});

test('a document changed in the database says so', async () => {
  const { bucket, id, code } = await issue();
  await database.owner.query('update issued_document set number = $3 where bucket = $1 and id = $2', [
    bucket,
    id,
    'PX2026999999',
  ]);
  expect((await ask(code)).document.signatures).toBe('broken');
});
