import { flushCompileCache } from 'node:module';
import { StartError } from '../errors.ts';
import type { ChildMessage, SupervisorMessage } from './children.ts';

/** Tells the supervisor, if there is one. */
export function tellSupervisor(message: ChildMessage): void {
  process.send?.(message);
}

/**
 * Runs a process of the server until it is asked to end: by its supervisor, by the supervisor's death, by SIGTERM, or by
 * Ctrl-C when it runs alone. Ends with one sentence if it cannot start.
 * @param start returns what must be closed, in that order
 */
export async function runProcess(start: () => Promise<() => Promise<void>>): Promise<void> {
  const asked = Promise.withResolvers<void>();
  const isChild = process.send !== undefined;
  process.on('SIGTERM', () => asked.resolve());
  // Ctrl-C in a terminal is the supervisor's to handle; a process that runs alone handles it itself.
  process.on('SIGINT', () => (isChild ? undefined : asked.resolve()));
  process.once('disconnect', () => asked.resolve());
  process.on('message', (message: SupervisorMessage) => {
    if (message.type === 'stop') asked.resolve();
  });
  try {
    const close = await start();
    tellSupervisor({ type: 'ready' });
    // Now and not at the end: a process that is killed leaves the next one a quick start as well.
    flushCompileCache();
    await asked.promise;
    // Whatever hangs must not keep the process: the database rolls back what was not committed.
    setTimeout(() => process.exit(1), 15_000).unref();
    await close();
    process.exit(0);
  } catch (error) {
    endWithSentence(error);
  }
}

/** Ends the process with one clear sentence for problems that have one, and with the whole error for others. */
function endWithSentence(error: unknown): void {
  process.exitCode = 1;
  const sentence = error instanceof StartError ? error.message : undefined;
  if (process.send && sentence) {
    process.send({ type: 'failed', sentence } satisfies ChildMessage, () => process.exit(1));
    return;
  }
  console.error(sentence ?? error);
  process.exit(1);
}
