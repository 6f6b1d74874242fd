import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { StartError } from '../errors.ts';
import { readOrMakeSecret, readSecret } from '../key-files.ts';
import { findBinaries } from './binaries.ts';
import { lockDirectory } from './directory-lock.ts';
import { stopLeftover } from './leftover.ts';
import { choosePort } from './port.ts';
import { findServerUser, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

export type EmbeddedOptions = {
  /** The cluster lies in `<dataDir>/postgres`, its log in `<dataDir>/postgres.log`. */
  dataDir: string;
  keyDir: string;
  /** 0: pick a free port and keep it. */
  port: number;
  /** Extra `-c name=value` settings; tests switch durability off. */
  settings?: Record<string, string>;
};

export type EmbeddedServer = {
  port: number;
  /** Connection of the cluster's superuser, which makes roles and databases. */
  superuserUrl: string;
  /** Resolves when the server process ends, wanted or not. */
  ended: Promise<void>;
  pid: number;
  /** Fast shutdown: transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
};

/** Two cores, 24 GiB at most: a quarter of a small machine's memory, write-ahead log sized for steady writing. */
const serverSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '512MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '2GB',
  synchronous_commit: 'on',
  fsync: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '10min',
  random_page_cost: '1.1',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  password_encryption: 'scram-sha-256',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

const superuserSecret = 'postgres-superuser.password';
/** SQLSTATE invalid_password. */
const isWrongPassword = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '28P01';

/** Address of a database of the embedded server. */
export function embeddedUrl(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Starts the embedded PostgreSQL; makes its cluster at the first start and takes over after a crash of any kind. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const native = await findBinaries();
  const clusterDir = join(options.dataDir, 'postgres');
  await mkdir(options.dataDir, { recursive: true });
  const unlock = await lockDirectory(options.dataDir);
  try {
    const user = await findServerUser([native, options.dataDir]);
    await refuseMissingKeys(clusterDir, options);
    const password = await readOrMakeSecret(options.keyDir, superuserSecret);
    await makeCluster(native, clusterDir, user, password);
    await stopLeftover(clusterDir);
    const port = await choosePort(join(options.dataDir, 'postgres.port'), options.port);
    const server = await launchPatiently({ native, clusterDir, user, password, port, options });
    const unlocked = server.ended.then(unlock);
    return { ...server, ended: unlocked, stop: () => server.stop().then(() => unlocked) };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Data whose keys are missing must not get new ones: they would open neither the database nor what is encrypted in it. */
async function refuseMissingKeys(clusterDir: string, { dataDir, keyDir }: EmbeddedOptions): Promise<void> {
  if (!(await isMade(clusterDir)) || (await readSecret(keyDir, superuserSecret)) !== undefined) return;
  throw new StartError(`The keys of the data in ${dataDir} are missing in ${keyDir}: put them back and start again.`);
}

const isMade = async (clusterDir: string): Promise<boolean> =>
  (await stat(join(clusterDir, 'PG_VERSION')).catch(() => undefined)) !== undefined;

async function makeCluster(native: string, clusterDir: string, user: ServerUser, password: string): Promise<void> {
  if (await isMade(clusterDir)) return;
  // initdb interrupted half-way leaves a folder without meaning, so it works in a second one that is renamed when whole.
  const unfinished = `${clusterDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passwordFile = `${unfinished}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(unfinished, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const { file, args } = user.command(join(native, 'bin', 'initdb'), [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // C.UTF-8 and not C: with C the trigram index sees nothing in Chinese text.
    '--locale=C.UTF-8',
    '--encoding=UTF8',
    '--data-checksums',
  ]);
  try {
    await run(file, args, { cwd: '/' });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : '';
    throw new StartError(`The embedded PostgreSQL cannot make its data directory: ${reason}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, clusterDir);
}

type Launch = {
  native: string;
  clusterDir: string;
  user: ServerUser;
  password: string;
  port: number;
  options: EmbeddedOptions;
};

/** Backends of a killed postmaster hold its shared memory for some moments: then the start is tried again. */
async function launchPatiently(plan: Launch): Promise<EmbeddedServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(plan);
    } catch (error) {
      if (attempt === 5 || (error instanceof StartError && isWrongPassword(error.cause))) throw error;
      await sleep(400 * attempt);
    }
  }
}

async function launch({ native, clusterDir, user, password, port, options }: Launch): Promise<EmbeddedServer> {
  const settings = { ...serverSettings, ...options.settings, port: String(port) };
  const { file, args } = user.command(join(native, 'bin', 'postgres'), [
    '-D',
    clusterDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const log = await open(join(options.dataDir, 'postgres.log'), 'a', 0o600);
  // detached: Ctrl-C in a terminal must not reach PostgreSQL before the processes that use it have ended.
  const child = spawn(file, args, { cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await log.close();
  const superuserUrl = embeddedUrl('postgres', password, port, 'postgres');
  await waitUntilReady(child, superuserUrl, join(options.dataDir, 'postgres.log'));
  return { port, superuserUrl, ended, pid: child.pid ?? 0, stop: () => stop(child, ended) };
}

async function waitUntilReady(child: ChildProcess, url: string, logPath: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      const lines = (await readFile(logPath, 'utf8').catch(() => '')).trim().split('\n');
      throw new StartError(`The embedded PostgreSQL did not start: ${lines.at(-1) ?? ''} (see ${logPath})`);
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (cause) {
      if (isWrongPassword(cause)) {
        const ended = once(child, 'exit');
        child.kill('SIGINT');
        await ended;
        throw new StartError(
          `The key file ${superuserSecret} does not belong to the embedded database: put back the keys of this data.`,
          { cause },
        );
      }
      if (Date.now() > deadline) {
        child.kill('SIGQUIT');
        throw new StartError(`The embedded PostgreSQL does not answer (see ${logPath}).`, { cause });
      }
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(25);
  }
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
  const inTime = await Promise.race([ended.then(() => true), sleep(30_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGQUIT');
  await ended;
}

/** Name of the key file with a role's password. */
export function roleSecretName(role: string): string {
  return `postgres-${role}.password`;
}
