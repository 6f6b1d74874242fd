import { buildApp } from './app.ts';
import { modules } from './modules/index.ts';
import { StartError } from './platform/errors.ts';
import { openPlatform } from './platform/platform.ts';
import { loadSettings } from './platform/settings.ts';
import { runProcess } from './platform/supervisor/process-life.ts';

await runProcess(async () => {
  const settings = loadSettings(process.env);
  const platform = await openPlatform(settings, 'api');
  const app = await buildApp({ platform, modules });
  try {
    // The supervisor prints the addresses for people; this line would stand in the middle of them.
    app.log.level = 'warn';
    await app.listen({ port: settings.port, host: settings.host });
  } catch (cause) {
    throw new StartError(
      `Port ${settings.port} of ${settings.host} is in use or not allowed: set PORT to another one.`,
      { cause },
    );
  }
  app.log.level = settings.logLevel;
  return async () => {
    await app.close();
    await platform.pool.end();
  };
});
