import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const watcher = `
  const { watchLauncher } = await import(${JSON.stringify(new URL('./launcher-alive.mjs', import.meta.url).href)});
  watchLauncher(() => { console.log('launcher gone'); process.exit(0); });
  setTimeout(() => process.exit(1), 8000);
  console.log('watching');`;

test('a start script whose npm was killed outright notices', { timeout: 15_000 }, async () => {
  const launcher = `
    const { spawn } = await import('node:child_process');
    spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(watcher)}], { stdio: 'inherit' });
    setInterval(() => 0, 1000);`;
  const npm = spawn(process.execPath, ['--input-type=module', '--eval', launcher, 'npm'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  let output = '';
  npm.stdout.on('data', (chunk) => {
    output += chunk;
    if (String(chunk).includes('watching')) npm.kill('SIGKILL');
  });
  await once(npm.stdout, 'close');
  expect(output).toBe('watching\nlauncher gone\n');
});
