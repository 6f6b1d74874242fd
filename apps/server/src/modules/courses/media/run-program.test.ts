import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ProgramMissing, runProgram } from './run-program.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function waitUntil(condition: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (condition()) return true;
    await sleep(50);
  }
  return false;
}

const sayPidAndSleep = ['-c', 'echo $$; exec sleep 60'];

describe('running a program', () => {
  it('gives its output, its complaints and its exit code', async () => {
    const result = await runProgram('sh', ['-c', 'echo out "$1"; echo no >&2; exit 3', 'x', 'a b $c'], {
      timeoutMs: 5000,
    });
    expect(result).toEqual({ exitCode: 3, output: 'out a b $c\n', complaints: 'no\n', timedOut: false });
  });

  it('runs it at the lowest priority', async () => {
    expect((await runProgram('nice', [], { timeoutMs: 5000 })).output.trim()).toBe('19');
  });

  it('says that it is missing', async () => {
    await expect(runProgram('/nowhere/ffmpeg', [], { timeoutMs: 5000 })).rejects.toThrow(ProgramMissing);
  });

  it('kills it after its time', async () => {
    const pids: number[] = [];
    const onLine = (line: string) => pids.push(Number(line));
    const result = await runProgram('sh', sayPidAndSleep, { timeoutMs: 400, onLine });
    expect(result).toMatchObject({ timedOut: true, exitCode: null });
    expect(isAlive(pids[0] ?? 0)).toBe(false);
  });

  it('kills it when the job is aborted', async () => {
    const abort = new AbortController();
    const pids: number[] = [];
    const onLine = (line: string) => {
      pids.push(Number(line));
      abort.abort(new Error('worker ends'));
    };
    const run = runProgram('sh', sayPidAndSleep, { timeoutMs: 60_000, onLine, signal: abort.signal });
    await expect(run).rejects.toThrow('worker ends');
    expect(isAlive(pids[0] ?? 0)).toBe(false);
  });

  it('does not outlive a worker that is killed', async () => {
    const file = fileURLToPath(new URL('./run-program.ts', import.meta.url));
    const script = `import { runProgram } from ${JSON.stringify(file)};
      await runProgram('sh', ${JSON.stringify(sayPidAndSleep)}, { timeoutMs: 60_000, onLine: (line) => console.log(line) });`;
    const worker = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(await new Promise((resolve) => worker.stdout.once('data', (data) => resolve(String(data)))));
    expect(isAlive(pid)).toBe(true);
    worker.kill('SIGKILL');
    expect(await waitUntil(() => !isAlive(pid))).toBe(true);
  });
});
