import { BUCKET_COUNT, bucketOf } from '@antu/domain';
import type { Pool, Queryable } from '../../../platform/database/pool.ts';
import { checkPaper, type Difference, keyOf } from './check-paper.ts';
import { checkResults } from './check-results.ts';
import { checkSaves } from './check-saves.ts';
import { findOrphans, readSittings, type SittingFilter } from './read-sittings.ts';

/** Records of this many sittings are in memory at a time. */
const PAGE = 40;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface Verdict {
  sittings: number;
  saves: number;
  results: number;
  differences: number;
}

/**
 * Recomputes every paper's hash, whether each save counts, the points, the verdict and the hash of every result from what was kept.
 * @param report is told each difference as it is found
 */
export async function verifyExams(
  pool: Pool,
  filter: SittingFilter,
  nowMs: number,
  report: (difference: Difference) => void,
): Promise<Verdict> {
  const verdict: Verdict = { sittings: 0, saves: 0, results: 0, differences: 0 };
  for (const bucket of bucketsOf(filter)) {
    let afterId = FIRST_ID;
    for (;;) {
      const page = await atOneMoment(pool, (db) => verifyPage(db, bucket, { ...filter, afterId }, nowMs));
      verdict.sittings += page.sittings;
      verdict.saves += page.saves;
      verdict.results += page.results;
      verdict.differences += page.found.length;
      for (const one of page.found) report(one);
      if (page.lastId === undefined) break;
      afterId = page.lastId;
    }
  }
  return verdict;
}

const bucketsOf = ({ sittingId }: SittingFilter): number[] =>
  sittingId === undefined ? Array.from({ length: BUCKET_COUNT }, (_, bucket) => bucket) : [bucketOf(sittingId)];

export interface Page extends Omit<Verdict, 'differences'> {
  readonly found: Difference[];
  /** Absent on the last page. */
  readonly lastId: string | undefined;
}

/** Checks some sittings of a bucket, as one connection sees them; with the first page what belongs to none. */
export async function verifyPage(
  db: Queryable,
  bucket: number,
  filter: SittingFilter & { afterId: string },
  nowMs: number,
): Promise<Page> {
  const sittings = await readSittings(db, bucket, { ...filter, limit: PAGE });
  const found: Difference[] = [];
  for (const sitting of sittings) {
    checkPaper(sitting, found);
    checkSaves(sitting, found);
    await checkResults(db, sitting, nowMs, found);
  }
  const isWhole = filter.sittingId === undefined && filter.examId === undefined;
  if (isWhole && filter.afterId === FIRST_ID) {
    for (const { table, sittingId } of await findOrphans(db, bucket)) {
      found.push({ table, key: keyOf({ id: sittingId }), what: 'belongs to a sitting that is not there' });
    }
  }
  return {
    sittings: sittings.length,
    saves: sittings.reduce((sum, { saves }) => sum + saves.length, 0),
    results: sittings.reduce((sum, { results }) => sum + results.length, 0),
    found,
    lastId: sittings.length < PAGE ? undefined : sittings.at(-1)?.id,
  };
}

/** While candidates sit, several statements must see the same moment. */
async function atOneMoment<T>(pool: Pool, work: (db: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
