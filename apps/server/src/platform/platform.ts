import { type Clock, systemClock } from './clock.ts';
import { openKeyRing } from './crypto/key-ring.ts';
import { refuseForeignKeys } from './crypto/refuse-foreign-keys.ts';
import { openAppPool, resolveDatabase } from './database/connect.ts';
import { createLogger } from './log.ts';
import type { Platform } from './module.ts';
import type { Settings } from './settings.ts';
import { openSigningKeys } from './signing/file-keys.ts';
import { folderStorage } from './storage/folder-storage.ts';

/** Opens what a process of the server works with. Its database must be running. */
export async function openPlatform(
  settings: Settings,
  processName: string,
  clock: Clock = systemClock,
): Promise<Platform> {
  const access = await resolveDatabase(settings);
  const keys = await openKeyRing(settings.keyDir);
  const pool = openAppPool(access, settings, `antu-${processName}`);
  try {
    await refuseForeignKeys(pool, keys);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    settings,
    pool,
    clock,
    log: createLogger(settings.logLevel),
    storage: folderStorage(settings.storageDir),
    keys,
    signing: await openSigningKeys(settings.keyDir, clock.now()),
  };
}
