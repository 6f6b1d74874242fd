import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteRange, FileStorage, StoredFile } from './storage.ts';

const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** A storage whose files other programs of this machine, such as ffmpeg, can open by path. */
export type FolderStorage = FileStorage & { localPath(key: string): string };

/** Files in a folder of this machine (or one that all hosts share). Parts starting with a dot are never keys: they are unfinished files. */
export function folderStorage(root: string): FolderStorage {
  const localPath = (key: string): string => {
    if (!keyPattern.test(key)) throw new Error(`not a storage key: ${key}`);
    return join(root, key);
  };
  const find = async (key: string) => {
    const info = await stat(localPath(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    return info?.isFile() ? { sizeBytes: info.size, changedAt: info.mtime } : undefined;
  };
  return {
    localPath,
    stat: find,
    exists: async (key) => (await find(key)) !== undefined,
    put: (key, content) => putFile(localPath(key), content),
    get: async (key, range): Promise<StoredFile | undefined> => {
      const info = await find(key);
      if (!info) return undefined;
      return { ...info, stream: createReadStream(localPath(key), readOptions(range)) };
    },
    delete: (key) => rm(localPath(key), { force: true }),
    deletePrefix: (prefix) => rm(localPath(prefix), { recursive: true, force: true }),
  };
}

function readOptions(range: ByteRange | undefined): { start?: number; end?: number } {
  return range ? { start: range.startByte, end: range.endByte } : {};
}

async function putFile(path: string, content: Readable | Uint8Array | string): Promise<number> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true });
  const temporary = join(directory, `.${randomBytes(9).toString('hex')}`);
  try {
    const source = content instanceof Readable ? content : Readable.from([content]);
    const sink = createWriteStream(temporary, { flags: 'wx', flush: true });
    await pipeline(source, sink);
    await rename(temporary, path);
    await syncDirectory(directory);
    return sink.bytesWritten;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A rename survives a power cut only after its directory was written too. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
