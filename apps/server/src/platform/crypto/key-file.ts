import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { readOrMakeSecret, replaceSecret } from '../key-files.ts';

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
  await replaceSecret(keyDir, dataName, JSON.stringify(grown));
  return id;
}

async function readKeyFile(keyDir: string): Promise<{ file: KeyFile; master: Buffer }> {
  const master = await readMasterKey(keyDir);
  const text = await readOrMakeSecret(keyDir, dataName, () =>
    JSON.stringify({ keys: [{ id: 1, wrapped: wrapNew(master, 1) }] }),
  );
  return { file: fileSchema.parse(JSON.parse(text)), master };
}

/** The key that wraps every other one of the directory, 32 bytes; made at the first call. */
export async function readMasterKey(keyDir: string): Promise<Buffer> {
  const master = Buffer.from(await readOrMakeSecret(keyDir, masterName), 'base64url');
  if (master.length !== 32) throw new StartError(`The key file ${masterName} must hold 32 bytes in base64url.`);
  return master;
}

/** Wraps a secret (AES-256-GCM), base64url. It opens under the same label only, so files cannot be exchanged. */
export function wrapSecret(master: Buffer, label: string, secret: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce);
  cipher.setAAD(Buffer.from(`antu/${label}`));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Opens what `wrapSecret` wrote. @param named what the sentence of a refusal calls it */
export function unwrapSecret(master: Buffer, label: string, wrapped: string, named: string): Buffer {
  const bytes = Buffer.from(wrapped, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(`antu/${label}`));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch (cause) {
    throw new StartError(`${named} does not open with ${masterName}: the files are of different key directories.`, {
      cause,
    });
  }
}

const wrapNew = (master: Buffer, id: number): string => wrapSecret(master, `data-key/${id}`, randomBytes(32));
const unwrap = (master: Buffer, id: number, wrapped: string): Buffer =>
  unwrapSecret(master, `data-key/${id}`, wrapped, `Data key ${id}`);
