import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import { type AccessControl, type Actor, csrfHeader, type Policy } from './actor.ts';

/**
 * Decides whether a request may reach its handler. Runs before the body is read, and answers at once when the session is
 * remembered: a heartbeat would feel each turn of waiting.
 */
export function guard(
  access: AccessControl,
  policy: Policy,
  request: FastifyRequest,
): Actor | undefined | Promise<Actor | undefined> {
  const found = access.authenticate(request);
  return found instanceof Promise
    ? found.then((actor) => requireAllowed(access, policy, request, actor))
    : requireAllowed(access, policy, request, found);
}

function requireAllowed(
  access: AccessControl,
  policy: Policy,
  request: FastifyRequest,
  actor: Actor | undefined,
): Actor | undefined {
  if (policy === 'public') return actor;
  if (!actor) throw new AppError('platform.not_signed_in');
  if (request.method !== 'GET' && request.method !== 'HEAD') checkCsrf(actor, request);
  if (policy !== 'signed-in' && !access.authorize(actor, policy)) throw new AppError('platform.not_allowed');
  return actor;
}

function checkCsrf(actor: Actor, request: FastifyRequest): void {
  const sent = request.headers[csrfHeader];
  if (typeof sent !== 'string' || !isSame(sent, actor.csrfToken)) throw new AppError('platform.csrf_mismatch');
}

/** The time taken tells nothing about how much was right. */
function isSame(sent: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
