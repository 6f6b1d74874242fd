import type { confirmEnrolment, Enrolment } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { assertThat } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { lockPerson } from '../person-lock.ts';
import { refuseSelf, requirePersonInReach } from '../requester.ts';
import { findEnrolment, presentEnrolment } from './enrolment-rows.ts';

type Body = z.output<(typeof confirmEnrolment)['body']>;

/** Somebody of the organisation compared the photo that the learner took with the ID card: it counts from now on, or is gone. */
export async function decideEnrolment(
  ctx: RouteContext<'identity.confirm'>,
  personId: string,
  { accept, enrolledAt, reason }: Body,
): Promise<Enrolment> {
  await requirePersonInReach(ctx.pool, ctx.actor, 'identity.confirm', personId);
  refuseSelf(ctx.actor, personId);
  const refusedBecause = reason.trim();
  assertThat(accept || refusedBecause !== '', 'identity.reason_missing');
  return transaction(ctx.pool, async (tx) => {
    await lockPerson(tx, personId);
    const enrolment = await findEnrolment(tx, personId);
    assertThat(enrolment?.state === 'waiting', 'identity.nothing_to_confirm');
    assertThat(enrolment.enrolledAt.getTime() === new Date(enrolledAt).getTime(), 'identity.picture_changed');
    assertThat(!accept || enrolment.pictureKey !== null, 'identity.picture_gone');
    if (!accept && enrolment.pictureKey !== null) await ctx.platform.storage.delete(enrolment.pictureKey);
    await tx.query(
      `update face_enrolment set decided_by = $3, decided_at = $4, state = $5, refused_because = $6,
         template_sealed = case when $5 = 'refused' then null else template_sealed end,
         picture_key = case when $5 = 'refused' then null else picture_key end
       where bucket = $1 and person_id = $2`,
      [
        bucketOf(personId),
        personId,
        ctx.actor.accountId,
        ctx.now(),
        accept ? 'active' : 'refused',
        accept ? null : refusedBecause,
      ],
    );
    await recordAudit(tx, ctx, {
      action: accept ? 'identity.enrolment-confirm' : 'identity.enrolment-refuse',
      object: { kind: 'person', id: personId },
      detail: { enrolmentId: enrolment.id },
    });
    return presentEnrolment(await findEnrolment(tx, personId));
  });
}
