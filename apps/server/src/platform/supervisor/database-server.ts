import { setTimeout as sleep } from 'node:timers/promises';
import { prepareEmbedded, prepareExternal, resolveDatabase } from '../database/connect.ts';
import { type EmbeddedServer, startEmbedded } from '../database/embedded.ts';
import { readRolesSql } from '../database/structure.ts';
import type { Settings } from '../settings.ts';

export type DatabaseServer = { stop(): Promise<void> };

/**
 * Makes the database of these settings usable: starts the embedded one and keeps it running, or checks the external one.
 * @param report is told when the embedded server died and was started again
 */
export async function provideDatabase(settings: Settings, report: (line: string) => void): Promise<DatabaseServer> {
  const rolesSql = await readRolesSql();
  if (settings.databaseUrl) {
    await prepareExternal(await resolveDatabase(settings), rolesSql);
    return { stop: async () => undefined };
  }
  let stopping = false;
  const options = { dataDir: settings.dataDir, keyDir: settings.keyDir, port: settings.postgresPort };
  let server = await startEmbedded(options);
  await prepareEmbedded(server.superuserUrl, settings.keyDir, rolesSql);

  const watch = async (running: EmbeddedServer): Promise<void> => {
    await running.ended;
    for (let pauseMs = 100; !stopping; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      report('The database server ended; it is started again.');
      try {
        server = await startEmbedded(options);
        void watch(server);
        return;
      } catch (error) {
        report(error instanceof Error ? error.message : String(error));
        await sleep(pauseMs);
      }
    }
  };
  void watch(server);
  return {
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}
