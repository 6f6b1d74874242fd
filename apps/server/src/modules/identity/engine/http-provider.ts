import { randomBytes } from 'node:crypto';
import type { Logger } from '../../../platform/log.ts';
import { askService, type ServiceAccess, ServiceFailed } from './http/ask-service.ts';
import { type BreakerOptions, CircuitBreaker, CircuitOpen } from './http/circuit-breaker.ts';
import { enrolReplySchema, judgeReplySchema } from './http/service-answers.ts';
import type { EnrolAnswer, EnrolRequest, IdentityProvider, JudgeAnswer, JudgeRequest } from './provider.ts';

export type HttpOptions = ServiceAccess & {
  /** True for a service that compares with the national register and needs name and number for it. */
  sendsIdentity?: boolean;
  breaker?: BreakerOptions;
  log?: Pick<Logger, 'warn'>;
};

const pending: JudgeAnswer = {
  outcome: 'pending',
  problems: ['provider-away'],
  signs: [],
  distance: null,
  bestFrame: null,
  detail: {},
};

/**
 * Lets a service outside decide: a province's or the police's. Requests and answers are signed (RFC 9421). Whatever is not a signed
 * answer to this very question in time is `pending`.
 */
export function createHttpProvider(options: HttpOptions): IdentityProvider {
  assertSafe(options.url);
  const breaker = new CircuitBreaker(options.breaker);
  const closing = new AbortController();

  async function ask<Answer>(
    signal: AbortSignal | undefined,
    work: (end: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | null> {
    const end = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    try {
      return await breaker.run(
        () => work(end),
        // That the caller would not wait says nothing about the service.
        (error) => error instanceof ServiceFailed && !end.aborted,
      );
    } catch (error) {
      if (!(error instanceof ServiceFailed) && !(error instanceof CircuitOpen)) throw error;
      options.log?.warn({ reason: error.message }, 'the identity service gave no verdict');
      return null;
    }
  }

  return {
    name: 'http',
    async enrol({ picture, signal, scheme, regionCode }: EnrolRequest): Promise<EnrolAnswer> {
      const question = {
        nonce: randomBytes(16).toString('base64url'),
        scheme: scheme ?? null,
        regionCode: regionCode ?? null,
        picture: picture.toString('base64'),
      };
      const reply = await ask(signal, (end) => askService(options, '/enrol', question, enrolReplySchema, end));
      if (reply?.outcome === 'refused') return { outcome: 'refused', problems: reply.problems };
      if (reply?.outcome !== 'accepted') return { outcome: 'pending' };
      const bytes = Buffer.from(reply.template, 'base64');
      return { outcome: 'accepted', template: { provider: 'http', bytes }, detail: reply.detail };
    },

    async judge(request: JudgeRequest): Promise<JudgeAnswer> {
      const { nonce, scheme, regionCode, prompts, frames, template, signal } = request;
      if (template.provider !== 'http') return { ...pending, outcome: 'failed', problems: ['not-enrolled'] };
      const startedMs = performance.now();
      const reply = await ask(signal, async (end) =>
        askService(
          options,
          '/judge',
          {
            nonce,
            scheme,
            regionCode,
            strict: request.strict === true,
            prompts,
            frames: frames.map(({ bytes, step, atMs }) => ({ step, atMs, picture: bytes.toString('base64') })),
            template: template.bytes.toString('base64'),
            identity: options.sendsIdentity === true ? await request.identity() : null,
          },
          judgeReplySchema,
          end,
        ),
      );
      if (!reply || reply.outcome === 'pending') return pending;
      const { outcome, problems, signs, distance, bestFrame, detail } = reply;
      const isFrame = bestFrame !== null && bestFrame < frames.length;
      return {
        outcome,
        problems,
        signs,
        distance,
        bestFrame: isFrame ? bestFrame : null,
        detail: { ...detail, workMs: performance.now() - startedMs },
      };
    },

    close: () => {
      closing.abort(new Error('the provider is closed'));
      return Promise.resolve();
    },
  };
}

/** Faces never travel unencrypted, except on the machine itself. */
function assertSafe(text: string): void {
  const { protocol, hostname } = new URL(text);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback))
    throw new RangeError('identity service: the address must begin with https://');
}
