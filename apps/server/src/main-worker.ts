import { modules } from './modules/index.ts';
import { openPlatform } from './platform/platform.ts';
import { loadSettings } from './platform/settings.ts';
import { runProcess } from './platform/supervisor/process-life.ts';
import { startWorker } from './platform/worker/worker.ts';

await runProcess(async () => {
  const platform = await openPlatform(loadSettings(process.env), 'worker');
  const stop = await startWorker(platform, modules);
  return async () => {
    await stop();
    await platform.pool.end();
  };
});
