import type { MediaFailure } from '@antu/contract';
import type { RenditionName } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { rowsOf } from '../context.ts';

export interface StoredRendition {
  readonly name: RenditionName;
  readonly heightPx: number;
  readonly bitsPerSecond: number;
  readonly bytes: number;
}

export interface StoredSubtitle {
  readonly language: 'zh' | 'en';
  /** Path below the folder of the media's files. */
  readonly path: string;
}

/** What is shown of a media asset, with the names of the JSON that `mediaColumns` builds. */
export interface MediaRow {
  readonly id: string;
  readonly organisationId: string;
  readonly state: 'processing' | 'ready' | 'failed';
  readonly progressPercent: number;
  readonly failure: MediaFailure | null;
  readonly durationMs: number | null;
  readonly playlistKey: string | null;
  readonly posterKey: string | null;
  readonly renditions: readonly StoredRendition[];
  readonly subtitles: readonly StoredSubtitle[];
}

/** Arguments of `jsonb_build_object` for a `MediaRow`; `alias` names media_asset. */
export const mediaColumns = (alias: string): string =>
  [
    ['id', 'id'],
    ['organisationId', 'organisation_id'],
    ['state', 'state'],
    ['progressPercent', 'progress_percent'],
    ['failure', 'failure'],
    ['durationMs', 'duration_ms'],
    ['playlistKey', 'playlist_key'],
    ['posterKey', 'poster_key'],
    ['renditions', 'renditions'],
    ['subtitles', 'subtitles'],
  ]
    .map(([name, column]) => `'${name}', ${alias}.${column}`)
    .join(', ');

export async function findMedia(db: Queryable, mediaId: string): Promise<MediaRow | undefined> {
  const rows = await rowsOf<{ media: MediaRow }>(
    db,
    `select jsonb_build_object(${mediaColumns('m')}) as media from media_asset m where m.id = $1`,
    [mediaId],
  );
  return rows[0]?.media;
}

/** Folder of the files that players may ask for. The original lies elsewhere. */
export const mediaFolder = (mediaId: string): string => `media/${mediaId}/hls`;

export const originalKey = (uploadId: string): string => `originals/${uploadId}`;
