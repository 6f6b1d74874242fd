import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeSignature } from '@antu/proof';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSigningKeys, rotateSigningKey, signingPurposes } from './file-keys.ts';
import { signWithAll } from './signing-key.ts';

const now = new Date('2026-11-26T08:00:00Z');
const text = new TextEncoder().encode('{"v":1}');

let keyDir: string;
beforeEach(async () => {
  keyDir = await mkdtemp(join(tmpdir(), 'antu-signing-'));
});
afterEach(() => rm(keyDir, { recursive: true, force: true }));

test('signs for every purpose with every algorithm; a signature holds for its purpose alone', async () => {
  const keys = await openSigningKeys(keyDir, now);
  for (const purpose of signingPurposes) {
    const signatures = await signWithAll(keys, purpose, text);
    expect(signatures.length).toBeGreaterThan(0);
    for (const signature of signatures) {
      expect(await judgeSignature(keys.published(), purpose, text, signature)).toBe('valid');
      const other = purpose === 'log' ? 'document' : 'log';
      expect(await judgeSignature(keys.published(), other, text, signature)).toBe('wrong-purpose');
    }
  }
});

test('after a rotation new keys sign and what the old ones signed stays valid', async () => {
  const before = await openSigningKeys(keyDir, now);
  const old = await signWithAll(before, 'document', text);
  const made = await rotateSigningKey(keyDir, 'document', new Date('2027-01-01T00:00:00Z'));
  const after = await openSigningKeys(keyDir, now);
  expect(after.keysOf('document').map((key) => key.keyId)).toEqual(made);
  expect(after.keysOf('log').map((key) => key.keyId)).toEqual(before.keysOf('log').map((key) => key.keyId));
  for (const signature of [...old, ...(await signWithAll(after, 'document', text))])
    expect(await judgeSignature(after.published(), 'document', text, signature)).toBe('valid');
  const retired = after.published().filter((key) => key.retiredAt !== null);
  expect(retired.map((key) => key.keyId)).toEqual(old.map((signature) => signature.keyId));
});

test('the files are readable by their owner alone and hold no private key in the open', async () => {
  await openSigningKeys(keyDir, now);
  for (const purpose of signingPurposes) {
    const path = join(keyDir, `signing-${purpose}.json`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, 'utf8')).keys[0]).not.toHaveProperty('secret');
  }
});

test('ten processes that start at once sign with the same keys', async () => {
  const opened = await Promise.all(Array.from({ length: 10 }, () => openSigningKeys(join(keyDir, 'fresh'), now)));
  expect(new Set(opened.map((keys) => JSON.stringify(keys.published()))).size).toBe(1);
});

test('files of another key directory and broken ones are refused with one sentence', async () => {
  await openSigningKeys(keyDir, now);
  const other = join(keyDir, 'other');
  await openSigningKeys(other, now);
  await writeFile(join(keyDir, 'signing-log.json'), await readFile(join(other, 'signing-log.json')));
  await expect(openSigningKeys(keyDir, now)).rejects.toThrow('different key directories');
  await writeFile(join(keyDir, 'signing-log.json'), '{}');
  await expect(openSigningKeys(keyDir, now)).rejects.toThrow('restore it from the back-up');
});
