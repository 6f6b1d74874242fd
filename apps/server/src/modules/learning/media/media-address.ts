import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MediaView } from '@antu/contract';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import { mediaFilesUrl } from '../../courses/index.ts';

/**
 * `<session>.<mac>`, and perhaps `~<n>`: a player that must fetch again what its browser holds counts n up, which makes
 * other addresses of the same files.
 */
const tokenPattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})(?:~\d{1,4})?$/;

/** 43 characters that nobody without the key can make: they bind a session to one video. */
function macOf(keys: KeyRing, sessionId: string, mediaId: string): string {
  return createHmac('sha256', keys.deriveSecret('study.media')).update(`${sessionId} ${mediaId}`).digest('base64url');
}

/** The part of an address that says for which session a video is fetched. */
export function makeMediaToken(keys: KeyRing, sessionId: string, mediaId: string): string {
  return `${sessionId}.${macOf(keys, sessionId, mediaId)}`;
}

/** The session that a token names, and whether this server made the token for the video. Undefined: no token at all. */
export function readMediaToken(
  keys: KeyRing,
  token: string,
  mediaId: string,
): { sessionId: string; isOurs: boolean } | undefined {
  const [, sessionId, mac] = tokenPattern.exec(token) ?? [];
  if (sessionId === undefined || mac === undefined) return undefined;
  return { sessionId, isOurs: timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(keys, sessionId, mediaId))) };
}

/**
 * Address of a video's master playlist that is good in one session only; null where there is no video. Playlists name
 * everything else relative to themselves, so that all of it is fetched below this address.
 */
export function sessionPlaylistUrl(
  keys: KeyRing,
  sessionId: string,
  media: Pick<MediaView, 'id' | 'playlistUrl'> | null,
): string | null {
  if (!media?.playlistUrl) return null;
  const folder = `/api/study-media/${makeMediaToken(keys, sessionId, media.id)}/${media.id}/`;
  return media.playlistUrl.replace(mediaFilesUrl(media.id), folder);
}
