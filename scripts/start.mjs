import { buildWebApps } from './lib/build-web.mjs';
import { installPackages } from './lib/install.mjs';
import { runMain } from './lib/run.mjs';
import { handOver } from './lib/supervise.mjs';

// npm start: install, build the web apps, hand over to the server. Plain JavaScript, for any Node that runs npm.
await runMain(async () => {
  await installPackages();
  await buildWebApps();
  handOver(['apps/server/src/main.ts']);
});
