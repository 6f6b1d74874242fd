import { holds } from '@antu/domain';
import type { AccessControl, Actor } from '../../platform/http/actor.ts';
import type { Platform } from '../../platform/module.ts';
import { membershipsOf } from './scope.ts';
import { sessionCacheOf } from './session-cache.ts';
import { sessionTokenOf } from './session-cookie.ts';

/** Sent by pages with requests that nobody asked for (live views): they do not keep a session from going idle. */
const BACKGROUND_HEADER = 'x-antu-background';

/** Tells the platform who sends a request and what they may do. */
export function accessControlOf(platform: Platform): AccessControl {
  const cache = sessionCacheOf(platform);
  return {
    authenticate(request) {
      const token = sessionTokenOf(request);
      if (token === undefined) return undefined;
      // Known before the guard decides, so that a refusal can be recorded with its actor.
      const know = (actor: Actor | undefined): Actor | undefined => {
        request.actor = actor;
        return actor;
      };
      const found = cache.findActor(token, request.headers[BACKGROUND_HEADER] === undefined);
      return found instanceof Promise ? found.then(know) : know(found);
    },
    authorize: (actor, permission) => holds(membershipsOf(actor), permission),
  };
}
