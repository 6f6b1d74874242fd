import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../testing/index.ts';

let database: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await buildTestApp({ database, modules: [] });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

test('anybody gets the public keys, and nothing private with them', async () => {
  const answer = await app.app.inject({ url: '/.well-known/antu-keys.json' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['access-control-allow-origin']).toBe('*');
  const { keys } = answer.json<{ keys: object[] }>();
  expect(keys).toEqual(app.platform.signing.published());
  const members = ['algorithm', 'keyId', 'madeAt', 'publicKey', 'purpose', 'retiredAt'];
  for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(members);
});
