import { constants } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RenditionName, renditionNames } from '@antu/domain';
import type { Platform } from '../../../platform/module.ts';
import { DEMO_ORGANISATIONS, demoId } from '../../people/index.ts';
import { mediaFolder, type StoredRendition } from '../media/media-queries.ts';
import { masterVariants, playlistMs } from '../media/playlist.ts';
import { storedPath } from '../media/stored-path.ts';
import { folderBytes } from '../media/transcode-media.ts';
import { lessonsDir, type LessonManifest } from './catalogue.ts';

type VideoManifest = Extract<LessonManifest, { kind: 'video' }>;

/** Puts a video that ships transcoded into storage and describes it as the worker would have. Harmless to repeat. */
export async function seedMedia(
  platform: Platform,
  lesson: string,
  manifest: VideoManifest,
  accountId: string,
): Promise<string> {
  const mediaId = demoId(`media/${lesson}`);
  const { rows } = await platform.pool.query('select 1 from media_asset where id = $1', [mediaId]);
  if (rows.length > 0) return mediaId;
  const folder = storedPath(platform.storage, mediaFolder(mediaId));
  await copyFiles(join(lessonsDir, lesson), manifest, folder);
  const { durationMs, renditions } = await describe(folder);
  await platform.pool.query(
    `insert into media_asset (id, organisation_id, state, progress_percent, progress_at, finished_at, created_at, created_by,
       file_name, duration_ms, playlist_key, poster_key, renditions, subtitles)
     values ($1, $2, 'ready', 100, $3, $3, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing`,
    [
      mediaId,
      DEMO_ORGANISATIONS.lingxue.id,
      platform.clock.now(),
      accountId,
      `${lesson}.mp4`,
      durationMs,
      `${mediaFolder(mediaId)}/master.m3u8`,
      `${mediaFolder(mediaId)}/poster.jpg`,
      JSON.stringify(renditions),
      JSON.stringify(manifest.subtitles.map(({ language, file }) => ({ language, path: file }))),
    ],
  );
  return mediaId;
}

/** Copies aside and renames, so that the folder is there whole or not at all. */
async function copyFiles(source: string, manifest: VideoManifest, folder: string): Promise<void> {
  const aside = `${folder}-copy`;
  await rm(aside, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(aside), { recursive: true });
  const mode = constants.COPYFILE_FICLONE;
  await cp(join(source, 'hls'), aside, { recursive: true, mode });
  await cp(join(source, manifest.poster), join(aside, 'poster.jpg'), { mode });
  for (const { file } of manifest.subtitles) await cp(join(source, file), join(aside, file), { mode });
  await rename(aside, folder);
}

async function describe(folder: string): Promise<{ durationMs: number; renditions: StoredRendition[] }> {
  const variants = masterVariants(await readFile(join(folder, 'master.m3u8'), 'utf8'));
  const lengths: number[] = [];
  const renditions: StoredRendition[] = [];
  for (const { path, bitsPerSecond, heightPx } of variants) {
    const name = dirname(path);
    if (!isRenditionName(name) || heightPx === null) throw new Error(`unknown rendition ${path} in ${folder}`);
    const length = playlistMs(await readFile(join(folder, path), 'utf8'));
    if (length === null) throw new Error(`${path} in ${folder} is not closed`);
    lengths.push(length);
    renditions.push({ name, heightPx, bitsPerSecond, bytes: await folderBytes(join(folder, name)) });
  }
  if (lengths.length === 0) throw new Error(`no rendition in ${folder}`);
  return { durationMs: Math.min(...lengths), renditions };
}

const isRenditionName = (name: string): name is RenditionName => renditionNames.some((known) => known === name);
