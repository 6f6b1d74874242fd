import { bucketOf } from '@antu/domain';
import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { type SittingRow, sittingColumns } from '../sittings/sitting-rows.ts';
import { type MissingPicture, picturesMissingOf } from './picture-times.ts';
import { addEvents, type NewEvent, raiseAlerts } from './sitting-events.ts';

/** Sittings that are looked at together. */
const PAGE = 500;

/**
 * Notes pictures that did not come, whatever was the reason, and tells the invigilator: a request that is blocked is silence, and silence
 * is told. A sitting that is over is looked at a last time. @returns how many pictures are missing
 */
export async function noteMissingPictures(pool: Pool, nowMs: number, signal?: AbortSignal): Promise<number> {
  let missing = 0;
  let after = { bucket: -1, id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const { rows } = await pool.query<SittingRow>(
      `select ${sittingColumns} from exam_sitting s where s.watched and (s.bucket, s.id) > ($1, $2::uuid)
       order by s.bucket, s.id limit ${PAGE}`,
      [after.bucket, after.id],
    );
    for (const row of rows) {
      if (signal?.aborted) return missing;
      const isOver = row.state !== 'running' && row.state !== 'frozen';
      if (isOver || picturesMissingOf(row, nowMs).length > 0) missing += await settle(pool, row.id, nowMs);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return missing;
    after = { bucket: bucketOf(last.id), id: last.id };
  }
}

/** What is written down of pictures of which nothing was heard. */
export const missingEvents = (missing: readonly MissingPicture[]): NewEvent[] =>
  missing.map(({ dueAtMs }) => ({ kind: 'picture-missing', atMs: dueAtMs, detail: 'silent' }));

/** Under the lock everything is looked at again: a picture may have come in the last moment. */
function settle(pool: Pool, sittingId: string, nowMs: number): Promise<number> {
  const bucket = bucketOf(sittingId);
  return transaction(pool, async (tx) => {
    const { rows } = await tx.query<SittingRow>(
      `select ${sittingColumns} from exam_sitting s where s.bucket = $1 and s.id = $2 and s.watched for update`,
      [bucket, sittingId],
    );
    const [row] = rows;
    if (!row) return 0;
    const missing = picturesMissingOf(row, nowMs);
    const settled = (missing.at(-1)?.picture ?? row.pictures_settled - 1) + 1;
    const isWatched = row.state === 'running' || row.state === 'frozen';
    await tx.query('update exam_sitting set pictures_settled = $3, watched = $4 where bucket = $1 and id = $2', [
      bucket,
      sittingId,
      settled,
      isWatched,
    ]);
    if (missing.length === 0) return 0;
    await addEvents(tx, sittingId, missingEvents(missing), nowMs);
    await raiseAlerts(tx, sittingId, ['picture-missing']);
    return missing.length;
  });
}
