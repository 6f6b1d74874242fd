import { afterEach, expect, it } from 'vitest';
import {
  buildTestApp,
  createTestDatabase,
  fixedClock,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts';
import { auditModule } from '../audit/index.ts';
import { DEMO_PASSWORD } from './demo-accounts.ts';
import { peopleModule } from './index.ts';

let database: TestDatabase;
let test: TestApp;
afterEach(async () => {
  await test.close();
  await database.close();
});

it.each([
  ['auto', 'https', true],
  ['auto', 'http', false],
  ['true', 'http', true],
  ['false', 'https', false],
])(
  'with COOKIE_SECURE=%s behind a proxy that speaks %s the cookie is Secure: %s',
  async (setting, protocol, secure) => {
    database = await createTestDatabase();
    test = await buildTestApp({
      database,
      modules: [auditModule, peopleModule],
      clock: fixedClock('2026-11-21T08:00:00Z'),
      access: 'real',
      settings: { COOKIE_SECURE: setting, TRUST_PROXY: '127.0.0.1' },
    });
    await peopleModule.seed?.(test.platform);
    const { headers } = await test
      .client()
      .post(
        '/api/auth/sign-in',
        { login: 'driver', password: DEMO_PASSWORD },
        { headers: { 'x-forwarded-proto': protocol } },
      );
    expect(headers['set-cookie']).toContain('antu_session=');
    expect(String(headers['set-cookie']).includes('; Secure')).toBe(secure);
  },
);
