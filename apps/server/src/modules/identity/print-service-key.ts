import { createPublicKey } from 'node:crypto';
import type { Command } from '../../platform/module.ts';
import { readSecret } from '../../platform/key-files.ts';
import { readServiceSigner } from './engine/index.ts';

/** Made by `readServiceSigner` at the first call. */
const KEY_NAME = 'identity-service.key';

/** Whoever runs the outside service needs the public half of the key that requests are signed with. */
export const printServiceKey: Command = {
  name: 'face-service-key',
  summary: 'print the public key that requests to an outside face service are signed with',
  async run({ settings }) {
    await readServiceSigner(settings.keyDir, KEY_NAME);
    const pem = await readSecret(settings.keyDir, KEY_NAME);
    if (pem === undefined) return 1;
    process.stdout.write(createPublicKey(pem).export({ type: 'spki', format: 'pem' }));
    return 0;
  },
};
