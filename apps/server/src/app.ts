import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '@antu/contract';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { Migration } from './platform/database/migrate.ts';
import { type AccessControl, nobody } from './platform/http/actor.ts';
import { registerErrorHandler } from './platform/http/error-handler.ts';
import './platform/http/fastify-types.ts';
import { registerHealth } from './platform/http/health.ts';
import { registerSigningKeys } from './platform/http/signing-keys.ts';
import { speakChinese } from './platform/http/input-texts.ts';
import { makeLazyLogger } from './platform/http/lazy-logger.ts';
import { registerMetrics } from './platform/http/metrics.ts';
import { route } from './platform/http/route.ts';
import { registerSecurityHeaders } from './platform/http/security-headers.ts';
import { registerStaticApps } from './platform/http/static-apps.ts';
import type { Platform, ServerModule } from './platform/module.ts';
import { version } from './platform/version.ts';

export type AppOptions = {
  platform: Platform;
  modules: readonly ServerModule[];
  /** Replaces what the modules bring; tests use it. */
  access?: AccessControl;
  /** Replaces the migrations of this checkout; tests use it. */
  migrations?: readonly Migration[];
};

/** Builds the application without listening. */
export async function buildApp({ platform, modules, access, migrations }: AppOptions): Promise<FastifyInstance> {
  speakChinese();
  const { settings } = platform;
  const app = Fastify({
    loggerInstance: platform.log,
    genReqId: () => randomUUID(),
    trustProxy: settings.trustProxy.length > 0 ? [...settings.trustProxy] : false,
    bodyLimit: 1024 * 1024,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: makeLazyLogger,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate('platform', platform);
  app.decorate('access', access ?? modules.find((module) => module.access)?.access?.(platform) ?? nobody);
  app.decorate('routeTable', []);
  app.decorateRequest('actor', undefined);
  refuseRoutesWithoutPolicy(app);
  registerErrorHandler(app, constraintCodes(modules));
  registerSecurityHeaders(app);
  acceptUploads(app);
  if (settings.logLevel === 'debug' || settings.logLevel === 'trace') {
    app.addHook('onResponse', async (request, reply) => {
      request.log.debug({ req: request, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    });
  }
  // Cookies are written by the plugin; the one that is read is looked for without taking all of them apart.
  await app.register(cookie, { hook: false });
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024 });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Antu', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  registerMetrics(app);
  await registerHealth(app, migrations);
  registerSigningKeys(app);
  for (const module of modules) await module.register?.(app, platform);
  route(app, {
    method: 'GET',
    url: '/api/openapi.json',
    policy: 'public',
    summary: 'This description of the API',
    schema: { answer: 'raw' },
    handler: ({ reply }) => reply.send(app.swagger()),
  });
  registerStaticApps(app);
  return app;
}

/** Everything below /api must come through `route()`, which alone knows policies. */
function refuseRoutesWithoutPolicy(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    const isApi = url === '/api' || url.startsWith('/api/');
    if (isApi && !config?.policy)
      throw new Error(`Route ${String(method)} ${url} has no policy: declare it with route().`);
  });
}

/** Uploads are handed on as streams and never held in memory. */
function acceptUploads(app: FastifyInstance): void {
  app.addContentTypeParser(
    ['application/octet-stream', 'application/offset+octet-stream'],
    (_request, payload, done) => {
      done(null, payload);
    },
  );
}

function constraintCodes(modules: readonly ServerModule[]): Map<string, ErrorCode> {
  return new Map(modules.flatMap((module) => Object.entries(module.constraints ?? {})));
}
