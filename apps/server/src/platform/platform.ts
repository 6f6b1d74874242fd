import { type Clock, systemClock } from './clock.ts';
import { openKeyRing } from './crypto/key-ring.ts';
import { openAppPool, resolveDatabase } from './database/connect.ts';
import { createLogger } from './log.ts';
import type { Platform } from './module.ts';
import type { Settings } from './settings.ts';
import { folderStorage } from './storage/folder-storage.ts';

/** Opens what a process of the server works with. Its database must be running. */
export async function openPlatform(
  settings: Settings,
  processName: string,
  clock: Clock = systemClock,
): Promise<Platform> {
  const access = await resolveDatabase(settings);
  return {
    settings,
    pool: openAppPool(access, settings, `antu-${processName}`),
    clock,
    log: createLogger(settings.logLevel),
    storage: folderStorage(settings.storageDir),
    keys: await openKeyRing(settings.keyDir),
  };
}
