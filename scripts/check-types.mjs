import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24 } from './lib/node24.mjs';
import { rootDir, run, runMain } from './lib/run.mjs';

// Types of the server and the packages (tsc), then of each web app (vue-tsc); one after the other, for small machines.
await runMain(async () => {
  const node = findNode24();
  const apps = readdirSync(join(rootDir, 'apps')).filter((app) => existsSync(join(rootDir, 'apps', app, 'index.html')));
  const checks = [
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
    ['node_modules/typescript/bin/tsc', '-p', 'packages/web-kit'],
    ['node_modules/typescript/bin/tsc', '-p', 'e2e'],
    ...apps.map((app) => ['node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', `apps/${app}`]),
  ];
  for (const args of checks) {
    const { code } = await run(node, args);
    if (code !== 0) process.exitCode = 1;
  }
});
