import type { AnomalyCode } from '@antu/domain';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { generationCache } from '../generation-cache.ts';

export type MediaDenials = {
  /** Leaves evidence of an address that is not the person's own. Once per person and session: thousands would tell no more. */
  note(ctx: RouteContext<'study.own'>, personId: string, sessionId: string | null, what: string): Promise<void>;
};

/** @param noteAnomaly adds it to whichever session of the person runs */
export function mediaDenials(
  noteAnomaly: (personId: string, sessionId: null, code: AnomalyCode) => Promise<void>,
): MediaDenials {
  const noted = generationCache<true>(20_000);
  return {
    async note(ctx, personId, sessionId, what) {
      const key = `${personId} ${sessionId ?? ''}`;
      if (noted.get(key)) return;
      noted.set(key, true);
      await recordAudit(ctx.pool, ctx, {
        action: 'study.own',
        object: { kind: 'study-session', id: sessionId },
        outcome: 'denied',
        detail: { what },
      });
      await noteAnomaly(personId, null, 'foreign-session');
    },
  };
}
