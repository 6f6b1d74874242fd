import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { StartError } from '../errors.ts';

/**
 * A port of 127.0.0.1 for the embedded server. The one used last time is kept if it is still free. New ones lie below the
 * range from which the system takes ports for outgoing connections (32768 up), so that none is taken by accident.
 * @param file where the choice is remembered
 * @param wanted a port that must be used; 0: any
 */
export async function choosePort(file: string, wanted: number): Promise<number> {
  if (wanted !== 0) {
    if (await isFree(wanted)) return remember(file, wanted);
    throw new StartError(`POSTGRES_PORT ${wanted} is in use by another program.`);
  }
  const last = Number((await readFile(file, 'utf8').catch(() => '')).trim());
  if (Number.isInteger(last) && last > 0 && (await isFree(last))) return last;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return remember(file, port);
  }
  throw new StartError('No free port was found for the embedded PostgreSQL.');
}

/** True if nothing listens on this port of the address. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function remember(file: string, port: number): Promise<number> {
  await writeFile(file, `${port}\n`);
  return port;
}
