import { bucketOf, chinaDateOf, chinaDayOf, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

/**
 * What running sessions credited on the China day number `$1`: a session carries the sum of its person and scheme, earlier
 * sessions of the day included, while `study_day` and the ledger hear of it only when a segment or the session is over.
 */
const RUNNING_OF_DAY = `select live.bucket, live.person_id, live.scheme, live.region_code, state."dayCreditedMs" as credited_ms
  from live_study_session live cross join lateral json_to_record(live.state::json) as state (day integer, "dayCreditedMs" bigint)
  where state.day = $1`;

/** Whole seconds credited to a person on the China day of `nowMs`, a running session included. */
export async function readOwnDayCredit(db: Queryable, personId: string, nowMs: number): Promise<number> {
  const { rows } = await db.query<{ seconds: number }>(
    `with running as (${RUNNING_OF_DAY} and live.bucket = $3 and live.person_id = $4)
     select floor(coalesce(sum(credited_ms), 0) / 1000.0)::int as seconds from (
       select credited_ms from running
       union all
       select d.credited_ms from study_day d where d.day = $2 and d.bucket = $3 and d.person_id = $4
         and not exists (select 1 from running r where r.scheme = d.scheme)
     ) as of_day`,
    [chinaDayOf(nowMs), chinaDateOf(nowMs), bucketOf(personId), personId],
  );
  return rows[0]?.seconds ?? 0;
}

/** Milliseconds credited today in one county and scheme. */
export interface RegionDayCredit {
  readonly regionCode: string | null;
  readonly scheme: SchemeCode;
  readonly creditedMs: number;
}

/** What everybody was credited on the China day of `nowMs`, running sessions included, by county and scheme. */
export async function readDayCredit(db: Queryable, nowMs: number): Promise<RegionDayCredit[]> {
  const { rows } = await db.query<{ region_code: string | null; scheme: SchemeCode; credited_ms: number }>(
    `with running as materialized (${RUNNING_OF_DAY})
     select region_code, scheme, sum(credited_ms)::float8 as credited_ms from (
       select region_code, scheme, credited_ms from running
       union all
       select p.region_code, d.scheme, d.credited_ms
       from study_day d join person p on p.bucket = d.bucket and p.id = d.person_id
         left join running r on r.bucket = d.bucket and r.person_id = d.person_id and r.scheme = d.scheme
       where d.day = $2 and r.person_id is null
     ) as of_day group by region_code, scheme`,
    [chinaDayOf(nowMs), chinaDateOf(nowMs)],
  );
  return rows.map((row) => ({ regionCode: row.region_code, scheme: row.scheme, creditedMs: row.credited_ms }));
}
