import { bucketOf, givenBefore, stillCounts } from '@antu/domain';
import { type Pool, transaction, type Tx } from '../../../platform/database/pool.ts';
import type { Save, Saved } from './save-writer.ts';

interface Given {
  readonly item: number;
  readonly agoMs: number;
}
/** A save of a device that was replaced, with the items that were taken of it. */
export type Overtaken = Saved & { readonly kept: number[] };

interface Row {
  state: Saved['state'];
  ends_at: Date;
  grace_seconds: number;
  leaves: number;
  exam_id: string | null;
  handed_over: number;
  device_id: string;
  replaced_at: Date;
}

/**
 * Keeps what a device had before another one took the sitting over, as a fact that says so. The same seq again is answered as the
 * first time.
 * @returns undefined if the token is not one of a replaced device, or nothing was given before
 */
export function keepOvertaken(
  pool: Pool,
  save: Save,
  answers: readonly (Given & { readonly answer: unknown })[],
): Promise<Overtaken | undefined> {
  return transaction(pool, async (tx) => {
    // A submission at the same moment waits until what is acknowledged here is there to be marked.
    const { rows } = await tx.query<Row>(
      `select s.state, s.ends_at, s.grace_seconds, s.leaves, s.exam_id, s.handed_over, d.device_id, d.replaced_at
       from exam_sitting s join exam_past_device d on d.bucket = s.bucket and d.sitting_id = s.id
       where s.bucket = $1 and s.id = $2 and s.person_id = $3 and d.device_hash = $4 for no key update of s`,
      [bucketOf(save.sittingId), save.sittingId, save.personId, save.tokenHash],
    );
    const [row] = rows;
    if (!row) return undefined;
    const before = givenBefore(answers, save.receivedAtMs, row.replaced_at.getTime());
    if (before.length > 0) await insert(tx, save, row, JSON.stringify(before));
    return findKept(tx, save, row);
  });
}

async function insert(tx: Tx, save: Save, row: Row, answers: string): Promise<void> {
  const counts = row.state === 'running' && stillCounts(save.receivedAtMs, row.ends_at.getTime(), row.grace_seconds);
  const { rowCount } = await tx.query(
    `insert into exam_save (bucket, sitting_id, id, device_id, seq, received_at, answers, counts, overtaken_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (bucket, sitting_id, device_id, seq) do nothing`,
    [
      bucketOf(save.sittingId),
      save.sittingId,
      save.id,
      row.device_id,
      save.seq,
      new Date(save.receivedAtMs),
      answers,
      counts,
      row.replaced_at,
    ],
  );
  if (rowCount !== 1) return;
  await tx.query('update exam_sitting set handed_over = handed_over + 1 where bucket = $1 and id = $2', [
    bucketOf(save.sittingId),
    save.sittingId,
  ]);
}

/** What stands under the number: of this request, or of the first one. */
async function findKept(tx: Tx, { sittingId, seq }: Save, row: Row): Promise<Overtaken | undefined> {
  const { rows } = await tx.query<{ answers: string; counts: boolean }>(
    'select answers, counts from exam_save where bucket = $1 and sitting_id = $2 and device_id = $3 and seq = $4',
    [bucketOf(sittingId), sittingId, row.device_id, seq],
  );
  const [stored] = rows;
  if (!stored) return undefined;
  return {
    counts: stored.counts,
    state: row.state,
    endsAt: row.ends_at,
    leaves: row.leaves,
    examId: row.exam_id,
    handedOver: row.handed_over,
    // Written by this module, from what the contract's schema let through.
    kept: (JSON.parse(stored.answers) as Given[]).map(({ item }) => item),
  };
}
