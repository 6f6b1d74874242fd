import type { LiveSnapshot } from '@antu/contract';
import { CHINA_OFFSET_MS, type SchemeCode } from '@antu/domain';
import type { KeyRing } from '../../../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../../../platform/database/pool.ts';
import { findPersonNames } from '../../../people/index.ts';
import { regionPrefixOf } from '../session-scope.ts';

const ANOMALIES_SHOWN = 12;
const SLOT_MS = 600_000;

/** Start of the China day of an instant, epoch ms. */
export const startOfChinaDay = (nowMs: number): number =>
  Math.floor((nowMs + CHINA_OFFSET_MS) / 86_400_000) * 86_400_000 - CHINA_OFFSET_MS;

/** Today's newest anomalies and unusual ends in a region. */
export async function readAnomalies(
  db: Queryable,
  keys: KeyRing,
  region: string,
  scheme: SchemeCode | null,
  nowMs: number,
): Promise<LiveSnapshot['anomalies']> {
  const { rows } = await db.query<{
    recorded_at: Date;
    code: string;
    session_id: string;
    person_id: string;
    region_code: string | null;
    region_name: string | null;
    organisation_name: string | null;
  }>(
    `select e.recorded_at, coalesce(e.detail::json ->> 'code', e.detail::json ->> 'reason') as code, e.session_id, s.person_id,
       s.region_code, r.name as region_name, o.name as organisation_name
     from study_evidence e
       join study_session s on s.bucket = e.bucket and s.id = e.session_id
       left join region r on r.code = s.region_code
       left join organisation o on o.id = s.organisation_id
     where e.kind in (3, 4) and e.recorded_at >= $1 and s.region_code like $2 and ($3::text is null or s.scheme = $3)
       and (e.kind = 3 or e.detail like '%"reason":"no-presence"%' or e.detail like '%"reason":"taken-over"%')
     order by e.recorded_at desc limit ${ANOMALIES_SHOWN}`,
    [new Date(startOfChinaDay(nowMs)), `${regionPrefixOf(region)}%`, scheme],
  );
  const names = await findPersonNames(db, keys, [...new Set(rows.map((row) => row.person_id))]);
  return rows.map((row) => ({
    at: row.recorded_at.toISOString(),
    code: row.code,
    sessionId: row.session_id,
    personMasked: names.get(row.person_id)?.nameMasked ?? '—',
    regionCode: row.region_code,
    regionName: row.region_name ?? '',
    organisationName: row.organisation_name ?? '',
  }));
}

/** Learners at each ten minutes of today up to now; slots without a row had nobody. */
export async function readCurve(
  db: Queryable,
  region: string,
  scheme: SchemeCode | null,
  nowMs: number,
): Promise<LiveSnapshot['curve']> {
  const fromMs = startOfChinaDay(nowMs);
  const { rows } = await db.query<{ at: Date; learners: number }>(
    `select at, sum(learners)::int as learners from study_curve
     where at >= $1 and at <= $2 and region_code like $3 and ($4::text is null or scheme = $4) group by at`,
    [new Date(fromMs), new Date(nowMs), `${regionPrefixOf(region)}%`, scheme],
  );
  const found = new Map(rows.map((row) => [row.at.getTime(), row.learners]));
  const slots = Math.floor((nowMs - fromMs) / SLOT_MS) + 1;
  return Array.from({ length: slots }, (_, slot) => fromMs + slot * SLOT_MS).map((atMs) => ({
    at: new Date(atMs).toISOString(),
    learners: found.get(atMs) ?? 0,
  }));
}

/** People on a present roster, by the county of the organisation. */
export async function readPopulation(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ region_code: string; people: number }>(
    `select o.region_code, count(distinct (a.bucket, a.person_id))::int as people
     from person_affiliation a join organisation o on o.id = a.organisation_id where a.to_date is null group by o.region_code`,
  );
  return new Map(rows.map((row) => [row.region_code, row.people]));
}

/** Names of organisations by id. */
export async function readOrganisationNames(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; name: string }>(
    'select id, name from organisation where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
