import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob } from '../../../../platform/jobs.ts';
import type { Platform } from '../../../../platform/module.ts';
import { findPersonNames } from '../../../people/index.ts';
import { countHours, findHoursPeople, type HoursSelection, readHours } from './hours-rows.ts';
import { type SheetRow, writeHoursWorkbook } from './write-hours-workbook.ts';

/** People whose hours are in memory at once. */
const PEOPLE_PER_BATCH = 200;
/** The file holds names and ID numbers: it does not lie about longer than somebody needs to fetch it. */
export const EXPORT_KEPT_HOURS = 72;

export const exportParameters = z.object({
  from: z.string(),
  to: z.string(),
  /** Names and ID numbers in full; decided when the export was asked for. */
  reveal: z.boolean(),
});

interface ExportRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  parameters: unknown;
  state: string;
}

/** Writes the spreadsheet of an export. Running it again writes the same file again. */
export const writeExport = defineJob({
  name: 'learning.write-export',
  payload: z.object({ exportId: z.uuid() }),
  handler: async ({ exportId }, { platform, isLastAttempt, log }) => {
    const { rows } = await platform.pool.query<ExportRow>(
      `select e.id, e.organisation_id, o.name as organisation_name, e.parameters, e.state
       from export_job e join organisation o on o.id = e.organisation_id where e.id = $1`,
      [exportId],
    );
    const job = rows[0];
    if (!job || job.state === 'ready') return;
    try {
      await runExport(platform, job);
    } catch (error) {
      log.error({ err: error, exportId }, 'export failed');
      if (isLastAttempt) {
        const failure = '导出没有完成，请重新导出；如再次失败，请联系系统管理员。';
        await platform.pool.query(`update export_job set state = 'failed', failure = $2 where id = $1`, [
          exportId,
          failure,
        ]);
      }
      throw error;
    }
  },
});

async function runExport(platform: Platform, job: ExportRow): Promise<void> {
  const { from, to, reveal } = exportParameters.parse(job.parameters);
  const selection: HoursSelection = { organisationId: job.organisation_id, from, to };
  const total = await countHours(platform.pool, selection);
  await platform.pool.query(
    `update export_job set state = 'running', rows_done = 0, rows_total = $2, failure = null where id = $1`,
    [job.id, total],
  );
  const key = `exports/${job.id}.xlsx`;
  const rows = readInBatches(platform, selection, async (done) => {
    await platform.pool.query('update export_job set rows_done = $2 where id = $1', [job.id, done]);
  });
  const bytes = await platform.storage.put(key, writeHoursWorkbook(rows, reveal));
  await platform.pool.query(
    `update export_job set state = 'ready', rows_total = rows_done, file_key = $2, file_name = $3, bytes = $4, expires_at = $5
     where id = $1`,
    [
      job.id,
      key,
      `学时记录 ${job.organisation_name} ${from} 至 ${to}.xlsx`,
      bytes,
      new Date(platform.clock.nowMs() + EXPORT_KEPT_HOURS * 3_600_000),
    ],
  );
}

async function* readInBatches(
  platform: Platform,
  selection: HoursSelection,
  report: (rowsDone: number) => Promise<void>,
): AsyncGenerator<readonly SheetRow[]> {
  const people = await findHoursPeople(platform.pool, selection);
  let done = 0;
  for (let at = 0; at < people.length; at += PEOPLE_PER_BATCH) {
    const batch = people.slice(at, at + PEOPLE_PER_BATCH);
    const [hours, names] = await Promise.all([
      readHours(platform.pool, selection, batch),
      findPersonNames(
        platform.pool,
        platform.keys,
        batch.map((one) => one.id),
      ),
    ]);
    const posts = new Map(batch.map((one) => [one.id, one.post]));
    yield hours.map((row) => ({
      hours: row,
      person: names.get(row.person_id),
      post: posts.get(row.person_id) ?? null,
    }));
    done += hours.length;
    await report(done);
    // Lets the worker's other jobs have a turn between batches.
    await pause(0);
  }
}

/** Deletes files whose time is over; the row stays and tells who exported what. */
export const purgeExports = defineJob({
  name: 'learning.purge-exports',
  payload: z.object({}),
  handler: async (_payload, { platform }) => {
    const { rows } = await platform.pool.query<{ id: string; file_key: string }>(
      'select id, file_key from export_job where file_key is not null and expires_at < $1',
      [platform.clock.now()],
    );
    for (const { id, file_key } of rows) {
      await platform.storage.delete(file_key);
      await platform.pool.query('update export_job set file_key = null where id = $1', [id]);
    }
  },
});
