import { randomUUID } from 'node:crypto';
import type { AccessPlace, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { mediaFolder } from '../../courses/index.ts';
import { insertCourse } from '../views/testing/courses.ts';

const LENGTH_MS = 60_000;

/** A video in a published course of the training body of a place; its only file is the master playlist. @returns its id */
export async function publishedVideo({ platform }: AccessWorld, place: AccessPlace): Promise<string> {
  const mediaId = randomUUID();
  const playlistKey = `${mediaFolder(mediaId)}/master.m3u8`;
  await platform.storage.put(playlistKey, '#EXTM3U\n');
  await platform.pool.query(
    `insert into media_asset (id, organisation_id, state, progress_at, finished_at, created_at, created_by, file_name,
       duration_ms, playlist_key)
     values ($1, $2, 'ready', now(), now(), now(), $2, 'a.mp4', $3, $4)`,
    [mediaId, place.bodyId, LENGTH_MS, playlistKey],
  );
  await insertCourse(platform.pool, {
    organisationId: place.bodyId,
    scheme: 'road-transport',
    titleZh: `视频 ${mediaId}`,
    lessonMs: [LENGTH_MS],
    mediaId,
  });
  return mediaId;
}
