import type { Readable } from 'node:stream';

/** First and last byte, both included. */
export type ByteRange = { startByte: number; endByte: number };

export type StoredFile = {
  stream: Readable;
  /** Size of the whole file. */
  sizeBytes: number;
  changedAt: Date;
};

/** Where files lie. Keys are paths of `a-z A-Z 0-9 . _ -` parts joined by `/`. */
export type FileStorage = {
  /** Writes a whole file; readers see the old one or the new one, never a part. @returns its size in bytes */
  put(key: string, content: Readable | Uint8Array | string): Promise<number>;
  /** Opens a file or a part of it. Undefined if there is none. */
  get(key: string, range?: ByteRange): Promise<StoredFile | undefined>;
  /** Size and time without opening. Undefined if there is none. */
  stat(key: string): Promise<{ sizeBytes: number; changedAt: Date } | undefined>;
  exists(key: string): Promise<boolean>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Deletes everything whose key starts with `<prefix>/`. */
  deletePrefix(prefix: string): Promise<void>;
};
