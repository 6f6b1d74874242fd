import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Permission } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../app.ts';
import { openKeyRing } from '../crypto/key-ring.ts';
import type { Migration } from '../database/migrate.ts';
import type { AccessControl, Actor } from '../http/actor.ts';
import { createLogger } from '../log.ts';
import type { Platform, ServerModule } from '../module.ts';
import { loadSettings } from '../settings.ts';
import { openSigningKeys } from '../signing/file-keys.ts';
import { folderStorage } from '../storage/folder-storage.ts';
import { fixedClock, type TestClock } from './test-clock.ts';
import { TestClient } from './test-client.ts';
import type { TestDatabase } from './test-database.ts';

/** An actor with permissions that need no roles behind them. */
export type TestActor = Actor & { readonly permissions: readonly Permission[] };

export type TestApp = {
  app: FastifyInstance;
  platform: Platform;
  clock: TestClock;
  /** Somebody signed in without the people module. */
  as(actor: TestActor): TestClient;
  /** Nobody yet. */
  client(): TestClient;
  close(): Promise<void>;
};

export type TestAppOptions = {
  database: TestDatabase;
  modules?: readonly ServerModule[];
  clock?: TestClock;
  /** 'real': the access control that the modules bring. Default: `as()` decides. */
  access?: 'real' | 'fake';
  settings?: Record<string, string>;
  migrations?: readonly Migration[];
};

const actorHeader = 'x-test-actor';

/** An actor for `TestApp.as`; every field can be set. */
export function testActor(fields: Partial<TestActor> = {}): TestActor {
  return {
    accountId: randomUUID(),
    personId: randomUUID(),
    sessionId: randomUUID(),
    csrfToken: randomUUID(),
    memberships: [],
    permissions: [],
    ...fields,
  };
}

/** Builds the application on a test database, with files and keys in a temporary directory. */
export async function buildTestApp(options: TestAppOptions): Promise<TestApp> {
  const { database, clock = fixedClock(), access = 'fake' } = options;
  // Imported late: a test of some modules must not depend on all of them.
  const modules = options.modules ?? (await import('../../modules/index.ts')).modules;
  const directory = await mkdtemp(join(tmpdir(), 'antu-app-'));
  const settings = loadSettings({ LOG_LEVEL: 'silent', DATA_DIR: directory, DEMO: 'true', ...options.settings });
  const platform: Platform = {
    settings,
    pool: database.pool,
    clock,
    log: createLogger(settings.logLevel),
    storage: folderStorage(settings.storageDir),
    keys: await openKeyRing(settings.keyDir),
    signing: await openSigningKeys(settings.keyDir, clock.now()),
  };
  const actors = new Map<string, TestActor>();
  const app = await buildApp({
    platform,
    modules,
    ...(access === 'fake' ? { access: fakeAccess(actors) } : {}),
    ...(options.migrations ? { migrations: options.migrations } : {}),
  });
  await app.ready();
  return {
    app,
    platform,
    clock,
    as: (actor) => {
      actors.set(actor.sessionId, actor);
      const client = new TestClient(app, { [actorHeader]: actor.sessionId });
      client.csrf = actor.csrfToken;
      return client;
    },
    client: () => new TestClient(app),
    close: async () => {
      await app.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function fakeAccess(actors: ReadonlyMap<string, TestActor>): AccessControl {
  return {
    authenticate: async (request) => actors.get(String(request.headers[actorHeader] ?? '')),
    authorize: (actor, permission) => actors.get(actor.sessionId)?.permissions.includes(permission) ?? false,
  };
}
