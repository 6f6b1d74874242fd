import type { FastifyReply } from 'fastify';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { sendStored } from '../../../platform/http/send-stored.ts';
import { mediaFolder, mediaPartOf, requirePublishedMedia } from '../../courses/index.ts';
import { requireOwnPerson } from '../../people/index.ts';
import type { StudyDoor } from '../study-door.ts';
import type { MediaDenials } from './media-denials.ts';
import { readMediaToken } from './media-address.ts';
import type { RenditionSegments } from './rendition-segments.ts';
import type { RunningSessions, Standing } from './running-sessions.ts';
import type { SentSegments } from './sent-segments.ts';

type StudyContext = RouteContext<'study.own'>;

/** What one process needs to serve media to sessions. Everything in it may be lost at any moment. */
export type StudyMedia = {
  deliver: StudyDoor['deliver'];
  sessions: RunningSessions;
  segments: RenditionSegments;
  sent: SentSegments;
  denials: MediaDenials;
};

/**
 * Answers the player of a session with a playlist or a segment. Of a segment that is sent to its end the session gets a
 * note before the last bytes leave, so that nobody holds what is not written down.
 *
 * "Not modified" is answered only for a segment that this process has sent whole to this very session, and needs no note:
 * the session has it since then. What a browser holds from elsewhere proves nothing here and is sent again.
 */
export async function serveStudyMedia(
  ctx: StudyContext,
  media: StudyMedia,
  { token, mediaId, path }: { token: string; mediaId: string; path: string },
): Promise<FastifyReply> {
  const personId = requireOwnPerson(ctx.actor);
  const { sessionId, asksDelivery } = await requireSession(ctx, media, personId, token, mediaId);
  await requirePublishedMedia(ctx.platform, mediaId);
  const { part, contentType } = mediaPartOf(path);
  const key = `${mediaFolder(mediaId)}/${path}`;
  const isProof = asksDelivery && part === 'segment' && ctx.request.method === 'GET';
  const segment = isProof ? await media.segments.find(mediaId, path) : undefined;
  if (!segment) return sendStored(ctx, key, { contentType });

  const note = async (): Promise<void> => {
    const span = { from: segment.fromMs, to: segment.toMs };
    if ((await media.deliver(personId, sessionId, [span])) === 'not-running') {
      media.sessions.end(personId, sessionId);
      throw new AppError('study.media_session_over');
    }
    media.sessions.confirm(personId, sessionId);
    media.sent.noteWhole(sessionId, segment);
  };
  return sendStored(ctx, key, {
    contentType,
    mayRevalidate: media.sent.hasWhole(sessionId, segment),
    beforeEnd: async (bytes) => {
      if (media.sent.add(sessionId, segment, bytes)) await note();
    },
  });
}

/** The running session of this person for which the address was made. */
async function requireSession(
  ctx: StudyContext,
  { sessions, denials }: StudyMedia,
  personId: string,
  token: string,
  mediaId: string,
): Promise<Extract<Standing, { state: 'running' }> & { sessionId: string }> {
  const named = readMediaToken(ctx.platform.keys, token, mediaId);
  if (!named?.isOurs) {
    await denials.note(ctx, personId, named?.sessionId ?? null, 'made-up media address');
    throw new AppError('study.media_not_found');
  }
  const { sessionId } = named;
  const standing = await sessions.find(personId, sessionId);
  if (standing.state === 'foreign') {
    await denials.note(ctx, personId, sessionId, 'media of somebody else’s session');
    throw new AppError('study.session_not_found');
  }
  if (standing.state === 'over') throw new AppError('study.media_session_over');
  return { ...standing, sessionId };
}
