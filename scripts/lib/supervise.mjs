import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { watchLauncher } from './launcher-alive.mjs';
import { findNode24 } from './node24.mjs';
import { rootDir } from './run.mjs';

/**
 * Hands over to Node 24: signals go through, and if this process dies the other one notices and ends in order. Node keeps
 * compiled sources beside the packages, which saves three processes a third of their start.
 */
export function handOver(args) {
  const env = { NODE_COMPILE_CACHE: join(rootDir, 'node_modules/.cache/node-compile'), ...process.env };
  const child = spawn(findNode24(), args, { cwd: rootDir, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  watchLauncher(() => child.kill('SIGTERM'));
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
