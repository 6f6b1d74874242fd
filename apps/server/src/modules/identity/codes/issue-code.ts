import { randomInt } from 'node:crypto';
import { bucketOf, checkLimitsOf, chinaDateOf, findCheckRules, placeInBucket } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findPersonScope, requireReach, scopeOf } from '../../people/index.ts';
import { lockPerson } from '../person-lock.ts';
import { refuseSelf } from '../requester.ts';
import { hashCode } from './code-rows.ts';

/**
 * A code that a supervisor on site reads out to a learner whom they see. It is shown once, works once, and makes an older one
 * of the learner useless. The supervisor's account will stand in the verdict.
 */
export async function issueCode(
  ctx: RouteContext<'identity.confirm'>,
  personId: string,
): Promise<{ code: string; expiresAt: string }> {
  const { actor, pool, platform } = ctx;
  const bucket = bucketOf(personId);
  const scope = await findPersonScope(pool, { bucket, id: personId });
  if (!scope) throw new AppError('people.not_found');
  requireReach(actor, 'identity.confirm', scope);
  refuseSelf(actor, personId);
  const { organisationIds } = scopeOf(actor, 'identity.confirm');
  const organisationId = scope.organisationIds.find((id) => organisationIds.includes(id));
  if (organisationId === undefined) throw new AppError('platform.not_allowed');
  const nowMs = ctx.nowMs();
  const { codeSeconds } = checkLimitsOf(findCheckRules(chinaDateOf(nowMs)));
  const expiresAt = new Date(nowMs + codeSeconds * 1000);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const id = placeInBucket(uuidv7(nowMs), bucket);
  await transaction(pool, async (tx) => {
    await lockPerson(tx, personId);
    await tx.query(
      `insert into identity_code (bucket, id, person_id, code_hash, issued_by, organisation_id, issued_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        bucket,
        id,
        personId,
        hashCode(platform.keys, id, code),
        actor.accountId,
        organisationId,
        new Date(nowMs),
        expiresAt,
      ],
    );
    await recordAudit(tx, ctx, {
      action: 'identity.code-issue',
      object: { kind: 'person', id: personId },
      detail: { codeId: id, organisationId },
    });
  });
  return { code, expiresAt: expiresAt.toISOString() };
}
