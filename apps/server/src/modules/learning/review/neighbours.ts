import { BUCKET_COUNT } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { leastIdAt } from '../find-overlaps.ts';
import type { ClosedSession } from './closed-sessions.ts';

/** A session of somebody else from the same address or on the same device. */
export interface Neighbour {
  readonly sessionId: string;
  readonly personId: string;
  readonly openedAtMs: number;
  readonly address: string;
  readonly deviceId: string | null;
}

/** Sessions opened around the page's from one of its addresses or on one of its devices, its own included. */
export async function findNeighbours(
  db: Queryable,
  page: readonly ClosedSession[],
  aroundMinutes: number,
): Promise<Neighbour[]> {
  const fromMs = Math.min(...page.map((one) => one.openedAtMs)) - aroundMinutes * 60_000;
  const toMs = Math.max(...page.map((one) => one.endedAtMs)) + aroundMinutes * 60_000;
  const { rows } = await db.query<{
    id: string;
    person_id: string;
    opened_at: Date;
    address: string;
    device_id: string | null;
  }>(
    // Naming all buckets lets the key find the time by the ids in it.
    `select s.id, s.person_id, s.opened_at, host(s.address) as address, s.device_id from study_session s
     where s.bucket = any($1::smallint[]) and s.id >= $2::uuid and s.id < $3::uuid
       and (s.address = any($4::inet[]) or s.device_id = any($5::uuid[]))`,
    [
      Array.from({ length: BUCKET_COUNT }, (_, bucket) => bucket),
      leastIdAt(fromMs),
      leastIdAt(toMs + 1),
      [...new Set(page.map((one) => one.address))],
      [...new Set(page.map((one) => one.deviceId).filter((id) => id !== null))],
    ],
  );
  return rows.map((row) => ({
    sessionId: row.id,
    personId: row.person_id,
    openedAtMs: row.opened_at.getTime(),
    address: row.address,
    deviceId: row.device_id,
  }));
}

/** People who share something with a session in time, without its own learner, and one session of each. */
export function sharersOf(
  session: ClosedSession,
  neighbours: readonly Neighbour[],
  withinMinutes: number,
  shares: (neighbour: Neighbour) => boolean,
): Neighbour[] {
  const withinMs = withinMinutes * 60_000;
  const people = new Map<string, Neighbour>();
  for (const one of neighbours) {
    const isNear = one.openedAtMs >= session.openedAtMs - withinMs && one.openedAtMs <= session.endedAtMs + withinMs;
    if (isNear && one.personId !== session.personId && shares(one) && !people.has(one.personId)) {
      people.set(one.personId, one);
    }
  }
  return [...people.values()];
}

/** Addresses that tell nothing about who sits together: all who come through a proxy without a name share them. */
export const isNoAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';
