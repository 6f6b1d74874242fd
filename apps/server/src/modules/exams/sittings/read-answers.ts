import { bucketOf, type Answer, foldSaves, type KeptAnswer, type SavedAnswers } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

interface Row {
  device_id: string;
  seq: number;
  received_at: Date;
  counts: boolean;
  overtaken_at: Date | null;
  answers: string;
}

/** Everything that was saved in a sitting, in the order of receipt. */
export async function readSaves(db: Queryable, sittingId: string): Promise<SavedAnswers[]> {
  const { rows } = await db.query<Row>(
    `select device_id, seq, received_at, counts, overtaken_at, answers from exam_save where bucket = $1 and sitting_id = $2 order by id`,
    [bucketOf(sittingId), sittingId],
  );
  return rows.map((row) => ({
    deviceId: row.device_id,
    seq: row.seq,
    receivedAtMs: row.received_at.getTime(),
    counts: row.counts,
    overtakenAtMs: row.overtaken_at?.getTime() ?? null,
    // Written by this module, from what the contract's schema let through.
    answers: JSON.parse(row.answers) as { item: number; answer: Answer }[],
  }));
}

/** What counts of it, by item. */
export const readAnswers = async (db: Queryable, sittingId: string): Promise<Map<number, KeptAnswer>> =>
  foldSaves(await readSaves(db, sittingId));
