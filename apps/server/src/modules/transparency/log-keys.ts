import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { NoteAlgorithm } from '@antu/proof';
import { readOrMakeSecret } from '../../platform/key-files.ts';
import type { Platform } from '../../platform/module.ts';

/** A key that signs checkpoints. */
export type LogSigner = {
  algorithm: NoteAlgorithm;
  publicKey: Uint8Array;
  sign(text: Uint8Array): Promise<Uint8Array>;
};

/** The keys of the log, Ed25519 first. */
export async function openLogSigners({ settings }: Pick<Platform, 'settings'>): Promise<LogSigner[]> {
  const pem = await readOrMakeSecret(settings.keyDir, 'log-ed25519.pem', () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const key = createPrivateKey(pem);
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return [
    { algorithm: 'ed25519', publicKey: Buffer.from(x, 'base64url'), sign: async (text) => sign(null, text, key) },
  ];
}
