import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';

/**
 * Stops a server that outlived a killed Antu. Its postmaster.pid names it; a pid that belongs to something else by now (the
 * machine died and started again) is told apart by its command line, and the stale file is removed.
 */
export async function stopLeftover(clusterDir: string): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (!(await servesCluster(pid, clusterDir))) {
    await rm(pidFile, { force: true });
    return;
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5000],
  ] as const) {
    send(pid, signal);
    if (await isGone(pid, clusterDir, patienceMs)) return;
  }
  throw new StartError(`A PostgreSQL server left from an earlier run (process ${pid}) does not end.`);
}

async function servesCluster(pid: number, clusterDir: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const parts = commandLine.split('\0');
  return (parts[0] ?? '').endsWith('postgres') && parts.includes(clusterDir);
}

async function isGone(pid: number, clusterDir: string, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (!(await servesCluster(pid, clusterDir))) return true;
    await sleep(20);
  }
  return false;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
