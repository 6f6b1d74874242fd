import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the repository begins. */
export const rootDir = fileURLToPath(new URL('../..', import.meta.url));

/** The whole product as `npm start` runs it, on a free port with a data folder of its own. */
export interface Product {
  readonly url: string;
  readonly port: number;
  /** Its data folder; null when somebody else started it. */
  readonly dataDir: string | null;
  readonly readyAfterMs: number;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

const READY_LIMIT_MS = 240_000;

/** Starts the product with demo data and waits for `ready`; E2E_URL names one that runs already. */
export async function startProduct(): Promise<Product> {
  const running = process.env['E2E_URL'];
  if (running) {
    const port = Number(new URL(running).port);
    const dataDir = process.env['E2E_DATA_DIR'] ?? null;
    return { url: running, port, dataDir, readyAfterMs: 0, output: () => '', stop: () => Promise.resolve() };
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'antu-e2e-'));
  const port = await freePort();
  const startedMs = Date.now();
  const child = spawn('node', ['scripts/start.mjs'], {
    cwd: rootDir,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not ready after ${READY_LIMIT_MS} ms\n${output}`)),
      READY_LIMIT_MS,
    );
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/^ready$/m.test(output)) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}\n${output}`)));
  });
  await ready;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    readyAfterMs: Date.now() - startedMs,
    output: () => output,
    stop: () => stop(child, dataDir),
  };
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(dataDir, { recursive: true, force: true });
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
