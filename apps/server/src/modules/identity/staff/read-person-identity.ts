import type { getPersonIdentity } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { readDetail, selectChecks } from '../checks/check-rows.ts';
import { findConsent } from '../consent.ts';
import { findEnrolment, presentEnrolment } from '../enrolment/enrolment-rows.ts';
import { requirePersonInReach } from '../requester.ts';

const RECENT_CHECKS = 20;

/** How a person stands with face checks, for those who help and those who supervise. */
export async function readPersonIdentity(
  ctx: RouteContext<'identity.read'>,
  personId: string,
): Promise<z.input<(typeof getPersonIdentity)['answer']>> {
  const { pool, actor } = ctx;
  await requirePersonInReach(pool, actor, 'identity.read', personId);
  const [enrolment, consent, checks] = await Promise.all([
    findEnrolment(pool, personId),
    findConsent(pool, personId),
    selectChecks(pool, `where c.bucket = $1 and c.person_id = $2 order by c.id desc limit ${RECENT_CHECKS}`, [
      bucketOf(personId),
      personId,
    ]),
  ]);
  await recordAudit(pool, ctx, { action: 'identity.read', object: { kind: 'person', id: personId } });
  return {
    enrolment: presentEnrolment(enrolment),
    hasConsent: consent !== undefined,
    recentChecks: checks.map((check) => ({
      id: check.id,
      at: new Date(check.decidedAtMs).toISOString(),
      purpose: check.purpose,
      method: check.method,
      outcome: check.outcome,
      problems: [...readDetail(check).problems],
    })),
  };
}
