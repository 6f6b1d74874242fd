import { bucketOf, BUCKET_COUNT } from '@antu/domain';
import { createHmac, hash, randomBytes } from 'node:crypto';

/** Name of the cookie that carries the session's token. */
export const SESSION_COOKIE = 'antu_session';

export interface SessionKey {
  readonly bucket: number;
  /** SHA-256 of the token: what the database knows of it. */
  readonly tokenHash: Buffer;
}

/** A new session token of the account: two hexadecimal digits of its bucket, then 256 random bits. */
export const makeSessionToken = (accountId: string): string =>
  bucketOf(accountId).toString(16).padStart(2, '0') + randomBytes(32).toString('base64url');

/** Where the session of a token lies; undefined for text that no server of ours made. */
export function sessionKeyOf(token: string | undefined): SessionKey | undefined {
  if (token === undefined || !/^[0-3][0-9a-f][A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  const bucket = Number.parseInt(token.slice(0, 2), 16) % BUCKET_COUNT;
  return { bucket, tokenHash: hash('sha256', token, 'buffer') };
}

/** The CSRF token of a session. Follows from the session's secret, which no script can read, so it needs no storing. */
export const csrfTokenOf = (token: string): string =>
  createHmac('sha256', token).update('antu-csrf').digest('base64url');
