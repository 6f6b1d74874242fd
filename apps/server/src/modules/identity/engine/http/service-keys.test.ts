import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { openServiceKey, readServiceSigner } from './service-keys.ts';
import { signRequest, verifyRequest } from './signed-exchange.ts';

it('the key for outside services is made once, readable by nobody else, and its public half verifies what it signs', async () => {
  const keyDir = await mkdtemp(join(tmpdir(), 'antu-keys-'));
  try {
    const [first, second] = await Promise.all([readServiceSigner(keyDir), readServiceSigner(keyDir)]);
    expect(first.id).toBe(second.id);
    const path = join(keyDir, 'identity-service.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const publicPem = createPublicKey(createPrivateKey(await readFile(path)))
      .export({ type: 'spki', format: 'pem' })
      .toString();
    const key = openServiceKey(publicPem);
    const message = { url: new URL('https://face.example/v1/judge'), body: Buffer.from('{}') };
    const headers = await signRequest({ ...message, nonce: 'n' }, first);
    expect(await verifyRequest({ ...message, method: 'POST', headers }, key)).toBe(true);
    expect(await verifyRequest({ ...message, method: 'PUT', headers }, key)).toBe(false);
    expect(await verifyRequest({ ...message, method: 'POST', headers, body: Buffer.from('{} ') }, key)).toBe(false);
    const elsewhere = new URL('https://face.example/v1/enrol');
    expect(await verifyRequest({ ...message, url: elsewhere, method: 'POST', headers }, key)).toBe(false);
    expect(await verifyRequest({ ...message, method: 'POST', headers: {} }, key)).toBe(false);
  } finally {
    await rm(keyDir, { recursive: true });
  }
});
