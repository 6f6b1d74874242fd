import type { MediaFailure } from '@antu/contract';
import { type Pool, type Queryable, transaction } from '../../../platform/database/pool.ts';
import { recordAudit, systemAuditContext } from '../../audit/index.ts';
import { rowsOf } from '../context.ts';
import { passingFailures } from './media-problem.ts';
import type { StoredRendition } from './media-queries.ts';

export interface MediaRun {
  readonly mediaId: string;
  readonly runId: string;
}

/**
 * Takes the media for this run. A run before it that still lives finds another id in the row and stops.
 * Undefined if there is nothing to do any more.
 */
export async function claimMedia(
  db: Queryable,
  { mediaId, runId }: MediaRun,
  now: Date,
): Promise<{ originalKey: string | null } | undefined> {
  const [row] = await rowsOf<{ original_key: string | null }>(
    db,
    `update media_asset set state = 'processing', failure = null, finished_at = null, run_id = $2, progress_percent = 0,
       progress_at = $3
     where id = $1 and (state = 'processing' or (state = 'failed' and failure = any($4::text[])))
     returning original_key`,
    [mediaId, runId, now, passingFailures],
  );
  return row && { originalKey: row.original_key };
}

/** Says how far a run is. @returns false if the media belongs to another run by now */
export async function reportProgress(db: Queryable, run: MediaRun, percent: number, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `update media_asset set progress_percent = $3, progress_at = $4
     where id = $1 and run_id = $2 and state = 'processing'`,
    [run.mediaId, run.runId, percent, now],
  );
  return rowCount === 1;
}

export interface FinishedVideo {
  readonly durationMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly playlistKey: string;
  readonly posterKey: string | null;
  readonly renditions: readonly StoredRendition[];
  readonly sha256: Buffer;
}

/** Makes the media ready and tells its length to the lessons that wait for it. */
export async function finishMedia(pool: Pool, run: MediaRun, video: FinishedVideo, now: Date): Promise<void> {
  await transaction(
    pool,
    async (tx) => {
      // In the order of the editors: first the version, then the media.
      await tx.query(
        `select 1 from course_version v where v.id in (select course_version_id from lesson_version where media_id = $1)
         order by v.id for share`,
        [run.mediaId],
      );
      const { rowCount } = await tx.query(
        `update media_asset set state = 'ready', progress_percent = 100, progress_at = $3, finished_at = $3,
           duration_ms = $4, width_px = $5, height_px = $6, playlist_key = $7, poster_key = $8, renditions = $9,
           original_sha256 = $10
         where id = $1 and run_id = $2 and state = 'processing'`,
        [
          run.mediaId,
          run.runId,
          now,
          video.durationMs,
          video.widthPx,
          video.heightPx,
          video.playlistKey,
          video.posterKey,
          JSON.stringify(video.renditions),
          video.sha256,
        ],
      );
      if (rowCount !== 1) return;
      await tx.query('update lesson_version set duration_ms = $2 where media_id = $1 and duration_ms is null', [
        run.mediaId,
        video.durationMs,
      ]);
      await recordAudit(
        tx,
        systemAuditContext(() => now, run.runId),
        {
          action: 'media.ready',
          object: { kind: 'media', id: run.mediaId },
          detail: { durationMs: video.durationMs, sha256: video.sha256.toString('hex') },
        },
      );
    },
    { retries: 3 },
  );
}

/** Ends a run with the reason for the one who uploaded the file. */
export async function failMedia(pool: Pool, run: MediaRun, failure: MediaFailure, now: Date): Promise<void> {
  await transaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update media_asset set state = 'failed', failure = $3, progress_at = $4, finished_at = $4
       where id = $1 and run_id = $2 and state = 'processing'`,
      [run.mediaId, run.runId, failure, now],
    );
    if (rowCount !== 1) return;
    await recordAudit(
      tx,
      systemAuditContext(() => now, run.runId),
      { action: 'media.failed', object: { kind: 'media', id: run.mediaId }, outcome: 'failed', detail: { failure } },
    );
  });
}
