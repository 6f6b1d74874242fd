import type { Pool } from '../database/pool.ts';

const workerLock = 7_365_221_905;

/**
 * A worker that was killed leaves its jobs locked, and the queue waits four hours before it gives them to another. Every
 * worker therefore holds a shared lock of the database; the first one that finds itself alone frees all locked jobs.
 * @returns releases the lock
 */
export async function claimLeftJobs(pool: Pool): Promise<() => Promise<void>> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [workerLock]);
  if (rows[0]?.alone) {
    await client.query(`
      select graphile_worker.force_unlock_workers(
        array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`);
  }
  await client.query('select pg_advisory_lock_shared($1)', [workerLock]);
  if (rows[0]?.alone) await client.query('select pg_advisory_unlock($1)', [workerLock]);
  return async () => {
    client.release(true);
  };
}
