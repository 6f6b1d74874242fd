import { chinaDateOf, type Interval } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';

/** A stretch of server time that is about to be credited to a person. */
export type Claimed = { bucket: number; personId: string; sessionId: string; fromMs: number; toMs: number };

/**
 * Server times that entries of other sessions in these people's ledgers cover already (inspection table item 11), by person.
 * Entries are written after what they cover, so only those with an id of that time or later can overlap.
 */
export async function findOverlaps(
  connection: Queryable,
  claims: readonly Claimed[],
): Promise<Map<string, Interval[]>> {
  const found = new Map<string, Interval[]>();
  if (claims.length === 0) return found;
  const earliestMs = Math.min(...claims.map((claim) => claim.fromMs));
  const { rows } = await connection.query<{ person_id: string; started_at: Date; ended_at: Date }>({
    name: 'learning-overlaps',
    text: `select e.person_id, e.started_at, e.ended_at
           from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::date[])
             as c (bucket, person_id, session_id, from_at, to_at, day)
           join hour_ledger_entry as e
             on e.bucket = c.bucket and e.person_id = c.person_id and e.day >= c.day - 1 and e.id >= $7::uuid
            and e.session_id <> c.session_id and e.started_at < c.to_at and e.ended_at > c.from_at`,
    values: [
      claims.map((claim) => claim.bucket),
      claims.map((claim) => claim.personId),
      claims.map((claim) => claim.sessionId),
      claims.map((claim) => new Date(claim.fromMs).toISOString()),
      claims.map((claim) => new Date(claim.toMs).toISOString()),
      claims.map((claim) => chinaDateOf(claim.fromMs)),
      leastIdAt(earliestMs),
    ],
  });
  for (const row of rows) {
    const span = { from: row.started_at.getTime(), to: row.ended_at.getTime() };
    const spans = found.get(row.person_id);
    if (spans) spans.push(span);
    else found.set(row.person_id, [span]);
  }
  return found;
}

/** The least UUID version 7 of an instant. */
export function leastIdAt(ms: number): string {
  return `${uuidv7(ms).slice(0, 13)}-0000-0000-000000000000`;
}
