import type { Endpoint } from '@antu/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Pool } from '../database/pool.ts';
import type { Logger } from '../log.ts';
import type { Platform } from '../module.ts';
import type { Actor, Method, Policy } from './actor.ts';
import { errorAnswerSchema } from './error-handler.ts';
import { guard } from './guard.ts';

/** Schemas of a route. `answer: 'raw'`: the handler writes `ctx.reply` itself; `'empty'`: 204 without a body. */
export type RouteSchema = {
  params?: z.ZodType;
  query?: z.ZodType;
  /** Absent for uploads: the body is then a Readable for octet-stream content types. */
  body?: z.ZodType;
  answer: z.ZodType | 'raw' | 'empty';
};

/** What a handler knows about its request. */
export type RouteContext<P extends Policy = Policy> = {
  platform: Platform;
  pool: Pool;
  clock: Clock;
  now(): Date;
  nowMs(): number;
  actor: P extends 'public' ? Actor | undefined : Actor;
  requestId: string;
  /** Client address; a forwarded one only from a trusted proxy. */
  address: string;
  userAgent: string;
  log: Logger;
  request: FastifyRequest;
  reply: FastifyReply;
};

type Awaitable<T> = T | Promise<T>;
type Parsed<T> = T extends z.ZodType ? z.output<T> : unknown;
type Answer<T> = T extends z.ZodType ? z.input<T> : T extends 'empty' ? void : unknown;

export type RouteInput<S extends RouteSchema> = {
  params: Parsed<S['params']>;
  query: Parsed<S['query']>;
  body: Parsed<S['body']>;
};

/**
 * A conditional type although it has one branch: only then does the compiler know the answer's type while it reads the
 * handler, and keeps literals such as 'ok' what they are.
 */
export type RouteHandler<S extends RouteSchema, P extends Policy> = S extends RouteSchema
  ? (ctx: RouteContext<P>, input: RouteInput<S>) => Awaitable<Answer<S['answer']>>
  : never;

export type RouteOptions<S extends RouteSchema, P extends Policy> = {
  method: Method;
  url: string;
  policy: P;
  /** One English line for the OpenAPI document. */
  summary?: string;
  schema: S;
  /** Status of success; default 200, or 204 for an empty answer. */
  status?: number;
  /** Largest body in bytes; default 1 MiB. */
  bodyLimit?: number;
  /**
   * For small answers asked for thousands of times a second: they are not looked at for compression, and written as the handler
   * made them, which therefore holds nothing but what the schema lists. A refusal names its request in the body.
   */
  isHot?: boolean;
  handler: RouteHandler<S, P>;
};

/** A row of the route table, from which the access walk derives its cases. */
export type RouteEntry = { method: Method; url: string; policy: Policy; schema: RouteSchema };

/** Declares a route. Refuses one without a policy. */
export function route<const S extends RouteSchema, const P extends Policy>(
  app: FastifyInstance,
  options: RouteOptions<S, P>,
): void {
  const { method, url, policy, schema, bodyLimit, summary } = options;
  if (!policy) throw new Error(`Route ${method} ${url} has no policy.`);
  const status = options.status ?? (schema.answer === 'empty' ? 204 : 200);
  app.routeTable.push({ method, url, policy, schema });
  app.route({
    method,
    url,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    config: { policy, isHot: options.isHot ?? false },
    ...(options.isHot ? { compress: false as const, serializerCompiler: () => JSON.stringify } : {}),
    schema: {
      ...(summary ? { summary } : {}),
      tags: [url.split('/')[2] ?? 'platform'],
      ...(schema.params ? { params: schema.params } : {}),
      ...(schema.query ? { querystring: schema.query } : {}),
      ...(schema.body ? { body: schema.body } : {}),
      ...(typeof schema.answer === 'string'
        ? {}
        : { response: { [status]: schema.answer, '4xx': errorAnswerSchema, '5xx': errorAnswerSchema } }),
    },
    onRequest: (request, _reply, done) => {
      const pass = (actor: Actor | undefined): void => {
        request.actor = actor;
        done();
      };
      try {
        const allowed = guard(app.access, policy, request);
        if (allowed instanceof Promise) allowed.then(pass, done);
        else pass(allowed);
      } catch (refusal) {
        done(refusal instanceof Error ? refusal : new Error(String(refusal)));
      }
    },
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body } as RouteInput<S>;
      const answer = await options.handler(contextOf<P>(app, request, reply), input);
      if (schema.answer === 'raw') return reply;
      reply.code(status);
      return schema.answer === 'empty' ? reply.send() : answer;
    },
  });
}

type EndpointSchema<E extends Endpoint> = {
  [K in 'params' | 'query' | 'body' | 'answer' as E[K] extends z.ZodType ? K : never]: E[K] extends z.ZodType
    ? E[K]
    : never;
} & { answer: E['answer'] };

/** Declares the route of a contract endpoint. */
export function serve<const E extends Endpoint, const P extends Policy>(
  app: FastifyInstance,
  endpoint: E,
  options: Omit<RouteOptions<EndpointSchema<E>, P>, 'method' | 'url' | 'schema'>,
): void {
  const { method, path, ...parts } = endpoint;
  // The rest of an endpoint is exactly its schemas; the compiler cannot follow a rest of a type parameter.
  const schema = parts as unknown as EndpointSchema<E>;
  route<EndpointSchema<E>, P>(app, { ...options, method, url: path, schema });
}

function contextOf<P extends Policy>(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): RouteContext<P> {
  const { platform } = app;
  return {
    platform,
    pool: platform.pool,
    clock: platform.clock,
    now: () => platform.clock.now(),
    nowMs: () => platform.clock.nowMs(),
    // The guard refused a missing actor unless the policy is 'public'.
    actor: request.actor as RouteContext<P>['actor'],
    requestId: request.id,
    address: request.ip,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, 400),
    log: request.log,
    request,
    reply,
  };
}
