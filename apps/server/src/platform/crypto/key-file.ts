import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { readOrMakeSecret } from '../key-files.ts';

/** Unwrapped data keys by generation. */
export type DataKeys = { roots: ReadonlyMap<number, Buffer>; firstId: number; currentId: number };

const fileSchema = z.object({
  keys: z.array(z.object({ id: z.number().int().positive(), wrapped: z.base64url() })).min(1),
});
type KeyFile = z.infer<typeof fileSchema>;

const masterName = 'master.key';
const dataName = 'data-keys.json';

/**
 * Envelope: `data-keys.json` holds the data keys, each wrapped (AES-256-GCM) by `master.key`. Replacing the master key, for
 * example by one that a key service guards, rewraps this file and touches no row.
 */
export async function loadKeyFile(keyDir: string): Promise<DataKeys> {
  const { file, master } = await readKeyFile(keyDir);
  const roots = new Map(file.keys.map(({ id, wrapped }) => [id, unwrap(master, id, wrapped)]));
  const ids = [...roots.keys()];
  return { roots, firstId: Math.min(...ids), currentId: Math.max(...ids) };
}

/** Adds a data key. @returns its id */
export async function rotateKeyFile(keyDir: string): Promise<number> {
  const { file, master } = await readKeyFile(keyDir);
  const id = Math.max(...file.keys.map((key) => key.id)) + 1;
  const grown: KeyFile = { keys: [...file.keys, { id, wrapped: wrapNew(master, id) }] };
  const temporary = join(keyDir, `${dataName}.${randomBytes(6).toString('hex')}`);
  await writeFile(temporary, `${JSON.stringify(grown)}\n`, { mode: 0o600, flush: true });
  await rename(temporary, join(keyDir, dataName));
  return id;
}

async function readKeyFile(keyDir: string): Promise<{ file: KeyFile; master: Buffer }> {
  const master = Buffer.from(await readOrMakeSecret(keyDir, masterName), 'base64url');
  if (master.length !== 32) throw new StartError(`The key file ${masterName} must hold 32 bytes in base64url.`);
  const text = await readOrMakeSecret(keyDir, dataName, () =>
    JSON.stringify({ keys: [{ id: 1, wrapped: wrapNew(master, 1) }] }),
  );
  return { file: fileSchema.parse(JSON.parse(text)), master };
}

function wrapNew(master: Buffer, id: number): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce);
  cipher.setAAD(Buffer.from(`antu/data-key/${id}`));
  return Buffer.concat([nonce, cipher.update(randomBytes(32)), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

function unwrap(master: Buffer, id: number, wrapped: string): Buffer {
  const bytes = Buffer.from(wrapped, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(`antu/data-key/${id}`));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch (cause) {
    throw new StartError(
      `Data key ${id} does not open with ${masterName}: the files are of different key directories.`,
      { cause },
    );
  }
}
