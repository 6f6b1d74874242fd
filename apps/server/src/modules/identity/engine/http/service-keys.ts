import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createSigner, createVerifier } from 'http-message-signatures';
import { readOrMakeSecret } from '../../../../platform/key-files.ts';
import type { MessageSigner, ServiceKey } from './signed-exchange.ts';

/** Our key for outside services, made at the first call; the service is given its public half. */
export async function readServiceSigner(keyDir: string, name = 'identity-service.key'): Promise<MessageSigner> {
  const pem = await readOrMakeSecret(keyDir, name, () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const key = createPrivateKey(pem);
  return createSigner(key, 'ed25519', keyIdOf(createPublicKey(key)));
}

/** The service's key out of the PEM of its public half (Ed25519). */
export function openServiceKey(pem: string): ServiceKey {
  const key = createPublicKey(pem);
  return { keyId: keyIdOf(key), verify: createVerifier(key, 'ed25519') };
}

/** Both sides can compute it, so it needs no agreement. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
    .slice(0, 22);
