import { bucketOf } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { findLastConsent, insertConsent } from './consent.ts';
import { personPrefix } from './files/sealed-files.ts';
import { lockPerson } from './person-lock.ts';

/**
 * Ends the consent of the signed-in person: template, enrolment picture and every kept picture are gone when it answers. What
 * was decided stays, without the pictures. Doing it again does no harm.
 */
export async function withdrawConsent(ctx: RouteContext<'identity.own'>, personId: string): Promise<void> {
  const bucket = bucketOf(personId);
  await transaction(ctx.pool, async (tx) => {
    await lockPerson(tx, personId);
    const last = await findLastConsent(tx, personId);
    // First the files: if the database then fails, everything that leads to them is still there, and so is the button.
    await ctx.platform.storage.deletePrefix(personPrefix(personId));
    const enrolment = await tx.query('delete from face_enrolment where bucket = $1 and person_id = $2', [
      bucket,
      personId,
    ]);
    const captures = await tx.query(
      'update identity_capture set storage_key = null where bucket = $1 and person_id = $2 and storage_key is not null',
      [bucket, personId],
    );
    await tx.query(
      `update identity_challenge set state = 'done' where bucket = $1 and person_id = $2 and state <> 'done'`,
      [bucket, personId],
    );
    if (last?.kind === 'given') await insertConsent(tx, ctx, personId, 'withdrawn', last.noticeVersion);
    await recordAudit(tx, ctx, {
      action: 'identity.consent-withdraw',
      object: { kind: 'person', id: personId },
      detail: { enrolmentDeleted: enrolment.rowCount === 1, picturesDeleted: captures.rowCount ?? 0 },
    });
  });
}
