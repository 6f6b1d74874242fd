import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../clock.ts';
import { resolveDatabase } from '../database/connect.ts';
import { openPool, type Pool } from '../database/pool.ts';
import { buildStructure } from '../database/structure.ts';
import { loadSettings, type Settings } from '../settings.ts';
import { type DatabaseServer, provideDatabase } from '../supervisor/database-server.ts';

export type Victim = 'api' | 'worker' | 'database';

const sourceDir = join(import.meta.dirname, '..', '..');

/**
 * The product on a data directory of its own with the settings of real use, fsync and synchronous commits among them. Its processes
 * are killed by tests, and started again as the supervisor does.
 */
export class KillableServer {
  readonly settings: Settings;
  readonly port: number;
  /** As the application role. */
  readonly pool: Pool;
  readonly ownerUrl: string;
  readonly #database: DatabaseServer;
  readonly #children = new Map<Victim, ChildProcess>();
  #isClosing = false;

  private constructor(settings: Settings, port: number, database: DatabaseServer, appUrl: string, ownerUrl: string) {
    this.settings = settings;
    this.port = port;
    this.ownerUrl = ownerUrl;
    this.#database = database;
    this.pool = openPool({ url: appUrl, max: 4 });
  }

  /** Starts the database and builds the structure; nothing else runs yet. */
  static async open(): Promise<KillableServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'antu-kill-'));
    const settings = loadSettings({ DATA_DIR: dataDir, DEMO: 'false', LOG_LEVEL: 'silent' });
    const database = await provideDatabase(settings, () => undefined);
    const { ownerUrl, appUrl } = await resolveDatabase(settings);
    await buildStructure(ownerUrl, { clock: systemClock });
    return new KillableServer(settings, await findFreePort(), database, appUrl, ownerUrl);
  }

  /** Starts a process and waits until it works; from now on it is started again whenever it ends. */
  async start(name: 'api' | 'worker'): Promise<void> {
    const child = fork(join(sourceDir, `main-${name}.ts`), [], {
      env: {
        ...process.env,
        DATA_DIR: this.settings.dataDir,
        PORT: String(this.port),
        DEMO: 'false',
        LOG_LEVEL: 'silent',
        BEAT_WINDOW_MS: '20',
      },
      execArgv: [],
      // Its complaints about what the test does to it are no use to a reader.
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    });
    this.#children.set(name, child);
    const first = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => ['ended'])]);
    const isReady = (first[0] as { type?: string }).type === 'ready';
    if (!isReady) {
      // The database may be away at that very moment.
      await sleep(200);
      if (!this.#isClosing) await this.start(name);
      return;
    }
    child.once('exit', () => {
      if (!this.#isClosing && this.#children.get(name) === child) void this.start(name);
    });
  }

  /** SIGKILL. Resolves when the process works again, for the database at once. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'database') return this.#killDatabase();
    const child = this.#children.get(victim);
    if (!child) throw new Error(`there is no ${victim} to kill`);
    this.#children.delete(victim);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await this.start(victim);
  }

  async #killDatabase(): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      await this.waitForDatabase();
      const text = await readFile(join(this.settings.dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
      const pid = Number(text.split('\n')[0]);
      try {
        if (pid > 1) {
          process.kill(pid, 'SIGKILL');
          return;
        }
      } catch (error) {
        // The file still names the one that was killed before.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
      await sleep(50);
    }
    throw new Error('there is no database to kill');
  }

  async waitForDatabase(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      try {
        await this.pool.query('select 1');
        return;
      } catch {
        await sleep(50);
      }
    }
    throw new Error('the database did not come back');
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    for (const child of this.#children.values()) child.kill('SIGKILL');
    await this.pool.end();
    await this.#database.stop();
    await rm(this.settings.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
