import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';

/** Entries of a zip file by name. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const entries = new Map<string, Buffer>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const read = async (entry: Entry) => {
    entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
    zip.readEntry();
  };
  zip.on('entry', (entry: Entry) => void read(entry).catch(reject));
  zip.on('end', resolve);
  zip.on('error', reject);
  zip.readEntry();
  await promise;
  return entries;
}

/** A zip file of these entries. */
export async function zipOf(entries: Iterable<readonly [string, Buffer | string]>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of entries) zip.addBuffer(Buffer.from(content), name, { compress: content.length > 0 });
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** Writes another name over an entry's, of the same length: names that a packer would refuse. */
export function renameEntry(zip: Buffer, from: string, to: string): Buffer {
  const renamed = Buffer.from(zip);
  for (let at = renamed.indexOf(from); at >= 0; at = renamed.indexOf(from, at + 1)) renamed.write(to, at, 'latin1');
  return renamed;
}
