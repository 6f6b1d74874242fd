import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { findNode24 } from './node24.mjs';
import { Refusal, rootDir, run } from './run.mjs';

const apps = ['learner-web', 'enterprise-web', 'supervision-web'];
const sharedSources = ['packages/web-kit', 'packages/contract', 'packages/domain', 'package-lock.json'];
const skipped = new Set(['node_modules', 'dist', 'components.d.ts', 'auto-imports.d.ts']);
const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest', '.txt', '.wasm']);

/** Builds each web app whose sources changed since its last build, and compresses its files. */
export async function buildWebApps() {
  const shared = await hashSources(sharedSources);
  for (const app of apps) {
    if (!existsSync(join(rootDir, 'apps', app, 'index.html'))) continue;
    const hash = `${shared}-${await hashSources([join('apps', app)])}`;
    const dist = join(rootDir, 'apps', app, 'dist');
    // Written last: a build that was interrupted has none and is done again.
    const record = join(dist, '.build-hash');
    if ((await readFile(record, 'utf8').catch(() => '')) === hash) continue;
    await build(app, dist);
    await writeFile(record, hash);
  }
}

async function build(app, dist) {
  const startedMs = Date.now();
  console.log(`building ${app} …`);
  const vite = join(rootDir, 'node_modules/vite/bin/vite.js');
  const cwd = join(rootDir, 'apps', app);
  const { code } = await run(findNode24(), [vite, 'build', '--logLevel', 'warn'], { cwd, env: { NODE_ENV: 'production' }, quiet: true });
  if (code !== 0) throw new Refusal(`The web app ${app} cannot be built (see above).`);
  await compressFiles(dist);
  console.log(`  ${app} built in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}

async function compressFiles(dist) {
  for (const file of await listFiles(dist)) {
    if (!compressible.has(extname(file)) || (await stat(file)).size < 1024) continue;
    const content = await readFile(file);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(content, quality),
      promisify(gzip)(content, { level: 9 }),
    ]);
    await writeFile(`${file}.br`, br);
    await writeFile(`${file}.gz`, gz);
  }
}

async function hashSources(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(join(rootDir, path))) {
      hash.update(relative(rootDir, file)).update('\0').update(await readFile(file)).update('\0');
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
