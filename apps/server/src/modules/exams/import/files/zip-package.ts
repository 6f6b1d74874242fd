import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { IMPORT_LIMITS } from './import-limits.ts';
import { ImportRefused } from './import-refused.ts';

/** A zip file whose entries are read one by one, never more of it than the limits allow. */
export class ZipPackage {
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #unzippedBytes = 0;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** Reads the directory of the file. Throws `ImportRefused`. */
  static async open(path: string): Promise<ZipPackage> {
    let file: ZipFile;
    try {
      file = await openPromise(path, { lazyEntries: true, autoClose: false });
    } catch {
      throw new ImportRefused('zip-broken');
    }
    try {
      return new ZipPackage(file, await listEntries(file));
    } catch (error) {
      file.close();
      throw error;
    }
  }

  close(): void {
    this.#file.close();
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Size that the directory gives for an entry; reading checks it. */
  sizeOf(name: string): number {
    return this.#entries.get(name)?.uncompressedSize ?? 0;
  }

  /** The bytes of an entry. Throws `ImportRefused` if there are more than `mostBytes`. */
  async read(name: string, mostBytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of this.chunks(name)) {
      size += part.length;
      if (size > mostBytes) throw new ImportRefused('zip-bomb');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** The bytes of an entry piece by piece, counted against what the whole file may unfold to. */
  async *chunks(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (!entry) throw new ImportRefused('zip-broken');
    if (entry.isEncrypted()) throw new ImportRefused('zip-password');
    const { compressedSize } = entry;
    let size = 0;
    let stream: Readable | undefined;
    try {
      stream = await this.#file.openReadStreamPromise(entry);
      for await (const part of stream) {
        const bytes = part as Buffer;
        size += bytes.length;
        this.#unzippedBytes += bytes.length;
        const isBlown = size > IMPORT_LIMITS.zipRatioFromBytes && size > compressedSize * IMPORT_LIMITS.zipRatio;
        if (isBlown || this.#unzippedBytes > IMPORT_LIMITS.unzippedBytes) throw new ImportRefused('zip-bomb');
        yield bytes;
      }
    } catch (error) {
      throw error instanceof ImportRefused ? error : new ImportRefused('zip-broken');
    } finally {
      stream?.destroy();
    }
  }
}

function listEntries(file: ZipFile): Promise<Map<string, Entry>> {
  const { promise, resolve, reject } = Promise.withResolvers<Map<string, Entry>>();
  const entries = new Map<string, Entry>();
  if (file.entryCount > IMPORT_LIMITS.zipEntries)
    reject(new ImportRefused('zip-entries', { most: IMPORT_LIMITS.zipEntries }));
  let announcedBytes = 0;
  file.on('entry', (entry: Entry) => {
    announcedBytes += entry.uncompressedSize;
    // What says itself that it is too large needs no further look.
    if (announcedBytes > IMPORT_LIMITS.unzippedBytes * 4) {
      reject(new ImportRefused('zip-bomb'));
      return;
    }
    if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    file.readEntry();
  });
  file.on('end', () => resolve(entries));
  file.on('error', (error: Error) => {
    const found = /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/.exec(
      error.message,
    )?.[1];
    reject(found === undefined ? new ImportRefused('zip-broken') : new ImportRefused('zip-path', { found }));
  });
  file.readEntry();
  return promise;
}
