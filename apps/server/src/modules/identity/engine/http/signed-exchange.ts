import { createHash, timingSafeEqual } from 'node:crypto';
import { httpbis, type SigningKey, type Verifier } from 'http-message-signatures';

/** A key that this server signs with. */
export type MessageSigner = SigningKey;
/** The service's public key: what it signs, and nobody else can. */
export type ServiceKey = { readonly keyId: string; readonly verify: Verifier };

/** Header names in lower case. */
export type Headers = Record<string, string>;

/** Parts that both sides sign; the digest vouches for the body. */
const requestFields = ['@method', '@authority', '@path', 'content-type', 'content-digest'];
const replyFields = ['@status', 'content-digest'];
/** A signature is good for so long, seconds … */
const MOST_AGE_SECONDS = 60;
/** … and clocks may differ by so much. */
const CLOCK_DRIFT_SECONDS = 60;

/** RFC 9530. */
export const contentDigest = (body: Buffer): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

/** Headers of a POST of JSON, signed by RFC 9421 with the time and a nonce of its own. */
export async function signRequest(
  { url, body, nonce }: { url: URL; body: Buffer; nonce: string },
  key: MessageSigner,
): Promise<Headers> {
  const headers: Headers = {
    'content-type': 'application/json',
    'content-digest': contentDigest(body),
  };
  const signed = await httpbis.signMessage(
    {
      key,
      fields: requestFields,
      params: ['created', 'nonce', 'keyid', 'alg'],
      paramValues: { nonce },
    },
    { method: 'POST', url, headers },
  );
  return lowered(signed.headers);
}

/** Whether the request is signed by the key, recently, over all parts, and its body is the one that was signed. */
export function verifyRequest(
  message: { method: string; url: URL; headers: Headers; body: Buffer },
  key: ServiceKey,
): Promise<boolean> {
  const { method, url, headers, body } = message;
  return verified(body, headers, () =>
    httpbis.verifyMessage(
      { ...expectations(key), requiredParams: ['created', 'nonce', 'keyid'], requiredFields: requestFields },
      { method, url, headers },
    ),
  );
}

/** Headers of a reply, signed by the service. */
export async function signReply(
  { status, body }: { status: number; body: Buffer },
  key: MessageSigner,
): Promise<Headers> {
  const headers: Headers = { 'content-type': 'application/json', 'content-digest': contentDigest(body) };
  const signed = await httpbis.signMessage(
    { key, fields: replyFields, params: ['created', 'keyid', 'alg'] },
    { status, headers },
  );
  return lowered(signed.headers);
}

/** Whether the reply is signed by the service's key, recently, and its body is the one that was signed. */
export function verifyReply(
  message: { status: number; headers: Headers; body: Buffer },
  key: ServiceKey,
): Promise<boolean> {
  const { status, headers, body } = message;
  return verified(body, headers, () =>
    httpbis.verifyMessage(
      { ...expectations(key), requiredParams: ['created', 'keyid'], requiredFields: replyFields },
      { status, headers },
    ),
  );
}

const expectations = ({ keyId, verify }: ServiceKey) => ({
  // TRAP: the package's own `tolerance` makes signatures older, not younger: with it a fresh one is refused.
  maxAge: MOST_AGE_SECONDS + CLOCK_DRIFT_SECONDS,
  notAfter: new Date(Date.now() + CLOCK_DRIFT_SECONDS * 1000),
  keyLookup: (parameters: { keyid?: string }) =>
    Promise.resolve(parameters.keyid === keyId ? { id: keyId, verify } : null),
});

/** TRAP: the package throws for some bad signatures, says false to others and null to none at all; and never looks at the body. */
async function verified(body: Buffer, headers: Headers, verify: () => Promise<boolean | null>): Promise<boolean> {
  const claimed = Buffer.from(headers['content-digest'] ?? '');
  const real = Buffer.from(contentDigest(body));
  if (claimed.length !== real.length || !timingSafeEqual(claimed, real)) return false;
  try {
    return (await verify()) === true;
  } catch {
    return false;
  }
}

const lowered = (headers: Record<string, string | string[]>): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
