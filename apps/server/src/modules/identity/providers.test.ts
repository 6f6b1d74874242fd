import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { createLogger } from '../../platform/log.ts';
import type { Platform } from '../../platform/module.ts';
import { loadSettings } from '../../platform/settings.ts';
import { printServiceKey } from './print-service-key.ts';
import { closeProviders, providerOf } from './providers.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'antu-providers-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** As much of a platform as providers need. */
const platformWith = (environment: Record<string, string>): Platform =>
  ({
    settings: loadSettings({ DATA_DIR: directory, LOG_LEVEL: 'silent', ...environment }),
    clock: systemClock,
    log: createLogger('silent'),
  }) as Platform;

const pem = (): string => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('the outside service', () => {
  it('is away until its address and its key are there, and then needs no new start', async () => {
    const bare = platformWith({});
    await expect(providerOf(bare, 'http')).rejects.toThrow('FACE_PROVIDER_URL is not set');
    const platform = platformWith({
      FACE_PROVIDER_URL: 'https://face.example.gov.cn/v1',
      FACE_PROVIDER_KEY_FILE: join(directory, 'service.pem'),
    });
    await expect(providerOf(platform, 'http')).rejects.toThrow('ENOENT');
    await writeFile(join(directory, 'service.pem'), pem());
    const provider = await providerOf(platform, 'http');
    expect(provider.name).toBe('http');
    expect(await providerOf(platform, 'http')).toBe(provider);
    await closeProviders(platform);
  });

  it('gets our public key, the same every time', async () => {
    const platform = platformWith({});
    const written: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      await printServiceKey.run(platform, []);
      await printServiceKey.run(platform, []);
    } finally {
      spy.mockRestore();
    }
    expect(written[0]).toContain('BEGIN PUBLIC KEY');
    expect(written[1]).toBe(written[0]);
    const secret = await readFile(join(platform.settings.keyDir, 'identity-service.key'), 'utf8');
    expect(createPublicKey(secret).export({ type: 'spki', format: 'pem' })).toBe(written[0]);
  });
});

it('nobody decides where the rules say so', async () => {
  const platform = platformWith({});
  const provider = await providerOf(platform, 'refuse');
  expect(await provider.enrol({ personId: 'p', picture: Buffer.alloc(0) })).toMatchObject({ outcome: 'refused' });
  await closeProviders(platform);
});
