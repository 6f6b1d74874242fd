import { createHmac } from 'node:crypto';
import { type LeafKind, SALT_BYTES } from '@antu/proof';
import { readOrMakeSecret } from '../../platform/key-files.ts';

const secrets = new Map<string, Promise<Buffer>>();

/** The secret that salts follow from. It lies in the key directory and never in the database. */
export function openLogSecret(keyDir: string): Promise<Buffer> {
  const known = secrets.get(keyDir);
  if (known) return known;
  const opened = readOrMakeSecret(keyDir, 'log-salt.key').then((text) => Buffer.from(text, 'base64url'));
  secrets.set(keyDir, opened);
  opened.catch(() => secrets.delete(keyDir));
  return opened;
}

/** Salt of a leaf: follows from the secret, so that it takes no room, and tells nothing about other leaves. */
export function saltOf(secret: Buffer, kind: LeafKind, sourceId: string): Buffer {
  return createHmac('sha256', secret).update(`${kind}\n${sourceId}`).digest().subarray(0, SALT_BYTES);
}
