import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { StartError } from '../errors.ts';
import { databaseDir } from '../paths.ts';

export type Migration = { name: string; sql: string; sha256: string };

/** One lock for all that changes the structure, so that any number of instances can start at once. */
const structureLock = 7_365_221_904;

const ownTables = `
  create table if not exists schema_migration (
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    constraint schema_migration__pkey primary key (name)
  );
  comment on table schema_migration is 'Migrations that ran, with the checksum of their file. distributes: reference';
  create table if not exists seeded_module (
    name text not null,
    seeded_at timestamptz not null default now(),
    constraint seeded_module__pkey primary key (name)
  );
  comment on table seeded_module is 'Modules whose demo data was written. distributes: reference';
  create table if not exists data_key_mark (
    mark bytea not null,
    constraint data_key_mark__mark primary key (mark)
  );
  comment on table data_key_mark is 'Fingerprint of the keys this database is written with: others are refused. distributes: reference';
  create unique index if not exists data_key_mark__one on data_key_mark ((true));
  grant usage on schema public to antu_app;
  grant select on schema_migration to antu_app;
  grant select, insert on seeded_module to antu_app;
  grant select, insert on data_key_mark to antu_app;
`;

/** Reads the migrations of a folder in order. Names are `NNNN-verb-object.sql`, numbered from 0001 without repetition. */
export async function readMigrations(folder: string = join(databaseDir, 'migrations')): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const name of names) {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
    if (!number) throw new StartError(`Migration ${name} is not named NNNN-verb-object.sql.`);
    if (numbers.has(number)) throw new StartError(`Two migrations have the number ${number}.`);
    numbers.add(number);
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database to the newest structure, each migration in a transaction of its own. Refuses if a file that already
 * ran was edited or removed.
 * @param afterwards further structure that must be made by one process at a time (job queue, partitions)
 * @returns names of the migrations that ran now
 */
export async function migrate(
  ownerUrl: string,
  migrations: readonly Migration[],
  afterwards: (client: pg.Client) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'antu-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Held by the connection and not by a transaction: every migration commits by itself.
    await client.query('select pg_advisory_lock($1)', [structureLock]);
    await client.query("set client_min_messages = 'warning'");
    await client.query(ownTables);
    const done = await appliedMigrations(client);
    refuseEdited(done, migrations);
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(client, migration);
    await afterwards(client);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Names that have not run yet; the health check calls the instance ready only if there are none. */
export async function pendingMigrations(
  connection: { query: pg.ClientBase['query'] },
  migrations: readonly Migration[],
): Promise<string[]> {
  const done = await appliedMigrations(connection);
  return migrations.filter(({ name, sha256 }) => done.get(name) !== sha256).map(({ name }) => name);
}

async function appliedMigrations(connection: { query: pg.ClientBase['query'] }): Promise<Map<string, string>> {
  const { rows } = await connection.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migration',
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseEdited(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const files = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of done) {
    const present = files.get(name);
    if (present === undefined) {
      throw new StartError(`The database was migrated by a newer version: this one does not know ${name}.`);
    }
    if (present !== sha256) {
      throw new StartError(`Migration ${name} was edited after it ran: write a new migration instead.`);
    }
  }
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    const line =
      cause instanceof pg.DatabaseError && cause.position ? ` (line ${lineOf(sql, Number(cause.position))})` : '';
    throw new StartError(`Migration ${name} failed${line}: ${reason}`, { cause });
  }
}

function lineOf(sql: string, position: number): number {
  return sql.slice(0, position).split('\n').length;
}
