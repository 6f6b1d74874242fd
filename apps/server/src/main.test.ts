import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

const port = 20_000 + (process.pid % 10_000);
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'antu-main-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

function start(environment: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], DATA_DIR: directory, PORT: String(port), DEMO: 'false', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  return { child, output: () => output, ended };
}

async function until(condition: () => Promise<boolean> | boolean, what: string, patienceMs = 60_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await sleep(50);
  }
}

const isHealthy = () =>
  fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.ok,
    () => false,
  );

/** Ids of the processes below this one whose command line holds the text. */
async function findProcesses(parent: number, part: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter((number) => number > 0)) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]) === parent && commandLine.includes(part))
      found.push(pid);
  }
  return found;
}

test('starts, survives the death of each part, and ends cleanly', { timeout: 180_000 }, async () => {
  const first = start();
  await until(() => first.output().includes('\nready\n'), 'ready');
  expect(await isHealthy()).toBe(true);
  for (const part of ['bin/postgres', 'main-api.ts', 'main-worker.ts']) {
    const [pid] = await findProcesses(first.child.pid ?? 0, part);
    expect(pid, part).toBeDefined();
    process.kill(pid ?? 0, 'SIGKILL');
    await until(async () => {
      const [next] = await findProcesses(first.child.pid ?? 0, part);
      return next !== undefined && next !== pid && (await isHealthy());
    }, `${part} again`);
  }
  first.child.kill('SIGKILL');
  await first.ended;

  const second = start();
  await until(() => second.output().includes('\nready\n'), 'ready after kill -9');
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  expect(await isHealthy()).toBe(false);
  expect(await readdir(directory)).not.toContain('antu.lock');
});

test.each([
  [{ PORT: 'x' }, 'Setting PORT must be a whole number from 1 to 65535, but "x" is not.\n'],
  [
    { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' },
    'The database of DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:1.\n',
  ],
])('%j stops the start with one sentence', { timeout: 60_000 }, async (environment, sentence) => {
  const { output, ended } = start(environment);
  expect(await ended).toBe(1);
  expect(output()).toBe(sentence);
});

test('a port in use stops the start with one sentence', { timeout: 60_000 }, async () => {
  const other = createServer().listen(port + 1, '127.0.0.1');
  await once(other, 'listening');
  const { output, ended } = start({ PORT: String(port + 1) });
  expect(await ended).toBe(1);
  expect(output()).toBe(`Port ${port + 1} of 127.0.0.1 is in use or not allowed: set PORT to another one.\n`);
  other.close();
});
