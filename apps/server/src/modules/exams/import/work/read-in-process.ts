import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { importRefusal } from '@antu/domain';
import { IMPORT_LIMITS } from '../files/import-limits.ts';
import type { ImportReading } from '../read/read-import.ts';

export type ReaderAnswer =
  | { type: 'read'; reading: ImportReading; peakMib: number }
  | { type: 'failed'; reason: string };

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly heapMib?: number;
  readonly readMs?: number;
  /** How far below this process it stands for the processor, 0 to 19. */
  readonly niceness?: number;
  /** Told how much memory the process had at most, MiB. */
  readonly onPeak?: (peakMib: number) => void;
  /** Told what a file did that no file should be able to do. */
  readonly onFailure?: (reason: string) => void;
}

const script = fileURLToPath(new URL('./import-worker.ts', import.meta.url));

/**
 * Reads a file of questions in a process with bounded heap and time. A file that breaks the bounds is refused with words.
 * Rejects only with the signal's reason.
 */
export function readInProcess(
  path: string,
  {
    signal,
    heapMib = IMPORT_LIMITS.heapMib,
    readMs = IMPORT_LIMITS.readMs,
    niceness = 10,
    onPeak = () => {},
    onFailure = () => {},
  }: ReadOptions = {},
): Promise<ImportReading> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ImportReading>();
  const child = fork(script, [String(niceness)], {
    serialization: 'advanced',
    // Foreign bytes are opened there: it gets no secrets and no options of the parent.
    env: {},
    execArgv: [`--max-old-space-size=${heapMib}`],
    // A heap that runs over prints pages about it; its end says the same.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), readMs);
  const abort = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  let answer: ReaderAnswer | undefined;
  child.on('message', (given: ReaderAnswer) => (answer = given));
  child.on('error', (error) => onFailure(error.message));
  child.on('close', (code) => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    if (answer?.type === 'read') {
      onPeak(answer.peakMib);
      resolve(answer.reading);
      return;
    }
    onFailure(answer?.reason ?? `ended with ${code ?? 'a signal'}`);
    resolve({ refusal: importRefusal(answer ? 'zip-broken' : 'too-slow') });
  });
  child.send({ path });
  return promise;
}
