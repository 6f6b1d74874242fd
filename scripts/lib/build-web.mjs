import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { findNode24 } from './node24.mjs';
import { Refusal, rootDir, run } from './run.mjs';

const apps = ['learner-web', 'enterprise-web', 'supervision-web'];
const sharedSources = ['packages/web-kit', 'packages/contract', 'packages/domain', 'package-lock.json'];
const skipped = new Set(['node_modules', 'dist', 'components.d.ts', 'auto-imports.d.ts']);

/** Builds each web app whose sources changed since its last build; the build also writes .br and .gz files. */
export async function buildWebApps() {
  const shared = await hashSources(sharedSources);
  for (const app of apps) {
    if (!existsSync(join(rootDir, 'apps', app, 'index.html'))) continue;
    const hash = `${shared}-${await hashSources([join('apps', app)])}`;
    const dist = join(rootDir, 'apps', app, 'dist');
    // Written last: a build that was interrupted has none and is done again.
    const record = join(dist, '.build-hash');
    if ((await readFile(record, 'utf8').catch(() => '')) === hash) continue;
    await build(app);
    await writeFile(record, hash);
  }
}

async function build(app) {
  const startedMs = Date.now();
  console.log(`building ${app} …`);
  const vite = join(rootDir, 'node_modules/vite/bin/vite.js');
  const cwd = join(rootDir, 'apps', app);
  const { code } = await run(findNode24(), [vite, 'build', '--logLevel', 'warn'], {
    cwd,
    env: { NODE_ENV: 'production' },
    quiet: true,
  });
  if (code !== 0) throw new Refusal(`The web app ${app} cannot be built (see above).`);
  console.log(`  ${app} built in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}

async function hashSources(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(join(rootDir, path))) {
      hash
        .update(relative(rootDir, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** Files below a folder, or the file itself, in a stable order. */
async function listFiles(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const found = [];
  for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await listFiles(join(path, entry.name))));
    else if (entry.isFile()) found.push(join(path, entry.name));
  }
  return found;
}
