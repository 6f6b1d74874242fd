import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, rootDir, run } from './run.mjs';

const lockFile = join(rootDir, 'package-lock.json');
const installedFile = join(rootDir, 'node_modules/.package-lock.json');
const recordFile = join(rootDir, 'node_modules/.antu-lock-hash');

/** Installs the packages of package-lock.json unless exactly these are there. */
export async function installPackages() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(recordFile) && readFileSync(recordFile, 'utf8') === hash) return;
  if (!isInstalled()) await npmCi();
  writeFileSync(recordFile, hash);
}

/** Compares with npm's own record of what it installed, so that a plain `npm install` before is not done again. */
function isInstalled() {
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const present = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, link, resolved }]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = present[path];
    if (!found) return optional === true;
    return existsSync(join(rootDir, path)) && found.version === version && (!link || found.resolved === resolved);
  });
}

async function npmCi() {
  const startedMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedMs) / 1000);
  console.log('installing packages (about a minute) …');
  const timer = setInterval(() => console.log(`  still installing, ${seconds()} s`), 10_000);
  // npm names itself to its scripts; outside npm the one on the path is taken.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { quiet: true })
    : await run('npm', args, { quiet: true });
  clearInterval(timer);
  if (code !== 0) throw new Refusal('The packages cannot be installed (npm ci failed, see above).');
  console.log(`packages installed in ${seconds()} s`);
}
