import { bucketOf, chinaDateOf, type ResourceScope } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError, assertThat } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { type AuditContext, recordAudit } from '../../audit/index.ts';
import { requireReach } from '../../people/index.ts';
import { type CaptureRow, findCapture } from '../checks/capture-rows.ts';
import { findEnrolment } from '../enrolment/enrolment-rows.ts';
import { readSealed } from '../files/sealed-files.ts';
import { requirePersonInReach } from '../requester.ts';

type Ctx = RouteContext<'identity.read'>;

/** Shows the photo that a person is compared with. The row in the log is written before anything is shown. */
export async function sendEnrolmentPicture(ctx: Ctx, personId: string): Promise<FastifyReply> {
  await requirePersonInReach(ctx.pool, ctx.actor, 'identity.read', personId);
  const enrolment = await findEnrolment(ctx.pool, personId);
  assertThat(enrolment, 'identity.picture_not_found');
  assertThat(enrolment.pictureKey, 'identity.picture_gone');
  await recordAudit(ctx.pool, ctx, {
    action: 'identity.picture-read',
    object: { kind: 'person', id: personId },
    detail: { enrolmentId: enrolment.id },
  });
  return sendSealed(ctx, enrolment.pictureKey);
}

/** Shows a picture of a check, a review or one taken in passing. */
export async function sendCapture(ctx: Ctx, captureId: string): Promise<FastifyReply> {
  const capture = await findCapture(ctx.pool, captureId);
  assertThat(capture, 'identity.picture_not_found');
  const scope = await findScopeAtTheTime(ctx.pool, capture);
  assertThat(scope, 'identity.picture_not_found');
  requireReach(ctx.actor, 'identity.read', scope);
  return showCapture(ctx, capture);
}

/**
 * Shows a picture of a session to somebody who may see that session: whoever calls this has made sure of it. A picture of another
 * session is none.
 */
export async function sendSessionCapture(
  ctx: Pick<RouteContext, 'pool' | 'platform' | 'reply'> & AuditContext,
  sessionId: string,
  captureId: string,
): Promise<FastifyReply> {
  const capture = await findCapture(ctx.pool, captureId);
  assertThat(capture?.sessionId === sessionId, 'identity.picture_not_found');
  return showCapture(ctx, capture);
}

async function showCapture(
  ctx: Pick<RouteContext, 'pool' | 'platform' | 'reply'> & AuditContext,
  { id, personId, kind, sessionId, storageKey }: CaptureRow,
): Promise<FastifyReply> {
  assertThat(storageKey, 'identity.picture_gone');
  await recordAudit(ctx.pool, ctx, {
    action: 'identity.capture-read',
    object: { kind: 'identity-capture', id },
    detail: { personId, kind, sessionId },
  });
  return sendSealed(ctx, storageKey);
}

/** Organisations that had the person on the roster when the picture was taken: a later employer has no business with it. */
async function findScopeAtTheTime(
  db: Queryable,
  { personId, takenAt }: CaptureRow,
): Promise<ResourceScope | undefined> {
  const { rows } = await db.query<{ region_path: string; organisation_ids: string[]; organisation_paths: string[] }>(
    `select r.path as region_path,
       coalesce(array_agg(o.id) filter (where o.id is not null), '{}') as organisation_ids,
       coalesce(array_agg(g.path) filter (where o.id is not null), '{}') as organisation_paths
     from person p join region r on r.code = p.region_code
       left join person_affiliation a on a.bucket = p.bucket and a.person_id = p.id and a.from_date <= $3::date
         and (a.to_date is null or a.to_date >= $3::date)
       left join organisation o on o.id = a.organisation_id
       left join region g on g.code = o.region_code
     where p.bucket = $1 and p.id = $2 group by r.path`,
    [bucketOf(personId), personId, chinaDateOf(takenAt.getTime())],
  );
  const [row] = rows;
  return (
    row && {
      personId,
      organisationIds: row.organisation_ids,
      regionPaths: [row.region_path, ...row.organisation_paths],
    }
  );
}

async function sendSealed({ platform, reply }: Pick<Ctx, 'platform' | 'reply'>, key: string): Promise<FastifyReply> {
  const bytes = await readSealed(platform, key);
  if (!bytes) throw new AppError('identity.picture_gone');
  return reply
    .headers({ 'content-type': 'image/jpeg', 'cache-control': 'no-store', 'content-length': bytes.length })
    .send(bytes);
}
