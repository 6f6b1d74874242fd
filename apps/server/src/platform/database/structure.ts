import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { databaseDir } from '../paths.ts';
import { migrate, readMigrations } from './migrate.ts';
import { ensurePartitions, findPartitionedTables, monthsFrom } from './partitions.ts';
import { openPool, type Queryable } from './pool.ts';

/** Months that have partitions: the present one and as many ahead as an unattended worker may be silent. */
const monthsAhead = 4;
/** Months before the present one, for history that is brought in: the demo's, or a roster's of another system. */
const monthsBack = 3;

/** Text of db/roles.sql. */
export function readRolesSql(): Promise<string> {
  return readFile(join(databaseDir, 'roles.sql'), 'utf8');
}

/**
 * Makes everything the application expects in its database: tables, the job queue, partitions. Safe to repeat and to run
 * many times at once.
 * @returns names of the migrations that ran now
 */
export async function buildStructure(ownerUrl: string, { clock }: { clock: Clock }): Promise<string[]> {
  return migrate(ownerUrl, await readMigrations(), async (client) => {
    await makeJobQueue(client, ownerUrl);
    await makePartitions(client, clock.nowMs());
  });
}

/** Makes the partitions of all tables partitioned by month, around the present month. */
export async function makePartitions(owner: Queryable, nowMs: number): Promise<void> {
  const months = monthsFrom(nowMs, monthsAhead, monthsBack);
  for (const table of await findPartitionedTables(owner)) await ensurePartitions(owner, table, months);
}

async function makeJobQueue(client: pg.Client, ownerUrl: string): Promise<void> {
  const pgPool = openPool({ url: ownerUrl, max: 2 });
  try {
    await runMigrations({ pgPool });
  } finally {
    await pgPool.end();
  }
  await client.query(queueGrants);
}

/**
 * The queue's tables have row security without policies, which shows other roles than the owner nothing: the application
 * role gets policies and grants, since it adds jobs in its own transactions and works them off.
 */
const queueGrants = `
  grant usage on schema graphile_worker to antu_app;
  grant select, insert, update, delete on all tables in schema graphile_worker to antu_app;
  grant usage, select on all sequences in schema graphile_worker to antu_app;
  grant execute on all functions in schema graphile_worker to antu_app;
  do $$
  declare
    secured text;
  begin
    for secured in
      select c.relname from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'antu_app')
    loop
      execute format('create policy antu_app on graphile_worker.%I to antu_app using (true) with check (true)', secured);
    end loop;
  end
  $$;
`;
