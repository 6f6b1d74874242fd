import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Reads a secret from the key directory; makes it (mode 0600) at the first call. Two processes that call at once get the
 * same secret.
 * @param make the new secret; default: 32 random bytes in base64url
 */
export async function readOrMakeSecret(
  keyDir: string,
  name: string,
  make: () => string = () => randomBytes(32).toString('base64url'),
): Promise<string> {
  const path = join(keyDir, name);
  const present = await readSecret(keyDir, name);
  if (present !== undefined) return present;
  await mkdir(keyDir, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${make()}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // link refuses to replace: the first one wins.
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const secret = await readSecret(keyDir, name);
  if (secret === undefined) throw new Error(`the key file ${name} could not be read back`);
  return secret;
}

/** A secret of the key directory, or undefined if there is none of that name. */
export async function readSecret(keyDir: string, name: string): Promise<string | undefined> {
  try {
    return (await readFile(join(keyDir, name), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a secret anew; readers see the old one or the new one, never a part. */
export async function replaceSecret(keyDir: string, name: string, secret: string): Promise<void> {
  const temporary = join(keyDir, `${name}.${randomBytes(6).toString('hex')}`);
  await writeFile(temporary, `${secret}\n`, { mode: 0o600, flush: true });
  await rename(temporary, join(keyDir, name));
}
