import { setTimeout as sleep } from 'node:timers/promises';
import { prepareEmbedded, prepareExternal, resolveDatabase } from '../database/connect.ts';
import { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from '../database/embedded.ts';
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
  const options = { dataDir: settings.dataDir, keyDir: settings.keyDir, port: settings.postgresPort };
  const state = { server: await startEmbedded(options), isStopping: false };
  await prepareEmbedded(state.server.superuserUrl, settings.keyDir, rolesSql);
  void keepServing(state, options, report);
  return {
    stop: () => {
      state.isStopping = true;
      return state.server.stop();
    },
  };
}

/** Starts the server again whenever it ends unasked, with growing pauses while that fails. */
async function keepServing(
  state: { server: EmbeddedServer; isStopping: boolean },
  options: EmbeddedOptions,
  report: (line: string) => void,
): Promise<void> {
  let pauseMs = 100;
  for (;;) {
    await state.server.ended;
    if (state.isStopping) return;
    report('The database server ended; it is started again.');
    try {
      state.server = await startEmbedded(options);
      pauseMs = 100;
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, 10_000);
    }
  }
}
