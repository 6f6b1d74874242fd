import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type KeyRing, openKeyRing, rotateKeys } from './key-ring.ts';

let keyDir: string;
let keys: KeyRing;
beforeEach(async () => {
  keyDir = await mkdtemp(join(tmpdir(), 'antu-keys-'));
  keys = await openKeyRing(keyDir);
});
afterEach(() => rm(keyDir, { recursive: true, force: true }));

const purpose = 'person.name';

describe('column encryption', () => {
  test('opens what it closed, also after a restart', async () => {
    const box = keys.encrypt(purpose, '王建国', 'person-1');
    expect(keys.decrypt(purpose, box, 'person-1')).toBe('王建国');
    expect((await openKeyRing(keyDir)).decrypt(purpose, box, 'person-1')).toBe('王建国');
  });

  test('equal values look different', () => {
    expect(keys.encrypt(purpose, 'x', 'a').equals(keys.encrypt(purpose, 'x', 'a'))).toBe(false);
  });

  test('does not open for another row, another purpose, or with any changed byte', () => {
    const box = keys.encrypt(purpose, '王建国', 'person-1');
    expect(() => keys.decrypt(purpose, box, 'person-2')).toThrow();
    expect(() => keys.decrypt('person.id-number', box, 'person-1')).toThrow();
    for (let index = 0; index < box.length; index += 1) {
      const changed = Buffer.from(box);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => keys.decrypt(purpose, changed, 'person-1'), `byte ${index}`).toThrow();
    }
    expect(() => keys.decrypt(purpose, box.subarray(0, 20), 'person-1')).toThrow('not an encrypted value');
  });

  test('an empty value is a value', () => {
    expect(keys.decrypt(purpose, keys.encrypt(purpose, '', 'a'), 'a')).toBe('');
  });
});

describe('blind index', () => {
  test('finds equal values of one purpose, before and after a rotation', async () => {
    const index = keys.blindIndex(purpose, '王建国');
    expect(index).toHaveLength(32);
    expect(index.equals(keys.blindIndex('person.id-number', '王建国'))).toBe(false);
    await rotateKeys(keyDir);
    expect((await openKeyRing(keyDir)).blindIndex(purpose, '王建国')).toEqual(index);
  });
});

describe('rotation', () => {
  test('old values open and are known as old', async () => {
    const old = keys.encrypt(purpose, 'x', 'a');
    expect(await rotateKeys(keyDir)).toBe(2);
    const rotated = await openKeyRing(keyDir);
    expect(rotated.decrypt(purpose, old, 'a')).toBe('x');
    expect(rotated.isOutdated(purpose, old)).toBe(true);
    expect(rotated.isOutdated(purpose, rotated.encrypt(purpose, 'x', 'a'))).toBe(false);
    expect(() => keys.decrypt(purpose, rotated.encrypt(purpose, 'x', 'a'), 'a')).toThrow('There is no data key 2');
  });
});

describe('key files', () => {
  test('are readable by their owner alone, with nothing temporary left', async () => {
    const names = (await readdir(keyDir)).toSorted();
    expect(names).toEqual(['data-keys.json', 'master.key']);
    for (const name of names) expect((await stat(join(keyDir, name))).mode & 0o777).toBe(0o600);
  });

  test('a foreign master key is refused with one sentence', async () => {
    await writeFile(join(keyDir, 'master.key'), Buffer.alloc(32, 7).toString('base64url'));
    await expect(openKeyRing(keyDir)).rejects.toThrow('Data key 1 does not open with master.key');
  });

  test('ten processes that start at once agree', async () => {
    const directory = join(keyDir, 'fresh');
    const rings = await Promise.all(Array.from({ length: 10 }, () => openKeyRing(directory)));
    const [first, ...others] = rings.map((ring) => ring.blindIndex(purpose, 'x').toString('hex'));
    expect(others.every((index) => index === first)).toBe(true);
  });
});
