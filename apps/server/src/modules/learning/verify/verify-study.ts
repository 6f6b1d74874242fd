import { BUCKET_COUNT, bucketOf } from '@antu/domain';
import type { Pool, Queryable, Tx } from '../../../platform/database/pool.ts';
import { checkPerson, type Counts } from './check-person.ts';
import type { Difference } from './check-session.ts';
import { findOrphanedEvidence, listPeople, readPeople } from './read-people.ts';

/** Records of this many people are in memory at a time. */
const PAGE = 40;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

const nothing: Counts = {
  people: 0,
  sessions: 0,
  evidence: 0,
  ledger: 0,
  creditedSeconds: 0,
  verdicts: 0,
  confirmedSeconds: 0,
};

export type Verdict = Counts & { differences: number };

/**
 * Recomputes every chain, every decision, the ledger and its sums from the evidence.
 * @param only one person; absent: everybody
 * @param report is told each difference as it is found
 */
export async function verifyStudy(
  pool: Pool,
  only: string | undefined,
  report: (difference: Difference) => void,
): Promise<Verdict> {
  const verdict: Verdict = { ...nothing, differences: 0 };
  const take = (found: readonly Difference[]) => {
    verdict.differences += found.length;
    for (const one of found) report(one);
  };
  if (only !== undefined) {
    take(await verifyPage(pool, bucketOf(only), [only], verdict));
    return verdict;
  }
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) {
    let afterId = FIRST_ID;
    for (;;) {
      const people = await listPeople(pool, bucket, afterId, PAGE);
      const last = people.at(-1);
      if (!last) break;
      afterId = last.personId;
      take(
        await verifyPage(
          pool,
          bucket,
          people.map((one) => one.personId),
          verdict,
        ),
      );
    }
    const orphans = await findOrphanedEvidence(pool, bucket);
    take(
      orphans.map((sessionId) => ({
        table: 'study_session',
        key: `bucket ${bucket}, id ${sessionId}`,
        what: 'is missing: there is evidence of it',
      })),
    );
  }
  return verdict;
}

async function verifyPage(pool: Pool, bucket: number, personIds: string[], verdict: Verdict): Promise<Difference[]> {
  const found: Difference[] = [];
  await atOneMoment(pool, (tx) => verifyPeople(tx, bucket, personIds, verdict, found));
  return found;
}

/** Recomputes what stands about some people of one bucket, as one connection sees it. */
export async function verifyPeople(
  db: Queryable,
  bucket: number,
  personIds: string[],
  counts: Counts,
  found: Difference[],
): Promise<void> {
  for (const one of await readPeople(db, bucket, personIds)) {
    const more = checkPerson(one, found);
    for (const key of Object.keys(nothing) as (keyof Counts)[]) counts[key] += more[key];
  }
}

/** While learners study, several statements must see the same moment. */
async function atOneMoment<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
