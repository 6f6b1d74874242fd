import type { FastifyReply } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import { sendStored } from '../../../platform/http/send-stored.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import type { CourseContext } from '../context.ts';
import { requireMediaAccess } from './media-access.ts';
import { mediaFolder } from './media-queries.ts';

/** At most one folder deep, no dots but the one before a known ending: nothing outside the folder can be named. */
const filePattern = /^(?:[a-z0-9_-]{1,64}\/)?[a-z0-9_-]{1,64}\.(m3u8|ts|m4s|mp4|jpg|vtt)$/i;

const contentTypes: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  ts: 'video/mp2t',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  vtt: 'text/vtt; charset=utf-8',
};

/** The files of a finished video never change: the browser may keep them. */
const CACHE_SECONDS = 7 * 24 * 3600;

/** Answers a player's request for a playlist, segment, poster or subtitles. */
export async function serveMediaFile(
  ctx: CourseContext & Pick<RouteContext, 'request' | 'reply'>,
  mediaId: string,
  path: string,
): Promise<FastifyReply> {
  const ending = filePattern.exec(path)?.[1]?.toLowerCase();
  const contentType = ending === undefined ? undefined : contentTypes[ending];
  if (contentType === undefined) throw new AppError('platform.not_found');
  await requireMediaAccess(ctx.platform, ctx.actor, mediaId);
  return sendStored(ctx, `${mediaFolder(mediaId)}/${path}`, { contentType, cacheSeconds: CACHE_SECONDS });
}
