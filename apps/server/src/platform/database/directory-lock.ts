import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';

/**
 * Keeps two instances out of one data directory. The lock names a process and when it started, so one left by a killed
 * process, or by a process before the machine died, holds nobody up.
 * @returns removes the lock
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'antu.lock');
  const mine = `${process.pid} ${await startTime(process.pid)}\n`;
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, mine, { mode: 0o600 });
  try {
    // One whose start script was killed needs some seconds to end in order.
    for (let attempt = 0; attempt < 40; attempt += 1) {
      try {
        await link(temporary, path);
        return () => rm(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await findHolder(path);
      if (holder === undefined) {
        await rm(path, { force: true });
      } else if (attempt < 39) {
        await sleep(250);
      } else {
        throw new StartError(`Another Antu (process ${holder}) already uses the data directory ${directory}.`);
      }
    }
  } finally {
    await rm(temporary, { force: true });
  }
  throw new StartError(`The lock file in ${directory} cannot be taken.`);
}

async function findHolder(path: string): Promise<number | undefined> {
  const [pid, started] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
  if (!pid || !started) return undefined;
  return (await startTime(Number(pid))) === started ? Number(pid) : undefined;
}

/** When a process started, in clock ticks since boot, with the boot's id; undefined if there is no such process. */
async function startTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown');
  // The program's name is in brackets and may hold spaces. Field 22 of proc(5) is the twentieth after it.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? undefined : `${boot.trim()}:${ticks}`;
}
