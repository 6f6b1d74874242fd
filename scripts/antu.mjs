import { installPackages } from './lib/install.mjs';
import { runMain } from './lib/run.mjs';
import { handOver } from './lib/supervise.mjs';

// npm run antu -- <command> [arguments]
await runMain(async () => {
  await installPackages();
  handOver(['apps/server/src/cli.ts', ...process.argv.slice(2)]);
});
