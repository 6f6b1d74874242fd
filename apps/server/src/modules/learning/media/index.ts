import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/module.ts';
import type { StudyDoor } from '../study-door.ts';
import { mediaDenials } from './media-denials.ts';
import { renditionSegments } from './rendition-segments.ts';
import { runningSessions } from './running-sessions.ts';
import { sentSegments } from './sent-segments.ts';
import { serveStudyMedia, type StudyMedia } from './serve-study-media.ts';

export { makeMediaToken, sessionPlaylistUrl } from './media-address.ts';

/** Registers the addresses under which a session's player gets its video. */
export function registerStudyMedia(
  app: FastifyInstance,
  { pool, clock, storage }: Platform,
  door: Pick<StudyDoor, 'deliver' | 'noteAnomaly'>,
): void {
  const media: StudyMedia = {
    deliver: door.deliver,
    sessions: runningSessions(pool, clock),
    segments: renditionSegments(storage),
    sent: sentSegments(),
    denials: mediaDenials(door.noteAnomaly),
  };
  route(app, {
    method: 'GET',
    url: '/api/study-media/:token/:mediaId/*',
    policy: 'study.own',
    summary: 'Playlists and segments of the video of a running study session',
    schema: { params: z.object({ token: z.string(), mediaId: z.uuid(), '*': z.string() }), answer: 'raw' },
    handler: (ctx, { params }) =>
      serveStudyMedia(ctx, media, { token: params.token, mediaId: params.mediaId, path: params['*'] }),
  });
}
