import type { requestLicence as officerEndpoint, requestOwnLicence as ownEndpoint } from '@antu/contract';
import { bucketOf, chinaDateAt, placeInBucket, unmetOfRequest } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import { getReachablePerson, requireOwnPerson } from '../people/index.ts';
import { findLicence, lockLicenceOf, termOf } from './licence-rows.ts';
import { rulesFor } from './request-rows.ts';

type Asked = z.output<(typeof officerEndpoint)['body']>;
type Context = RouteContext<'licences.request'> | RouteContext<'licences.own'>;

/** Asked for by an officer for somebody within reach. Errors: `people.not_found`, `licences.request_unmet` */
export async function requestForPerson(
  ctx: RouteContext<'licences.request'>,
  body: Asked,
): Promise<{ requestId: string }> {
  await getReachablePerson(ctx.pool, ctx.actor, 'licences.request', body.personId);
  return fileRequest(ctx, body, false);
}

/** Asked for by the holder about an own licence. Errors: `licences.not_found`, `licences.request_unmet` */
export async function requestForSelf(
  ctx: RouteContext<'licences.own'>,
  licenceId: string,
  body: z.output<(typeof ownEndpoint)['body']>,
): Promise<{ requestId: string }> {
  const personId = requireOwnPerson(ctx.actor);
  const licence = await findLicence(ctx.pool, licenceId);
  if (licence?.person_id !== personId) throw new AppError('licences.not_found');
  return fileRequest(ctx, { ...body, personId, category: licence.category }, true);
}

/** Refuses what could not be granted today, with everything that is missing. */
async function fileRequest(ctx: Context, asked: Asked, byHolder: boolean): Promise<{ requestId: string }> {
  const { personId, category, kind, reason, note } = asked;
  const bucket = bucketOf(personId);
  const today = chinaDateAt(ctx.nowMs());
  const requestId = placeInBucket(uuidv7(ctx.nowMs()), bucket);
  await transaction(ctx.pool, async (tx) => {
    const licence = await lockLicenceOf(tx, personId, category);
    const { rows } = await tx.query<{ region_code: string; has_open: boolean }>(
      `select region_code, exists (select from licence_request q where q.bucket = p.bucket and q.person_id = p.id
         and q.category = $3 and q.state = 'open') as has_open
       from person p where bucket = $1 and id = $2`,
      [bucket, personId, category],
    );
    const { limits } = rulesFor(category, rows[0]?.region_code ?? '', today);
    const unmet = unmetOfRequest(
      {
        kind,
        reason,
        licence: licence ? { ...termOf(licence), standing: licence.standing } : null,
        hasOpenRequest: rows[0]?.has_open ?? false,
        today,
      },
      limits,
    );
    if (unmet.length > 0) throw unmetError(unmet);
    await tx.query(
      `insert into licence_request (bucket, id, person_id, category, licence_id, kind, reason, note, state, asked_by, by_holder, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)`,
      [
        bucket,
        requestId,
        personId,
        category,
        kind === 'issue' ? null : (licence?.id ?? null),
        kind,
        reason,
        note,
        ctx.actor.accountId,
        byHolder,
        ctx.now(),
      ],
    );
    await recordAudit(tx, ctx, {
      action: 'licences.request',
      object: { kind: 'licence-request', id: requestId },
      detail: { personId, category, kind, reason },
    });
  });
  return { requestId };
}

export const unmetError = (unmet: readonly { zh: string; en: string }[]): AppError =>
  new AppError('licences.request_unmet', {
    unmet,
    summary: unmet.map(({ zh }) => zh).join(''),
    summaryEn: unmet.map(({ en }) => en).join(' '),
  });
