import { checkpointText, formatNote, noteKeyHash } from '@antu/proof';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { logSigners } from './log-keys.ts';

/** A state of the log that was published. */
export type StoredCheckpoint = { size: number; root: Buffer; note: string; at: Date };

/** Name of the log: its address without scheme (C2SP tlog-checkpoint). */
export const originOf = ({ publicUrl }: { publicUrl: string }): string =>
  `${publicUrl.replace(/^https?:\/\//, '')}/log`;

/** The state published last; undefined while the log is empty. */
export async function findLatestCheckpoint(db: Queryable): Promise<StoredCheckpoint | undefined> {
  const { rows } = await db.query<StoredCheckpoint>(
    'select size, root, note, at from log_checkpoint order by size desc limit 1',
  );
  return rows[0];
}

/** When the leaf of an index was first covered by a published state. */
export async function recordedAt(db: Queryable, index: number): Promise<Date | undefined> {
  const { rows } = await db.query<{ at: Date }>('select at from log_checkpoint where size > $1 order by size limit 1', [
    index,
  ]);
  return rows[0]?.at;
}

/** The note over a state of the log, signed with all its keys. */
export async function signCheckpoint(platform: Platform, size: number, root: Uint8Array): Promise<string> {
  const origin = originOf(platform.settings);
  const text = checkpointText({ origin, size, root });
  const bytes = new TextEncoder().encode(text);
  const signatures = logSigners(platform).map(async ({ key, algorithm }) => ({
    name: origin,
    keyHash: noteKeyHash(origin, algorithm, key.publicKey),
    signature: await key.sign(bytes),
  }));
  return formatNote(text, await Promise.all(signatures));
}
