import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '../clock.ts';
import { prepareEmbedded } from '../database/connect.ts';
import { roleSecretName, startEmbedded } from '../database/embedded.ts';
import { buildStructure, readRolesSql } from '../database/structure.ts';
import { readOrMakeSecret } from '../key-files.ts';
import type { TestServerAddress } from './global-setup.ts';

/** Durability costs time that tests need not spend; recovery has its own test on a server with the real settings. */
const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' };

/** Starts a PostgreSQL for tests with a migrated template database. */
export async function startTestServer(
  directory: string,
): Promise<{ address: TestServerAddress; stop(): Promise<void> }> {
  // mkdtemp makes it private; PostgreSQL may run as another user.
  await chmod(directory, 0o755);
  const keyDir = join(directory, 'keys');
  const server = await startEmbedded({ dataDir: directory, keyDir, port: 0, settings: fastSettings });
  await prepareEmbedded(server.superuserUrl, keyDir, await readRolesSql());
  const [ownerPassword, appPassword] = await Promise.all(
    ['owner', 'app'].map((role) => readOrMakeSecret(keyDir, roleSecretName(role))),
  );
  if (!ownerPassword || !appPassword) throw new Error('the test server has no passwords');
  const address = { superuserUrl: server.superuserUrl, ownerPassword, appPassword, template: 'antu_template' };
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  await client.query(`create database ${address.template} owner antu_owner`);
  await client.end();
  try {
    await buildStructure(databaseUrl(address, 'antu_owner', address.template), {
      clock: systemClock,
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { address, stop: () => server.stop() };
}

/** Address of a database of the test server. */
export function databaseUrl(address: TestServerAddress, role: 'antu_owner' | 'antu_app', database: string): string {
  const url = new URL(address.superuserUrl);
  url.username = role;
  url.password = role === 'antu_owner' ? address.ownerPassword : address.appPassword;
  url.pathname = `/${database}`;
  return url.href;
}
