import { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { defineJob } from '../../../platform/jobs.ts';
import { rowsOf } from '../bank/context.ts';

/** Files and what was found in them are kept so long for those who want to mend the rest; the import itself stays. */
const KEPT_MS = 30 * 86_400_000;
const BATCH = 200;

/** Deletes files of imports whose time is over. One that nobody decided on is dropped. */
export const purgeImports = defineJob({
  name: 'exams.purge-imports',
  payload: z.object({}),
  handler: async (_payload, { platform, log }) => {
    const { pool, storage, clock } = platform;
    const purged = await transaction(pool, async (tx) => {
      const rows = await rowsOf<{ id: string; storage_key: string }>(
        tx,
        `select id, storage_key from question_import where storage_key is not null and created_at < $1
         order by created_at limit ${BATCH} for update skip locked`,
        [new Date(clock.nowMs() - KEPT_MS)],
      );
      // First the files: after a crash in between, the rows lead here again.
      for (const { storage_key } of rows) await storage.delete(storage_key);
      const ids = rows.map(({ id }) => id);
      await tx.query('delete from question_import_row where import_id = any($1::uuid[])', [ids]);
      await tx.query(
        `update question_import set storage_key = null,
           state = case when state in ('checking', 'checked') then 'dropped' else state end where id = any($1::uuid[])`,
        [ids],
      );
      return rows.length;
    });
    if (purged > 0) log.info({ purged }, 'files of old question imports deleted');
  },
});
