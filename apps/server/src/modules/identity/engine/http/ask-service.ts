import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { type Headers, type MessageSigner, type ServiceKey, signRequest, verifyReply } from './signed-exchange.ts';

export type ServiceAccess = {
  /** Such as https://face.example.gov.cn/v1; `/enrol` and `/judge` lie below it. */
  readonly url: string;
  readonly signer: MessageSigner;
  readonly serviceKey: ServiceKey;
  /** For all tries together, ms. Default 8,000. */
  readonly timeoutMs?: number;
  /** First pause before another try, ms; then four times as much. Default 200. */
  readonly backoffMs?: number;
};

/** There is no answer that can be trusted; `message` says why, without anything of the person. */
export class ServiceFailed extends Error {
  /** True if the service certainly did nothing, so that asking again is safe. */
  readonly mayRetry: boolean;

  constructor(message: string, options: { mayRetry?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.mayRetry = options.mayRetry ?? false;
  }
}

const MOST_TRIES = 3;
const MOST_REPLY_BYTES = 256 * 1024;
/** Nobody was there, or it said that it did not take the request. */
const UNTOUCHED_CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const UNTOUCHED_STATUSES: ReadonlySet<number> = new Set([429, 503]);

/**
 * Asks the service and returns its answer if it is signed by the service, echoes the nonce and has the right form. Everything
 * else is `ServiceFailed`. Asks again only if the service did not touch the request.
 */
export async function askService<Reply extends { nonce: string }>(
  access: ServiceAccess,
  path: '/enrol' | '/judge',
  question: { nonce: string } & Record<string, unknown>,
  schema: z.ZodType<Reply>,
  signal?: AbortSignal,
): Promise<Reply> {
  const body = Buffer.from(JSON.stringify(question));
  const url = new URL(`${access.url.replace(/\/$/, '')}${path}`);
  const late = AbortSignal.timeout(access.timeoutMs ?? 8000);
  const end = signal ? AbortSignal.any([signal, late]) : late;
  for (let tries = 1; ; tries += 1) {
    try {
      const reply = schema.safeParse(await exchange(access, url, body, end));
      if (!reply.success) throw new ServiceFailed('the answer has not the agreed form');
      if (reply.data.nonce !== question.nonce) throw new ServiceFailed('the answer belongs to another question');
      return reply.data;
    } catch (error) {
      if (end.aborted) throw new ServiceFailed('no answer in time', { cause: error });
      if (!(error instanceof ServiceFailed) || !error.mayRetry || tries === MOST_TRIES) throw error;
      // Without the random part all instances would come back at the same moment.
      const pauseMs = (access.backoffMs ?? 200) * 4 ** (tries - 1) * (0.75 + Math.random() / 2);
      await sleep(pauseMs, undefined, { signal: end }).catch((cause: unknown) => {
        throw new ServiceFailed('no answer in time', { cause });
      });
    }
  }
}

async function exchange(access: ServiceAccess, url: URL, body: Buffer, signal: AbortSignal): Promise<unknown> {
  const headers = await signRequest({ url, body, nonce: randomBytes(16).toString('base64url') }, access.signer);
  const response = await post(url, headers, body, signal);
  const { status } = response;
  if (status !== 200) {
    await response.body?.cancel();
    throw new ServiceFailed(`status ${status}`, { mayRetry: UNTOUCHED_STATUSES.has(status) });
  }
  const reply = await readLimited(response);
  const replyHeaders = Object.fromEntries(response.headers);
  if (!(await verifyReply({ status, headers: replyHeaders, body: reply }, access.serviceKey)))
    throw new ServiceFailed('the answer is not signed by the service');
  try {
    return JSON.parse(reply.toString('utf8')) as unknown;
  } catch (cause) {
    throw new ServiceFailed('the answer is no JSON', { cause });
  }
}

async function post(url: URL, headers: Headers, body: Buffer, signal: AbortSignal): Promise<Response> {
  try {
    // A redirect would carry faces to somebody who was not agreed upon.
    return await fetch(url, { method: 'POST', headers, body: new Uint8Array(body), redirect: 'error', signal });
  } catch (cause) {
    const code = cause instanceof Error && cause.cause instanceof Error && 'code' in cause.cause && cause.cause.code;
    throw new ServiceFailed('no connection', { mayRetry: UNTOUCHED_CODES.has(code), cause });
  }
}

async function readLimited(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of response.body ?? []) {
      bytes += part.length;
      if (bytes > MOST_REPLY_BYTES) throw new ServiceFailed('the answer is too long');
      parts.push(part);
    }
  } catch (cause) {
    throw cause instanceof ServiceFailed ? cause : new ServiceFailed('the answer broke off', { cause });
  }
  return Buffer.concat(parts);
}
