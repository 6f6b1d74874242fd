import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/module.ts';
import { recordAudit } from './record-audit.ts';

const denials: ReadonlySet<string> = new Set(['platform.not_allowed', 'platform.csrf_mismatch']);

/** Every refused attempt of a signed-in person leaves a row, whichever route or use case refused it. */
export function recordDenials(app: FastifyInstance, platform: Platform): void {
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof AppError) || !denials.has(error.code)) return;
    try {
      await recordAudit(
        platform.pool,
        { actor: request.actor, address: request.ip, requestId: request.id, now: () => platform.clock.now() },
        {
          action: String(request.routeOptions.config.policy ?? 'unknown'),
          object: objectOf(request),
          outcome: 'denied',
          detail: { route: `${request.method} ${request.routeOptions.url ?? ''}`, code: error.code },
        },
      );
    } catch (failure) {
      // The refusal itself stands; a log that cannot be written must not turn it into something else.
      request.log.error({ err: failure }, 'a denied attempt could not be recorded');
    }
  });
}

/** The person or the first thing named in the address; only ids ever stand there. */
function objectOf(request: FastifyRequest): { kind: string; id: string | null } {
  const params = Object.entries((request.params ?? {}) as Record<string, string>);
  const [name, id] = params.find(([key]) => key === 'personId') ?? params[0] ?? ['routeId', null];
  return { kind: name.replace(/Id$/, ''), id: id === null ? null : id.slice(0, 80) };
}
