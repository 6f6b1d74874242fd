import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { StartError } from '../errors.ts';
import { readOrMakeSecret, readSecret } from '../key-files.ts';
import type { Settings } from '../settings.ts';
import { embeddedUrl, roleSecretName } from './embedded.ts';
import { openPool, type Pool } from './pool.ts';

/** How the application and the migrations reach the database. */
export type DatabaseAccess = {
  appUrl: string;
  /** Set if one sign-in does for both: the application then acts as `antu_app` by a startup option. */
  appRole: string | undefined;
  ownerUrl: string;
  embedded: boolean;
};

const databaseName = 'antu';

/** Finds the database of these settings. The embedded one must be running, or have run, in this data directory. */
export async function resolveDatabase(settings: Settings): Promise<DatabaseAccess> {
  if (settings.databaseUrl) {
    const { databaseUrl, databaseOwnerUrl } = settings;
    return {
      appUrl: databaseUrl,
      appRole: databaseOwnerUrl ? undefined : 'antu_app',
      ownerUrl: databaseOwnerUrl ?? databaseUrl,
      embedded: false,
    };
  }
  const port = Number((await readFile(join(settings.dataDir, 'postgres.port'), 'utf8').catch(() => '0')).trim());
  const [owner, app] = await Promise.all(
    ['owner', 'app'].map((role) => readSecret(settings.keyDir, roleSecretName(role))),
  );
  if (!port || !owner || !app)
    throw new StartError('The embedded database has not been made yet: run npm start first.');
  return {
    appUrl: embeddedUrl('antu_app', app, port, databaseName),
    appRole: undefined,
    ownerUrl: embeddedUrl('antu_owner', owner, port, databaseName),
    embedded: true,
  };
}

/** Opens the application's pool. */
export function openAppPool(access: DatabaseAccess, settings: Settings, name: string): Pool {
  return openPool({
    url: access.appUrl,
    max: settings.databasePoolSize,
    statementTimeoutMs: settings.statementTimeoutMs,
    name,
    ...(access.appRole ? { role: access.appRole } : {}),
  });
}

/** Gives the embedded server its roles, passwords and database. Safe to repeat. */
export async function prepareEmbedded(superuserUrl: string, keyDir: string, rolesSql: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(rolesSql);
    for (const role of ['owner', 'app']) {
      const password = await readOrMakeSecret(keyDir, roleSecretName(role));
      await client.query(`alter role antu_${role} with login password ${client.escapeLiteral(password)}`);
    }
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName} owner antu_owner`);
  } finally {
    await client.end();
  }
}

/** Checks an external server's version and rights and makes the application role if it is missing and may be made. */
export async function prepareExternal(access: DatabaseAccess, rolesSql: string): Promise<void> {
  const owner = await connectOrExplain(access.ownerUrl, access.appRole ? 'DATABASE_URL' : 'DATABASE_OWNER_URL');
  try {
    const { rows } = await owner.query<{ version: number; can_create: boolean }>(
      `select current_setting('server_version_num')::int / 10000 as version,
              has_schema_privilege(current_user, 'public', 'create') as can_create`,
    );
    const [server] = rows;
    if (!server || server.version < 15) {
      throw new StartError(`PostgreSQL ${server?.version} is too old: Antu needs 15 to 18.`);
    }
    if (!server.can_create) {
      throw new StartError('The user of the database URL may not create tables: make it the owner of the database.');
    }
    await makeRoles(owner, rolesSql);
    if (access.appRole) await allowRole(owner);
  } finally {
    await owner.end();
  }
  await tryApp(access);
}

async function makeRoles(owner: pg.Client, rolesSql: string): Promise<void> {
  const known = await owner.query("select from pg_roles where rolname = 'antu_app'");
  if (known.rowCount) return;
  try {
    await owner.query(rolesSql);
  } catch (cause) {
    throw new StartError(
      'The database role antu_app is missing and this user may not create it: let an administrator run db/roles.sql.',
      { cause },
    );
  }
}

async function allowRole(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ member: boolean }>(
    "select pg_has_role(current_user, 'antu_app', 'member') as member",
  );
  if (rows[0]?.member) return;
  try {
    await owner.query('grant antu_app to current_user');
  } catch (cause) {
    throw new StartError(
      'The user of DATABASE_URL may not act as antu_app: let an administrator run "grant antu_app to" that user.',
      { cause },
    );
  }
}

async function tryApp(access: DatabaseAccess): Promise<void> {
  const url = access.appRole
    ? { connectionString: access.appUrl, options: `-c role=${access.appRole}` }
    : { connectionString: access.appUrl };
  const app = await connectOrExplain(url.connectionString, 'DATABASE_URL', url);
  await app.end();
}

async function connectOrExplain(url: string, setting: string, config: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...config, connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new StartError(`The database of ${setting} cannot be reached: ${reason}.`, { cause });
  }
}
