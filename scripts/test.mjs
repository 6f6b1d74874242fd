import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWebApps } from './lib/build-web.mjs';
import { installPackages } from './lib/install.mjs';
import { findNode24, node24Environment } from './lib/node24.mjs';
import { rootDir, run, runMain } from './lib/run.mjs';
import { installPrograms } from './lib/system-programs.mjs';

// npm test: everything that must hold, from types to browser journeys. The last line is `N passed, N failed`.
await runMain(async () => {
  await installPrograms();
  await installPackages();
  const results = [];
  for (const [name, file, ...args] of staticChecks()) results.push(await check(name, file, args));
  results.push(await vitest('unit'), await vitest('server'));
  results.push(await journeys());
  report(results);
});

function staticChecks() {
  const node = findNode24();
  return [
    ['types', node, 'scripts/check-types.mjs'],
    ['lint', node, 'node_modules/oxlint/bin/oxlint', '--deny-warnings'],
    ['format', node, 'node_modules/@biomejs/biome/bin/biome', 'format'],
    ['architecture', node, 'scripts/check-architecture.mjs'],
  ];
}

async function check(name, file, args) {
  const startedMs = Date.now();
  const { code } = await run(file, args, { quiet: true, env: node24Environment() });
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds(startedMs)} s)`);
  return part(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

async function vitest(project) {
  console.log(`\n${project} tests`);
  const directory = mkdtempSync(join(tmpdir(), 'antu-results-'));
  const file = join(directory, 'results.json');
  const args = [
    'run',
    '--project',
    project,
    '--maxWorkers=2',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { code } = await run(findNode24(), ['node_modules/vitest/vitest.mjs', ...args], { env: node24Environment() });
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, 'utf8'));
    // A file that cannot even be loaded has no tests to fail, but it fails the run.
    const failed = code !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
    return part(`${project} tests`, numPassedTests, failed, numPendingTests + numTodoTests);
  } catch {
    return part(`${project} tests`, 0, 1);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The browser journeys print their own last line in the form that this script prints. */
async function journeys() {
  const { scripts = {} } = JSON.parse(readFileSync(join(rootDir, 'e2e/package.json'), 'utf8'));
  if (!scripts.test) return part('browser journeys', 0, 0);
  console.log('\nbrowser journeys');
  await buildWebApps();
  const { code, output } = await run('sh', ['-c', scripts.test], {
    cwd: join(rootDir, 'e2e'),
    env: node24Environment(),
    tee: true,
  });
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  if (!line) return part('browser journeys', 0, 1);
  const failed = Number(line[2]);
  return part('browser journeys', Number(line[1]), code !== 0 && failed === 0 ? 1 : failed, Number(line[3] ?? 0));
}

function report(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log('');
  for (const { name, passed, failed, skipped } of results) {
    console.log(`  ${name.padEnd(18)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }
  const skipped = sum('skipped');
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
}

/** Counts of one part of the run. */
function part(name, passed, failed, skipped = 0) {
  return { name, passed, failed, skipped };
}

function seconds(sinceMs) {
  return ((Date.now() - sinceMs) / 1000).toFixed(1);
}
