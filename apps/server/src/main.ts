import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { modules } from './modules/index.ts';
import { systemClock } from './platform/clock.ts';
import { resolveDatabase } from './platform/database/connect.ts';
import { isFree } from './platform/database/port.ts';
import { buildStructure } from './platform/database/structure.ts';
import { StartError } from './platform/errors.ts';
import { openPlatform } from './platform/platform.ts';
import { seedDemo } from './platform/seed.ts';
import { loadSettings, type Settings } from './platform/settings.ts';
import { type Child, keepRunning } from './platform/supervisor/children.ts';
import { type DatabaseServer, provideDatabase } from './platform/supervisor/database-server.ts';

const say = (line: string): void => console.log(line);

/** The whole product on one machine: database, api and worker, each watched and started again if it dies. */
async function main(): Promise<void> {
  const settings = loadSettings(process.env);
  const asked = Promise.withResolvers<void>();
  // Not `once`: Ctrl-C arrives twice, from the terminal and from the start script.
  process.on('SIGINT', () => asked.resolve());
  process.on('SIGTERM', () => asked.resolve());
  process.once('disconnect', () => asked.resolve());
  await checkPort(settings);
  const database = await provideDatabase(settings, say);
  const children: Child[] = [];
  try {
    await Promise.race([start(settings, children), asked.promise]);
    await asked.promise;
    say('stopping …');
  } finally {
    await stopAll(children, database);
  }
}

async function start(settings: Settings, children: Child[]): Promise<void> {
  const access = await resolveDatabase(settings);
  const ran = await buildStructure(access.ownerUrl, { clock: systemClock });
  if (ran.length > 0) say(`database structure: ${ran.length} migrations applied`);
  const platform = await openPlatform(settings, 'start');
  try {
    if (settings.demo) {
      const written = await seedDemo(platform, modules);
      if (written.length > 0) say(`demo data written: ${written.join(', ')}`);
    }
    for (const name of ['api', 'worker'])
      children.push(keepRunning(name, join(import.meta.dirname, `main-${name}.ts`), say));
    await Promise.all(children.map((child) => child.started));
    printAddresses(settings);
    if (settings.demo) {
      for (const module of modules) for (const line of (await module.startNotes?.(platform)) ?? []) say(line);
    }
    say('ready');
    flushCompileCache();
  } finally {
    await platform.pool.end();
  }
}

function printAddresses({ host, port, apps }: Settings): void {
  const shownHost = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const base = `http://${shownHost}:${port}`;
  const pages = {
    learner: ['学员端', '/'],
    enterprise: ['企业端', '/enterprise/'],
    supervision: ['管理端', '/supervision/'],
  };
  say('');
  for (const app of apps) say(`  ${pages[app][0]}  ${base}${pages[app][1]}`);
  say(`  接口    ${base}/api/openapi.json`);
  say('');
}

/** An api that an earlier, killed start left behind needs a moment to notice. */
async function checkPort({ port, host }: Settings): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await isFree(port, host)) return;
    await sleep(250);
  }
  throw new StartError(`Port ${port} of ${host} is in use or not allowed: set PORT to another one.`);
}

async function stopAll(children: readonly Child[], database: DatabaseServer): Promise<void> {
  await Promise.all(children.map((child) => child.stop()));
  await database.stop();
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
