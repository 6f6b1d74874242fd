import type { IdentityReview, voteOnIdentityReview } from '@antu/contract';
import { bucketOf, checkLimitsOf, chinaDateOf, findCheckRules } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError, assertThat } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { requireReach } from '../../people/index.ts';
import { refuseSelf } from '../requester.ts';
import { announceDecidedReview } from './review-listeners.ts';
import { findReview, presentReviews, type ReviewRow } from './review-rows.ts';

type Body = z.output<(typeof voteOnIdentityReview)['body']>;

/**
 * One person says whether the face is that of the card. As many different accounts as the rules want have to approve; one refusal
 * is enough to refuse.
 */
export async function voteOnReview(
  ctx: RouteContext<'identity.confirm'>,
  reviewId: string,
  { approve, reason }: Body,
): Promise<IdentityReview> {
  const { actor, pool, platform } = ctx;
  const given = reason.trim();
  assertThat(approve || given !== '', 'identity.reason_missing');
  const review = await transaction(pool, async (tx) => {
    const found = await lockReview(tx, ctx, reviewId);
    assertThat(found.state === 'open', 'identity.review_closed');
    assertThat(!found.votes.some(({ accountId }) => accountId === actor.accountId), 'identity.review_voted');
    if (approve) await requirePictures(tx, found);
    const bucket = bucketOf(reviewId);
    await tx.query(
      `insert into identity_review_vote (bucket, review_id, account_id, approve, reason, at) values ($1, $2, $3, $4, $5, $6)`,
      [bucket, reviewId, actor.accountId, approve, given, ctx.now()],
    );
    const { reviewVotes } = checkLimitsOf(findCheckRules(chinaDateOf(ctx.nowMs())));
    const approvals = found.votes.filter((vote) => vote.approve).length + (approve ? 1 : 0);
    const state = !approve ? 'rejected' : approvals >= reviewVotes ? 'approved' : 'open';
    await recordAudit(tx, ctx, {
      action: 'identity.review-vote',
      object: { kind: 'identity-review', id: reviewId },
      detail: { personId: found.personId, approve, state },
    });
    if (state !== 'open') await decide(tx, ctx, found, state);
    return findReview(tx, reviewId);
  });
  if (!review) throw new AppError('identity.review_not_found');
  const [shown] = await presentReviews(platform, pool, actor, [review]);
  if (!shown) throw new AppError('identity.review_not_found');
  return shown;
}

async function lockReview(tx: Tx, ctx: RouteContext<'identity.confirm'>, reviewId: string): Promise<ReviewRow> {
  await tx.query('select from identity_review where bucket = $1 and id = $2 for update', [
    bucketOf(reviewId),
    reviewId,
  ]);
  const found = await findReview(tx, reviewId);
  if (!found) throw new AppError('identity.review_not_found');
  requireReach(ctx.actor, 'identity.confirm', {
    organisationIds: [found.organisationId],
    regionPaths: [found.regionPath],
  });
  refuseSelf(ctx.actor, found.personId);
  return found;
}

/** Nobody approves what can no longer be looked at. */
async function requirePictures(
  tx: Tx,
  { id, faceCaptureId, idCardCaptureId, hasEnrolmentPicture }: ReviewRow,
): Promise<void> {
  const wanted = idCardCaptureId === null ? [faceCaptureId] : [faceCaptureId, idCardCaptureId];
  const { rows } = await tx.query<{ kept: number }>(
    'select count(*) as kept from identity_capture where bucket = $1 and id = any($2::uuid[]) and storage_key is not null',
    [bucketOf(id), wanted],
  );
  const isThere = rows[0]?.kept === wanted.length && (idCardCaptureId !== null || hasEnrolmentPicture);
  assertThat(isThere, 'identity.picture_gone');
}

async function decide(
  tx: Tx,
  ctx: RouteContext<'identity.confirm'>,
  { id, personId, sessionId }: ReviewRow,
  state: 'approved' | 'rejected',
): Promise<void> {
  const bucket = bucketOf(id);
  await tx.query('update identity_review set state = $3, decided_at = $4 where bucket = $1 and id = $2', [
    bucket,
    id,
    state,
    ctx.now(),
  ]);
  await announceDecidedReview(tx, {
    reviewId: id,
    personId,
    bucket,
    sessionId,
    approved: state === 'approved',
    decidedAtMs: ctx.nowMs(),
  });
}
