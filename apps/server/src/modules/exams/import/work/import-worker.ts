import { readFileSync } from 'node:fs';
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

/** TRAP: the `maxRSS` of a process begins with what its parent had; Linux tells the own peak elsewhere. */
function peakMib(): number {
  let status = '';
  try {
    status = readFileSync('/proc/self/status', 'latin1');
  } catch {
    // Not Linux.
  }
  const kib = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
  return Math.round(Number(kib ?? process.resourceUsage().maxRSS) / 1024);
}

process.on('message', async ({ path }: { path: string }) => {
  try {
    const reading = await readImport(path);
    send({ type: 'read', reading, peakMib: peakMib() });
  } catch (error) {
    send({ type: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
