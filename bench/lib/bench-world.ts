import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../apps/server/src/platform/clock.ts';
import { prepareEmbedded, resolveDatabase } from '../../apps/server/src/platform/database/connect.ts';
import { type EmbeddedServer, startEmbedded } from '../../apps/server/src/platform/database/embedded.ts';
import { openPool, type Pool } from '../../apps/server/src/platform/database/pool.ts';
import { buildStructure, readRolesSql } from '../../apps/server/src/platform/database/structure.ts';
import { loadSettings, type Settings } from '../../apps/server/src/platform/settings.ts';

/** A database of its own in a temporary directory, with the settings of real use: every commit is on disk. */
export type BenchWorld = {
  dataDir: string;
  settings: Settings;
  server: EmbeddedServer;
  owner: Pool;
  appUrl: string;
  stop(): Promise<void>;
};

/** Starts PostgreSQL and builds the structure. */
export async function startBenchWorld(environment: Record<string, string> = {}): Promise<BenchWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'antu-bench-'));
  const settings = loadSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'warn', DEMO: 'false', ...environment });
  const server = await startEmbedded({ dataDir, keyDir: settings.keyDir, port: 0 });
  await prepareEmbedded(server.superuserUrl, settings.keyDir, await readRolesSql());
  const access = await resolveDatabase(settings);
  await buildStructure(access.ownerUrl, { clock: systemClock });
  const owner = openPool({ url: access.ownerUrl, max: 2, statementTimeoutMs: 0 });
  return {
    dataDir,
    settings,
    server,
    owner,
    appUrl: access.appUrl,
    stop: async () => {
      await owner.end();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
