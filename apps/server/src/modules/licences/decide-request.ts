import type { decideLicenceRequest as decideEndpoint, LicenceRequest } from '@antu/contract';
import { bucketOf, chinaDateAt, mayDecide } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { getReachablePerson } from '../people/index.ts';
import { applyAction } from './apply-action.ts';
import { unmetError } from './make-request.ts';
import { findRequest, presentRequest, type RequestRow, unmetOf } from './request-rows.ts';

export type DecideContext = RouteContext<'licences.decide'>;
type Body = z.output<(typeof decideEndpoint)['body']>;

/**
 * Grants or refuses a request, by another hand than the one that asked. What is granted is done in the same transaction.
 * Errors: `licences.request_not_found`, `…request_decided`, `…own_request`, `…request_unmet`, `…no_authority`
 */
export async function decideRequest(ctx: DecideContext, requestId: string, body: Body): Promise<LicenceRequest> {
  const asked = await findRequest(ctx.pool, requestId);
  if (!asked) throw new AppError('licences.request_not_found');
  await getReachablePerson(ctx.pool, ctx.actor, 'licences.decide', asked.person_id);
  if (!mayDecide(asked.asked_by, ctx.actor.accountId)) throw new AppError('licences.own_request');
  const authorityId = authorityOf(ctx);
  const today = chinaDateAt(ctx.nowMs());
  await transaction(ctx.pool, async (tx) => {
    const open = await lockOpen(tx, requestId);
    if (body.decision === 'granted') {
      const unmet = unmetOf(open, today);
      if (unmet.length > 0) throw unmetError(unmet);
    }
    await tx.query(
      `update licence_request set state = $3, decided_by = $4, decided_at = $5, decision_note = $6 where bucket = $1 and id = $2`,
      [bucketOf(requestId), requestId, body.decision, ctx.actor.accountId, ctx.now(), body.note],
    );
    if (body.decision === 'granted')
      await applyAction(tx, ctx, {
        personId: open.person_id,
        category: open.category,
        action: open.kind,
        reason: open.reason,
        note: body.note,
        authorityId,
        requestId,
      });
    await recordAudit(tx, ctx, {
      action: 'licences.decide',
      object: { kind: 'licence-request', id: requestId },
      detail: { personId: open.person_id, kind: open.kind, decision: body.decision },
    });
  });
  const decided = await findRequest(ctx.pool, requestId);
  if (!decided) throw new AppError('licences.request_not_found');
  return presentRequest(ctx.platform.keys, decided, ctx.actor.accountId, today);
}

async function lockOpen(tx: Tx, requestId: string): Promise<RequestRow> {
  await tx.query('select from licence_request where bucket = $1 and id = $2 for update', [
    bucketOf(requestId),
    requestId,
  ]);
  const row = await findRequest(tx, requestId);
  if (row?.state !== 'open') throw new AppError('licences.request_decided');
  return row;
}

/** The authority for which the actor decides. */
export function authorityOf({ actor }: Pick<DecideContext, 'actor'>): string {
  const held = actor.memberships.find(({ role }) => role === 'officer-county' || role === 'officer-city');
  if (!held) throw new AppError('licences.no_authority');
  return held.organisationId;
}
