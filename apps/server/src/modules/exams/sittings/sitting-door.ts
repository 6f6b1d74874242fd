import { BUCKET_COUNT, bucketOf } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { groupCalls } from '../../../platform/group-calls.ts';
import type { Platform } from '../../../platform/module.ts';
import { findFreshChecks, haveConsented, type Verdict, type WantedCheck } from '../../identity/index.ts';
import { type Entered, type Entry, enterSittings } from './enter-sittings.ts';
import { type RoomMessages, roomMessages } from './room-messages.ts';
import { createSaveWriter, type SaveWriter } from './save-writer.ts';
import { findOwnSittings, type SittingRow } from './sitting-rows.ts';

/**
 * Through it come those who sit an exam: when the bell rings, all of them in the same second. What they ask for at the same moment is
 * read and written together.
 */
export interface SittingDoor {
  readonly saves: SaveWriter;
  readonly messages: RoomMessages;
  /** As `findOwnSitting`. */
  find(personId: string, sittingId: string): Promise<SittingRow | undefined>;
  /** As `findFreshCheck`. */
  findCheck(wanted: WantedCheck): Promise<Verdict | undefined>;
  /** Whether a person agrees to pictures. */
  hasConsented(personId: string): Promise<boolean>;
  /** As `enterSittings`, committed. Errors: `platform.not_ready` */
  enter(entry: Entry): Promise<Entered | undefined>;
  /** Resolves when everything that was asked for is done. */
  drain(): Promise<void>;
}

/** Readers wait for nobody: only what arrives while others are being read is read together. */
const READ_WINDOW_MS = 0;

export function createSittingDoor({ pool, settings, clock }: Platform): SittingDoor {
  const { beatGroups, beatWindowMs } = settings;
  const saves = createSaveWriter({ pool, groups: beatGroups, windowMs: beatWindowMs });
  const reads = groupCalls<{ personId: string; sittingId: string }, SittingRow>(
    (wanted) => findOwnSittings(pool, wanted),
    READ_WINDOW_MS,
  );
  const checks = groupCalls<WantedCheck, Verdict>((wanted) => findFreshChecks(pool, wanted), READ_WINDOW_MS);
  const consents = groupCalls<string, boolean>((personIds) => haveConsented(pool, personIds), READ_WINDOW_MS);
  const entries = Array.from({ length: Math.min(beatGroups, BUCKET_COUNT) }, () =>
    groupCalls<Entry, Entered>(async (batch) => {
      try {
        return await transaction(pool, (tx) => enterSittings(tx, batch));
      } catch (cause) {
        throw new AppError('platform.not_ready', {}, { cause });
      }
    }, beatWindowMs),
  );
  return {
    saves,
    messages: roomMessages(pool, () => clock.nowMs()),
    find: (personId, sittingId) => reads.call({ personId, sittingId }),
    findCheck: (wanted) => checks.call(wanted),
    hasConsented: async (personId) => (await consents.call(personId)) ?? false,
    enter: async (entry) => entries[bucketOf(entry.seen.id) % entries.length]?.call(entry),
    drain: async () => {
      await Promise.all([saves, reads, checks, consents, ...entries].map((one) => one.drain()));
    },
  };
}
