import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../errors.ts';
import { route } from './route.ts';

/** Measures every request and serves `GET /api/metrics` to this machine and to system operators. Modules add theirs to `app.metrics`. */
export function registerMetrics(app: FastifyInstance): void {
  const registry = new Registry();
  app.decorate('metrics', registry);
  collectDefaultMetrics({ register: registry, prefix: 'antu_' });
  const seconds = new Histogram({
    name: 'antu_http_request_seconds',
    help: 'Time from request to answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const { pool } = app.platform;
  const connections = new Gauge({
    name: 'antu_database_connections',
    help: 'Connections of the pool by state.',
    labelNames: ['state'],
    registers: [registry],
  });
  // Finding the labels costs more than counting: each combination is looked up once.
  const known = new Map<string, ReturnType<typeof seconds.labels>>();
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const url = request.routeOptions.url ?? 'none';
    const key = `${reply.statusCode}${method}${url}`;
    let counter = known.get(key);
    if (!counter) {
      counter = seconds.labels(method, url, String(reply.statusCode));
      known.set(key, counter);
    }
    counter.observe(reply.elapsedTime / 1000);
    done();
  });
  route(app, {
    method: 'GET',
    url: '/api/metrics',
    policy: 'public',
    summary: 'Measurements in the Prometheus format, for this machine and system operators',
    schema: { answer: 'raw' },
    handler: async ({ actor, request, reply }) => {
      const operator = actor?.memberships.some(({ role }) => role === 'system-operator') ?? false;
      if (!operator && !isFromThisMachine(request)) {
        throw new AppError(actor ? 'platform.not_allowed' : 'platform.not_signed_in');
      }
      connections.set({ state: 'open' }, pool.totalCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waited-for' }, pool.waitingCount);
      return reply.header('content-type', registry.contentType).send(await registry.metrics());
    },
  });
}

/** A proxy on this machine that is not declared in TRUST_PROXY forwards strangers: its headers give it away. */
function isFromThisMachine(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers['forwarded'] ?? request.headers['x-real-ip'];
  return forwarded === undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
}
