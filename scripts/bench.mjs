import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './lib/install.mjs';
import { Refusal, rootDir, runMain } from './lib/run.mjs';
import { handOver } from './lib/supervise.mjs';

// npm run bench -- <name> [arguments]: runs bench/<name>.ts, whose last line is one JSON object.
await runMain(async () => {
  const [name = '', ...rest] = process.argv.slice(2);
  if (!/^[a-z-]+$/.test(name) || !existsSync(join(rootDir, 'bench', `${name}.ts`))) {
    const names = readdirSync(join(rootDir, 'bench'))
      .filter((file) => /^[a-z-]+\.ts$/.test(file))
      .map((file) => file.slice(0, -3));
    throw new Refusal(`Which bench? There are: ${names.join(', ') || 'none yet'}.`);
  }
  await installPackages();
  handOver([join('bench', `${name}.ts`), ...rest]);
});
