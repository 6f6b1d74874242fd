import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openPlatform } from '../apps/server/src/platform/platform.ts';
import { uuidv7 } from '../apps/server/src/platform/ids.ts';
import { startBenchWorld } from './lib/bench-world.ts';
import { makeExportWorld } from './lib/export-world.ts';

/** Writes a spreadsheet of 50,000 hour records as the worker does: names opened, file stored, progress noted. */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } });
const rows = Number(values.rows);
const ENTRIES_PER_PERSON = 10;

const world = await startBenchWorld();
try {
  const platform = await openPlatform(world.settings, 'worker');
  const { organisationId } = await makeExportWorld(world, platform, rows / ENTRIES_PER_PERSON, ENTRIES_PER_PERSON);
  const exportId = uuidv7();
  await platform.pool.query(
    `insert into export_job (id, account_id, organisation_id, kind, parameters, state)
     values ($1, $1, $2, 'hours', '{"from":"2020-01-01","to":"2099-12-31","reveal":true}', 'waiting')`,
    [exportId, organisationId],
  );
  const script = join(import.meta.dirname, 'lib', 'export-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, exportId], {
    env: { ...process.env, DATA_DIR: world.dataDir, LOG_LEVEL: 'warn', DEMO: 'false' },
  });
  const { seconds, peakMib } = JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as {
    seconds: number;
    peakMib: number;
  };
  const done = await platform.pool.query<{ state: string; rows_done: number; bytes: number }>(
    'select state, rows_done, bytes from export_job where id = $1',
    [exportId],
  );
  await platform.pool.end();
  const result = done.rows[0];
  console.log(`${result?.rows_done} rows, ${result?.bytes} bytes, ${result?.state}`);
  if (result?.state !== 'ready' || result.rows_done !== rows) process.exitCode = 1;
  console.log(JSON.stringify({ bench: 'export', seconds: Number(seconds.toFixed(2)), peak_mib: Math.round(peakMib) }));
} finally {
  await world.stop();
}
