import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FolderStorage, folderStorage } from './folder-storage.ts';

let root: string;
let storage: FolderStorage;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'antu-files-'));
  storage = folderStorage(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const read = async (key: string, startByte?: number, endByte?: number): Promise<string | undefined> => {
  const range = startByte === undefined || endByte === undefined ? undefined : { startByte, endByte };
  const file = await storage.get(key, range);
  return file && text(file.stream);
};

test('writes, reads whole and in part, replaces and deletes', async () => {
  expect(await storage.put('media/a/one.ts', Readable.from(['abc', 'def']))).toBe(6);
  expect(await read('media/a/one.ts')).toBe('abcdef');
  expect(await read('media/a/one.ts', 1, 3)).toBe('bcd');
  await storage.put('media/a/one.ts', 'new');
  expect(await read('media/a/one.ts')).toBe('new');
  await storage.delete('media/a/one.ts');
  await storage.delete('media/a/one.ts');
  expect(await storage.exists('media/a/one.ts')).toBe(false);
  expect(await storage.get('media/a/one.ts')).toBeUndefined();
});

test('a source that breaks off leaves the old file and nothing else', async () => {
  await storage.put('a/file', 'old');
  const broken = Readable.from(
    (function* breakOff() {
      yield 'half';
      throw new Error('connection lost');
    })(),
  );
  await expect(storage.put('a/file', broken)).rejects.toThrow('connection lost');
  expect(await read('a/file')).toBe('old');
  expect(await readdir(join(root, 'a'))).toEqual(['file']);
});

test('a prefix is deleted with everything below it', async () => {
  await storage.put('a/x/1', '1');
  await storage.put('a/xy', '2');
  await storage.deletePrefix('a/x');
  expect(await storage.exists('a/x/1')).toBe(false);
  expect(await storage.exists('a/xy')).toBe(true);
});

test.each(['../secret', 'a/../b', '/etc/passwd', 'a//b', '', '.hidden', 'a/.hidden', 'a\0b', 'a b'])(
  '%j is no key',
  async (key) => {
    await expect(Promise.resolve().then(() => storage.put(key, 'x'))).rejects.toThrow('not a storage key');
  },
);

test('a folder is no file', async () => {
  await storage.put('a/b', 'x');
  expect(await storage.exists('a')).toBe(false);
  expect(await storage.exists('a/b/c')).toBe(false);
});
