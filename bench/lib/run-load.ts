import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './load-generator.ts';

/** Runs the load generator in a process of its own. */
export function runLoad(order: LoadOrder): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load-generator.ts'), [], { serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.once('message', (result: LoadResult) => resolve(result));
    child.once('exit', (code) => reject(new Error(`the load generator ended with code ${code}`)));
    child.send(order);
  });
}
