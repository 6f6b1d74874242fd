import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './load-generator.ts';

/** Runs the load generator in a process of its own. */
export const runLoad = (order: LoadOrder): Promise<LoadResult> => runApart('load-generator.ts', order);

/** Runs a script of this folder in a process of its own: it gets the order as its first message and answers with its only one. */
export function runApart<Order extends object, Result>(file: string, order: Order): Promise<Result> {
  const child = fork(join(import.meta.dirname, file), [], { serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.once('message', (result: Result) => resolve(result));
    child.once('exit', (code) => reject(new Error(`the load generator ended with code ${code}`)));
    child.send(order);
  });
}
