import type { FileStorage } from '../../../platform/storage/storage.ts';

/**
 * Path of a stored file on this machine. Uploads are written in place at their offset and ffmpeg reads and writes real
 * files, so both need storage that is a folder (of this machine, or one that all hosts share).
 */
export function storedPath(storage: FileStorage, key: string): string {
  if ('localPath' in storage && typeof storage.localPath === 'function') return String(storage.localPath(key));
  throw new Error('videos need a storage folder');
}
