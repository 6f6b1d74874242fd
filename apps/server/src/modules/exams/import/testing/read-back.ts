import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ImportReading, readImport } from '../read/read-import.ts';

/** Reads bytes as the import does: from a file. */
export async function readBytes(content: Uint8Array | Readable): Promise<ImportReading> {
  const folder = await mkdtemp(join(tmpdir(), 'antu-import-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content instanceof Uint8Array ? content : await buffer(content));
    return await readImport(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The reading of a file that has to be readable. */
export async function readGood(content: Uint8Array | Readable): Promise<Extract<ImportReading, { format: string }>> {
  const reading = await readBytes(content);
  if ('refusal' in reading) throw new Error(`refused: ${reading.refusal.code} ${reading.refusal.en}`);
  return reading;
}
