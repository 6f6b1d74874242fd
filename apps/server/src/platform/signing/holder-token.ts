import { judgeSignature } from '@antu/proof';
import { keyOf, type SigningKeys } from './signing-key.ts';

/** What a phone that shows a document puts behind the public address: `<expiry, seconds in base 36>.<key>.<signature>`. */
export interface HolderToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

/**
 * - `fresh`: shown by the holder's own account just now;
 * - `stale`: it was once, so what is seen is a picture of a screen;
 * - `bad`: not signed by us, or for another document.
 */
export type HolderTokenVerdict =
  | { readonly state: 'fresh'; readonly expiresAtMs: number }
  | { readonly state: 'stale'; readonly expiresAtMs: number }
  | { readonly state: 'bad' };

const messageOf = (code: string, expiry: string): Uint8Array =>
  new TextEncoder().encode(`antu-holder-token/v1\n${code}\n${expiry}`);

/** Signs that the holder of a document shows it now. */
export async function makeHolderToken(
  keys: SigningKeys,
  { code, nowMs, seconds }: { code: string; nowMs: number; seconds: number },
): Promise<HolderToken> {
  const key = keyOf(keys, 'token');
  const expiresAt = Math.floor(nowMs / 1000) + seconds;
  const expiry = expiresAt.toString(36);
  const signature = Buffer.from(await key.sign(messageOf(code, expiry))).toString('base64url');
  return { token: `${expiry}.${key.keyId}.${signature}`, expiresAtMs: expiresAt * 1000 };
}

/**
 * What a token says about the document of this code. Never throws.
 * @param skewSeconds what clocks of two servers may differ
 */
export async function readHolderToken(
  keys: SigningKeys,
  { code, token, nowMs, skewSeconds }: { code: string; token: string; nowMs: number; skewSeconds: number },
): Promise<HolderTokenVerdict> {
  const match = /^([0-9a-z]{1,8})\.([0-9a-f]{32})\.([\w-]{86})$/.exec(token);
  if (!match) return { state: 'bad' };
  const [, expiry = '', keyId = '', signature = ''] = match;
  const bytes = Buffer.from(signature, 'base64url');
  // The last letter has bits to spare: one spelling only.
  if (bytes.toString('base64url') !== signature) return { state: 'bad' };
  const value = bytes.toString('base64');
  const verdict = await judgeSignature(keys.published(), 'token', messageOf(code, expiry), {
    keyId,
    algorithm: 'Ed25519',
    value,
  });
  if (verdict !== 'valid') return { state: 'bad' };
  const expiresAtMs = Number.parseInt(expiry, 36) * 1000;
  return { state: nowMs < expiresAtMs + skewSeconds * 1000 ? 'fresh' : 'stale', expiresAtMs };
}
