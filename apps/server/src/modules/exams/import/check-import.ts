import { checkDrafts } from '@antu/domain';
import { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { defineJob } from '../../../platform/jobs.ts';
import type { Platform } from '../../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../../audit/index.ts';
import { bankColumns, type BankRow, bankTables } from '../bank/banks.ts';
import { rowsOf } from '../bank/context.ts';
import { loadCheckContext } from './check-context.ts';
import { writeRows } from './import-rows.ts';
import type { ImportReading } from './read/read-import.ts';
import { readInProcess } from './work/read-in-process.ts';

/** Files of one bank are looked at one after the other: two large ones at once would need twice the memory. */
export const CHECK_QUEUE = 'exams.check-import';

interface OpenImport {
  readonly id: string;
  readonly bank_id: string;
  readonly storage_key: string;
  readonly default_topic_id: string | null;
}

const findOpen = async ({ pool }: Platform, importId: string): Promise<OpenImport | undefined> =>
  (
    await rowsOf<OpenImport>(
      pool,
      `select id, bank_id, storage_key, default_topic_id from question_import where id = $1 and state = 'checking' and storage_key is not null`,
      [importId],
    )
  )[0];

/** Reads a file that was uploaded and checks every question of it. What was looked at before is left alone. */
export const checkImport = defineJob({
  name: 'exams.check-import',
  payload: z.object({ importId: z.uuid() }),
  handler: async ({ importId }, { platform, log, signal }) => {
    const open = await findOpen(platform, importId);
    if (!open) return;
    const reading = await readInProcess(platform.storage.localPath(open.storage_key), {
      signal,
      onFailure: (reason) => log.error({ importId, reason }, 'a file of questions could not be read'),
    });
    if ('refusal' in reading) await refuse(platform, open, reading);
    else await keep(platform, open, reading);
  },
});

async function keep(
  platform: Platform,
  open: OpenImport,
  { format, drafts, notes, fileIds }: Exclude<ImportReading, { refusal: unknown }>,
): Promise<void> {
  const { pool, clock } = platform;
  const [bank] = await rowsOf<BankRow>(pool, `select ${bankColumns} from ${bankTables} where b.id = $1`, [
    open.bank_id,
  ]);
  if (!bank) return;
  const context = await loadCheckContext(pool, bank, drafts, {
    defaultTopicId: open.default_topic_id,
    nowMs: clock.nowMs(),
  });
  const checked = checkDrafts(drafts, context);
  await finish(platform, open, async (tx) => {
    await tx.query(
      `update question_import set state = 'checked', format = $2, problems = $3, file_ids = $4, checked_at = $5 where id = $1`,
      [open.id, format, JSON.stringify(notes), JSON.stringify(fileIds), clock.now()],
    );
    await writeRows(tx, open.id, drafts, checked);
    return { format, questions: drafts.length, good: checked.filter(({ item }) => item !== null).length };
  });
}

async function refuse(
  platform: Platform,
  open: OpenImport,
  { refusal }: Extract<ImportReading, { refusal: unknown }>,
): Promise<void> {
  await finish(platform, open, async (tx) => {
    await tx.query(
      `update question_import set state = 'refused', refusal = $2, checked_at = $3, storage_key = null where id = $1`,
      [open.id, JSON.stringify({ zh: refusal.zh, en: refusal.en }), platform.clock.now()],
    );
    return { refusal: refusal.code };
  });
  await platform.storage.delete(open.storage_key);
}

/** Writes unless somebody dropped the import meanwhile. */
async function finish(
  { pool, clock }: Platform,
  { id }: OpenImport,
  write: (tx: Parameters<Parameters<typeof transaction>[1]>[0]) => Promise<Record<string, unknown>>,
): Promise<void> {
  await transaction(pool, async (tx) => {
    const { rowCount } = await tx.query(`select from question_import where id = $1 and state = 'checking' for update`, [
      id,
    ]);
    if (rowCount === 0) return;
    const detail = await write(tx);
    await recordAudit(
      tx,
      systemAuditContext(() => clock.now(), id),
      {
        action: 'questions.check-import',
        object: { kind: 'question-import', id },
        detail,
      },
    );
  });
}
