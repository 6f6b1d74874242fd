import { z } from 'zod';
import { transaction } from '../../platform/database/pool.ts';
import { addJob, defineJob } from '../../platform/jobs.ts';
import { rowsOf } from './context.ts';
import { passingFailures } from './media/media-problem.ts';
import { originalKey } from './media/media-queries.ts';
import { transcodeKey, transcodeVideo } from './media/transcode-job.ts';

const SILENT_MS = 10 * 60_000;
const KEEP_TRYING_MS = 7 * 24 * 3_600_000;

/** Throws away files that nobody goes on uploading. */
export const purgeUploads = defineJob({
  name: 'courses.purge-uploads',
  payload: z.object({}),
  handler: async (_payload, { platform, log }) => {
    const purged = await transaction(platform.pool, async (tx) => {
      const rows = await rowsOf<{ id: string }>(
        tx,
        `select id from upload where state = 'receiving' and expires_at < $1 order by id limit 1000 for update skip locked`,
        [platform.clock.now()],
      );
      // First the file: after a crash in between, the row leads here again.
      for (const { id } of rows) await platform.storage.delete(originalKey(id));
      await tx.query(`update upload set state = 'expired' where id = any($1::uuid[])`, [rows.map(({ id }) => id)]);
      return rows.length;
    });
    if (purged > 0) log.info({ purged }, 'unfinished uploads thrown away');
  },
});

/**
 * Starts videos again that stand still: their worker is gone, or the machine lacked ffmpeg or disk space when they were
 * tried. One that waits for its turn or for its next attempt is left alone.
 */
export const resumeTranscodes = defineJob({
  name: 'courses.resume-transcodes',
  payload: z.object({}),
  handler: async (_payload, { platform, log }) => {
    const nowMs = platform.clock.nowMs();
    const rows = await rowsOf<{ id: string }>(
      platform.pool,
      `select m.id from media_asset m
       where ((m.state = 'processing' and m.progress_at < $1) or (m.state = 'failed' and m.failure = any($2::text[])
           and m.created_at > $3))
         and not exists (
           select from graphile_worker.jobs j where j.key = 'transcode-' || m.id and j.attempts < j.max_attempts)
       order by m.created_at limit 100`,
      [new Date(nowMs - SILENT_MS), passingFailures, new Date(nowMs - KEEP_TRYING_MS)],
    );
    for (const { id } of rows) {
      await transaction(platform.pool, (tx) =>
        addJob(tx, transcodeVideo, { mediaId: id }, { jobKey: transcodeKey(id) }),
      );
    }
    if (rows.length > 0) log.info({ started: rows.length }, 'transcoding started again');
  },
});
