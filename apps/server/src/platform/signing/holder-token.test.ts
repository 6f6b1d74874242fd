import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSigningKeys, rotateSigningKey } from './file-keys.ts';
import { makeHolderToken, readHolderToken } from './holder-token.ts';
import type { SigningKeys } from './signing-key.ts';

const NOW = Date.parse('2026-11-26T08:00:00Z');
const code = '7Q4M2K9D7Q4M2K9D7Q4M';
let keyDir: string;
let keys: SigningKeys;
beforeAll(async () => {
  keyDir = await mkdtemp(join(tmpdir(), 'antu-token-'));
  keys = await openSigningKeys(keyDir, new Date(NOW));
});
afterAll(() => rm(keyDir, { recursive: true, force: true }));

const made = () => makeHolderToken(keys, { code, nowMs: NOW, seconds: 60 });
const read = (token: string, nowMs = NOW, of = code) =>
  readHolderToken(keys, { code: of, token, nowMs, skewSeconds: 5 });

describe('The token of a shown document', () => {
  it.each([
    ['at once', 0, 'fresh'],
    ['in its last millisecond, clocks off by what they may', 64_999, 'fresh'],
    ['a millisecond later', 65_000, 'stale'],
    ['a day later', 86_400_000, 'stale'],
  ])('read %s', async (_title, afterMs, state) => {
    const { token, expiresAtMs } = await made();
    expect(expiresAtMs).toBe(NOW + 60_000);
    expect(await read(token, NOW + afterMs)).toEqual({ state, expiresAtMs });
  });

  it('says nothing about another document', async () => {
    expect(await read((await made()).token, NOW, '00000000000000000000')).toEqual({ state: 'bad' });
  });

  it('is bad with any letter changed, so that nobody gives himself more time', async () => {
    const { token } = await made();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: token.length - 1 }),
        fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCXYZ_-.'),
        async (at, letter) => {
          fc.pre(token[at] !== letter);
          const changed = token.slice(0, at) + letter + token.slice(at + 1);
          expect((await read(changed)).state).toBe('bad');
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(['', '.', 'x', '%', 'z'.repeat(4000)])('that is %j is bad and no error', async (token) => {
    expect(await read(token)).toEqual({ state: 'bad' });
  });

  it('is still read after the key was changed', async () => {
    const { token } = await made();
    await rotateSigningKey(keyDir, 'token', new Date(NOW));
    keys = await openSigningKeys(keyDir, new Date(NOW));
    expect((await read(token)).state).toBe('fresh');
    expect((await read((await made()).token)).state).toBe('fresh');
  });
});
