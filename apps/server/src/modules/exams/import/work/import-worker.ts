import { getPriority, setPriority } from 'node:os';
import { readImport } from '../read/read-import.ts';
import type { ReaderAnswer } from './read-in-process.ts';

const LOWEST = 19;

// A process of its own, with a heap of its own: what a foreign file makes of it ends here, and people are served first.
setPriority(Math.min(LOWEST, getPriority() + Number(process.argv[2] ?? 0)));
// Ctrl-C reaches the whole group; the parent decides when to end, and its end is ours.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));

const send = (answer: ReaderAnswer) => process.send?.(answer, () => process.disconnect());

process.on('message', async ({ path }: { path: string }) => {
  try {
    send({ type: 'read', reading: await readImport(path) });
  } catch (error) {
    send({ type: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
