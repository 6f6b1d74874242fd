import type { Me } from '@antu/contract';
import {
  createTestDatabase,
  buildTestApp,
  fixedClock,
  type TestApp,
  type TestClient,
  type TestDatabase,
} from '../../platform/testing/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { auditModule } from '../audit/index.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts';
import { peopleModule } from './index.ts';
import { currentTotp } from './totp.ts';

export interface PeopleTest {
  readonly database: TestDatabase;
  readonly test: TestApp;
  /** Signed in as a demo account, second factor included; one client per login, made once. */
  as(login: string): Promise<TestClient>;
  close(): Promise<void>;
}

/** The application with the demo's people on a database of its own, behind the real access control. */
export async function startPeopleTest(
  modules: readonly ServerModule[] = [auditModule, peopleModule],
): Promise<PeopleTest> {
  const database = await createTestDatabase();
  const clock = fixedClock('2026-11-21T08:00:00Z');
  const test = await buildTestApp({ database, modules, clock, access: 'real' });
  for (const module of modules) await module.seed?.(test.platform);
  const clients = new Map<string, TestClient>();
  return {
    database,
    test,
    async as(login) {
      const present = clients.get(login);
      if (present) return present;
      const client = await signInAs(test, login);
      clients.set(login, client);
      return client;
    },
    async close() {
      await test.close();
      await database.close();
    },
  };
}

/** Signs in as a demo account through the real routes. */
export async function signInAs(test: TestApp, login: string): Promise<TestClient> {
  const client = test.client();
  let answer = await client.post('/api/auth/sign-in', { login, password: DEMO_PASSWORD });
  const secret = DEMO_ACCOUNTS.find((account) => account.login === login)?.totpSecret;
  if (answer.body.next === 'totp' && secret) {
    answer = await client.post('/api/auth/totp', { code: currentTotp(secret, test.clock.nowMs()).code });
  }
  if (answer.body.next !== 'done') throw new Error(`sign-in of ${login}: ${answer.status} ${answer.text}`);
  client.csrf = (await client.get<Me>('/api/auth/me')).body.csrfToken;
  return client;
}
