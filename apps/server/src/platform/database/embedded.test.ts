import { mkdir, readFile, mkdtemp, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbedded } from './embedded.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'antu-embedded-'));
  await chmod(directory, 0o755);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const options = () => ({ dataDir: join(directory, 'data'), keyDir: join(directory, 'keys'), port: 0 });

async function query<T extends pg.QueryResultRow>(server: EmbeddedServer, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A process that starts the server and says so; killing it outright leaves the server behind. */
async function startInOtherProcess(): Promise<{ kill(): Promise<void> }> {
  const source = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)});
    const server = await startEmbedded(${JSON.stringify(options())});
    console.log('started');
    await server.ended;`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('the embedded PostgreSQL', () => {
  test('is made in Chinese order, with checksums, durable, with a password, on this machine only', async () => {
    const server = await startEmbedded(options());
    const [row] = await query<Record<string, string>>(
      server,
      `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('listen_addresses') as listens, datctype as ctype
       from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      checksums: 'on',
      fsync: 'on',
      commit: 'on',
      listens: '127.0.0.1',
      ctype: 'C.UTF-8',
    });
    const wrong = new pg.Client({ connectionString: server.superuserUrl.replace(/:[^:@]+@/, ':wrong@') });
    await expect(wrong.connect()).rejects.toThrow('password authentication failed');
    const secret = await stat(join(directory, 'keys/postgres-superuser.password'));
    expect(secret.mode & 0o777).toBe(0o600);
    await server.stop();
  });

  test('keeps its port and its rows', async () => {
    const first = await startEmbedded(options());
    await query(first, 'create table kept (id int)');
    await query(first, 'insert into kept values (1)');
    await first.stop();
    const second = await startEmbedded(options());
    expect(second.port).toBe(first.port);
    expect(await query(second, 'select id from kept')).toEqual([{ id: 1 }]);
    await second.stop();
  });

  test('a killed postmaster loses nothing committed', async () => {
    const first = await startEmbedded(options());
    await query(first, 'insert into kept values (2)');
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const second = await startEmbedded(options());
    expect(await query(second, 'select id from kept order by id')).toEqual([{ id: 1 }, { id: 2 }]);
    await second.stop();
  });

  test('a server that outlived a killed Antu is stopped and started again', async () => {
    const other = await startInOtherProcess();
    await other.kill();
    const server = await startEmbedded(options());
    expect(await query(server, 'select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
    await server.stop();
  });

  test('a postmaster.pid from before the machine died, whose number another process has now, holds nobody up', async () => {
    await writeFile(
      join(options().dataDir, 'postgres/postmaster.pid'),
      `${process.pid}\n${options().dataDir}/postgres\n`,
    );
    const server = await startEmbedded(options());
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test('a data directory that was being made when the power failed is made anew', async () => {
    const broken = { ...options(), dataDir: join(directory, 'broken') };
    const first = await startEmbedded(broken);
    await first.stop();
    await rm(join(broken.dataDir, 'postgres/PG_VERSION'));
    await rm(join(broken.dataDir, 'postgres'), { recursive: true });
    await writeFile(join(broken.dataDir, 'postgres.unfinished'), 'left');
    const second = await startEmbedded(broken);
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  test('data whose keys are missing or foreign is refused at once, and nothing new is made', async () => {
    const missing = { ...options(), keyDir: join(directory, 'no-keys') };
    await expect(startEmbedded(missing)).rejects.toThrow(/The keys of the data in .* are missing in .*no-keys/);
    await expect(stat(missing.keyDir)).rejects.toThrow('ENOENT');
    const foreign = { ...options(), keyDir: join(directory, 'foreign-keys') };
    await mkdir(foreign.keyDir);
    await writeFile(join(foreign.keyDir, 'postgres-superuser.password'), 'guess\n', { mode: 0o600 });
    await expect(startEmbedded(foreign)).rejects.toThrow(/does not belong to the embedded database/);
    const server = await startEmbedded(options());
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test('two at once do not share a data directory', { timeout: 40_000 }, async () => {
    const first = await startEmbedded(options());
    await expect(startEmbedded(options())).rejects.toThrow(
      /Another Antu \(process \d+\) already uses the data directory/,
    );
    await first.stop();
    await expect(readFile(join(options().dataDir, 'antu.lock'))).rejects.toThrow('ENOENT');
  });
});
