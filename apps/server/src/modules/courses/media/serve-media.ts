import type { FastifyReply } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import { sendStored } from '../../../platform/http/send-stored.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import type { CourseContext } from '../context.ts';
import { requireFilmAccess, requireMediaAccess } from './media-access.ts';
import { mediaFolder } from './media-queries.ts';

/** At most one folder deep, no dots but the one before a known ending: nothing outside the folder can be named. */
const filePattern = /^(?:[a-z0-9_-]{1,64}\/)?[a-z0-9_-]{1,64}\.(m3u8|ts|m4s|mp4|jpg|vtt)$/i;

/** What a file of a video is for: its list, its picture and sound, or what stands beside it. */
export type MediaPart = 'playlist' | 'segment' | 'beside';

const parts: Readonly<Record<string, { part: MediaPart; contentType: string }>> = {
  m3u8: { part: 'playlist', contentType: 'application/vnd.apple.mpegurl' },
  ts: { part: 'segment', contentType: 'video/mp2t' },
  m4s: { part: 'segment', contentType: 'video/iso.segment' },
  mp4: { part: 'segment', contentType: 'video/mp4' },
  jpg: { part: 'beside', contentType: 'image/jpeg' },
  vtt: { part: 'beside', contentType: 'text/vtt; charset=utf-8' },
};

/** The files of a finished video never change: the browser may keep them. */
const CACHE_SECONDS = 7 * 24 * 3600;

/** What a path below the folder of a video names. Throws `platform.not_found` for one that no file of ours has. */
export function mediaPartOf(path: string): { part: MediaPart; contentType: string } {
  const found = parts[filePattern.exec(path)?.[1]?.toLowerCase() ?? ''];
  if (!found) throw new AppError('platform.not_found');
  return found;
}

/** Answers a player's request for a playlist, segment, poster or subtitles. */
export async function serveMediaFile(
  ctx: CourseContext & Pick<RouteContext, 'request' | 'reply'>,
  mediaId: string,
  path: string,
): Promise<FastifyReply> {
  const { part, contentType } = mediaPartOf(path);
  const requireAccess = part === 'beside' ? requireMediaAccess : requireFilmAccess;
  await requireAccess(ctx.platform, ctx.actor, mediaId);
  return sendStored(ctx, `${mediaFolder(mediaId)}/${path}`, { contentType, cacheSeconds: CACHE_SECONDS });
}
