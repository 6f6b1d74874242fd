import type { Registry } from 'prom-client';
import type { Platform } from '../module.ts';
import type { AccessControl, Actor, Policy } from './actor.ts';
import type { RouteEntry } from './route.ts';

declare module 'fastify' {
  interface FastifyInstance {
    platform: Platform;
    access: AccessControl;
    /** Measurements of this process. */
    metrics: Registry;
    /** Every route declared through `route()`. */
    routeTable: RouteEntry[];
  }
  interface FastifyRequest {
    actor: Actor | undefined;
  }
  interface FastifyContextConfig {
    policy?: Policy;
    /** Asked for thousands of times a second. */
    isHot?: boolean;
  }
}
