import { monthBoundsMs, uuidv7MonthBounds } from '../ids.ts';
import type { Queryable } from './pool.ts';

/** A table partitioned by month: by a time column, or by an id that is a UUID version 7. */
export type PartitionedTable = { table: string; kind: 'time' | 'uuidv7' };

export type Month = { year: number; month: number };

/** The month of an instant in China time and the following ones, after `back` earlier ones. */
export function monthsFrom(nowMs: number, count: number, back = 0): Month[] {
  const china = new Date(nowMs + 8 * 3_600_000);
  return Array.from({ length: back + count }, (_, index) => {
    const first = new Date(Date.UTC(china.getUTCFullYear(), china.getUTCMonth() + index - back, 1));
    return { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1 };
  });
}

/** Tables partitioned by ranges of one time column, or of one uuid column, which then holds ids of version 7. */
export async function findPartitionedTables(owner: Queryable): Promise<PartitionedTable[]> {
  const { rows } = await owner.query<PartitionedTable>(`
    select c.relname as "table", case a.atttypid when 'uuid'::regtype then 'uuidv7' else 'time' end as kind
    from pg_partitioned_table p
    join pg_class c on c.oid = p.partrelid
    join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
    where c.relnamespace = 'public'::regnamespace and p.partstrat = 'r' and p.partnatts = 1 and not c.relispartition
      and a.atttypid in ('uuid'::regtype, 'timestamptz'::regtype)
    order by c.relname`);
  return rows;
}

/** Makes missing monthly partitions, named `<table>_yYYYYmMM`. Needs the owner's connection; safe to repeat and to run twice at once. */
export async function ensurePartitions(
  owner: Queryable,
  { table, kind }: PartitionedTable,
  months: readonly Month[],
): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(table)) throw new Error(`not a table name: ${table}`);
  for (const { year, month } of months) {
    const name = `${table}_y${year}m${String(month).padStart(2, '0')}`;
    const { from, until } = kind === 'uuidv7' ? uuidv7MonthBounds(year, month) : timeBounds(year, month);
    await owner.query(`
      do $$
      begin
        perform pg_advisory_xact_lock(hashtext('antu partition ${table}'));
        if to_regclass('${name}') is null then
          create table ${name} partition of ${table} for values from ('${from}') to ('${until}');
        end if;
      end
      $$`);
  }
}

function timeBounds(year: number, month: number): { from: string; until: string } {
  const { fromMs, untilMs } = monthBoundsMs(year, month);
  return { from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() };
}
