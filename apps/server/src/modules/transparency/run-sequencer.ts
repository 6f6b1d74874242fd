import { setTimeout as pause } from 'node:timers/promises';
import { leafKinds } from '@antu/proof';
import type { Platform } from '../../platform/module.ts';
import { sequencePending } from './sequence.ts';

/** How often is looked for what waits. */
const LOOK_EVERY_MS = 2000;
/** Hours alone may wait so long for a checkpoint: one each two seconds would fill the table of checkpoints. */
const HOURS_WAIT_MS = 30_000;

/** Keeps the log up to date until it is told to stop. @returns ends it after the batch it is at */
export function runSequencer(platform: Platform): () => Promise<void> {
  const ending = new AbortController();
  const running = (async () => {
    let lastAtMs = 0;
    while (!ending.signal.aborted) {
      try {
        const waiting = await whatWaits(platform);
        if (waiting === 'documents' || (waiting === 'hours' && platform.clock.nowMs() - lastAtMs >= HOURS_WAIT_MS)) {
          await sequencePending(platform);
          lastAtMs = platform.clock.nowMs();
        }
      } catch (error) {
        if (!ending.signal.aborted) platform.log.error({ err: error }, 'the transparency log could not be continued');
      }
      await pause(LOOK_EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return () => {
    ending.abort();
    return running;
  };
}

async function whatWaits({ pool }: Platform): Promise<'documents' | 'hours' | undefined> {
  const { rows } = await pool.query<{ documents: boolean; facts: boolean }>(
    `select exists (select from log_pending where kind <> $1) as documents, exists (select from log_pending) as facts`,
    [leafKinds.indexOf('hours') + 1],
  );
  return rows[0]?.documents ? 'documents' : rows[0]?.facts ? 'hours' : undefined;
}
