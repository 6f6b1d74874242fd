import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Refusal, rootDir } from './run.mjs';

/** The Node that runs TypeScript sources: the one in the lock file, else this one if it is new enough. */
export function findNode24() {
  const packaged = join(rootDir, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Refusal(
    `Antu runs on Node.js 24, which has no npm package for ${process.platform}-${process.arch}: start this command with Node.js 24 or newer.`,
  );
}

/** Environment in which `node` is that one. */
export function node24Environment() {
  return { PATH: `${dirname(findNode24())}${delimiter}${process.env.PATH ?? ''}` };
}
