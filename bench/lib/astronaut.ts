import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A portrait for machines without other ones: `astronaut.png` of Debian's python3-skimage (NASA, public domain), unpacked
 * into the directory and not installed. Null where there is no apt or no network.
 */
export async function fetchAstronaut(directory: string): Promise<Buffer | null> {
  try {
    await run('apt-get', ['download', 'python3-skimage'], { cwd: directory });
    const name = (await readdir(directory)).find((file) => file.endsWith('.deb'));
    if (!name) return null;
    await run('dpkg-deb', ['-x', name, 'unpacked'], { cwd: directory });
    return await readFile(join(directory, 'unpacked/usr/lib/python3/dist-packages/skimage/data/astronaut.png'));
  } catch {
    return null;
  }
}
