import { momentsOf, type QuestionMoments } from '@antu/domain';
import { type Pool, transaction, type Tx } from '../../../platform/database/pool.ts';
import { rowsOf } from '../bank/context.ts';
import { markPaper } from '../marking/mark-paper.ts';
import { type DueSitting, readDueSittings } from './counted-rows.ts';
import { SumChanges } from './sum-changes.ts';

const SITTINGS_PER_BATCH = 100;
/** Of the advisory lock under which one job counts at a time: sums are read, added and written back. */
const LOCK = 'exams.count-results';

/**
 * Brings the sums up to date with what was marked, appealed and voided. A batch is one transaction: twice does no harm.
 * @returns how many sittings changed the sums
 */
export async function countResults(pool: Pool, now: Date, signal?: AbortSignal): Promise<number> {
  let counted = 0;
  for (;;) {
    if (signal?.aborted) return counted;
    const batch = await transaction(pool, (tx) => countBatch(tx, now));
    counted += batch.counted;
    if (batch.due < SITTINGS_PER_BATCH) return counted;
  }
}

async function countBatch(tx: Tx, now: Date): Promise<{ due: number; counted: number }> {
  const [lock] = await rowsOf<{ mine: boolean }>(
    tx,
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
    [LOCK],
  );
  if (!lock?.mine) return { due: 0, counted: 0 };
  const due = await rowsOf<{ bucket: number; id: string; sitting_id: string }>(
    tx,
    `select bucket, id, sitting_id from exam_statistic_due order by bucket, id limit ${SITTINGS_PER_BATCH}`,
  );
  if (due.length === 0) return { due: 0, counted: 0 };
  // Read after the due rows: what they were written for is there, or a later row will say so.
  const sittings = await readDueSittings(tx, [...new Set(due.map((row) => row.sitting_id))]);
  const changes = new SumChanges();
  for (const sitting of sittings) await gather(tx, sitting, changes);
  await changes.write(tx);
  await noteCounted(tx, sittings, now);
  await tx.query(
    'delete from exam_statistic_due where (bucket, id) in (select * from unnest($1::smallint[], $2::uuid[]))',
    [due.map((row) => row.bucket), due.map((row) => row.id)],
  );
  return { due: due.length, counted: sittings.length };
}

async function gather(tx: Tx, sitting: DueSitting, changes: SumChanges): Promise<void> {
  const { countedVersion, wantedVersion, results, examId, sittingId, ruleSetId } = sitting;
  const [before, after] = [results.get(countedVersion), results.get(wantedVersion)];
  if (before) changes.addResult(before, -1);
  if (after) changes.addResult(after, 1);
  // Questions are judged by the answers as first marked: an appeal that is granted does not make a bad question a good one.
  if ((before === undefined) === (after === undefined)) return;
  const { uses } = await markPaper(tx, sittingId, ruleSetId, new Set());
  for (const use of uses) changes.addItem(examId, use.versionId, signed(momentsOf(use), after ? 1 : -1));
}

const signed = (moments: QuestionMoments, sign: 1 | -1): QuestionMoments => ({
  answered: sign * moments.answered,
  right: sign * moments.right,
  sumScore: sign * moments.sumScore,
  paired: sign * moments.paired,
  sumX: sign * moments.sumX,
  sumY: sign * moments.sumY,
  sumXX: sign * moments.sumXX,
  sumYY: sign * moments.sumYY,
  sumXY: sign * moments.sumXY,
  choices: moments.choices.map((count) => sign * count),
});

const noteCounted = (tx: Tx, sittings: readonly DueSitting[], now: Date) =>
  tx.query(
    `insert into exam_counted (bucket, sitting_id, version, counted_at)
     select bucket, sitting_id, version, $4 from unnest($1::smallint[], $2::uuid[], $3::integer[]) as one (bucket, sitting_id, version)
     on conflict (bucket, sitting_id) do update set version = excluded.version, counted_at = excluded.counted_at`,
    [
      sittings.map((one) => one.bucket),
      sittings.map((one) => one.sittingId),
      sittings.map((one) => one.wantedVersion),
      now,
    ],
  );
