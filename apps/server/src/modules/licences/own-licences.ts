import type { getOwnLicences } from '@antu/contract';
import { bucketOf, chinaDateAt, type LicenceRequestKind } from '@antu/domain';
import type { z } from 'zod';
import type { RouteContext } from '../../platform/http/route.ts';
import { requireOwnPerson } from '../people/index.ts';
import { presentLicence, selectLicences } from './licence-rows.ts';

/** Every licence that the caller has or had, those in force first. */
export async function listOwnLicences(
  ctx: RouteContext<'licences.own'>,
): Promise<z.input<(typeof getOwnLicences)['answer']>> {
  const personId = requireOwnPerson(ctx.actor);
  const bucket = bucketOf(personId);
  const today = chinaDateAt(ctx.nowMs());
  const [rows, open] = await Promise.all([
    selectLicences(
      ctx.pool,
      'l.bucket = $1 and l.person_id = $2',
      [bucket, personId],
      `order by (l.standing = 'granted') desc, l.valid_until desc, l.category`,
    ),
    ctx.pool.query<{ licence_id: string; kind: LicenceRequestKind }>(
      `select licence_id, kind from licence_request where bucket = $1 and person_id = $2 and state = 'open' and licence_id is not null`,
      [bucket, personId],
    ),
  ]);
  const kinds = new Map(open.rows.map(({ licence_id, kind }) => [licence_id, kind]));
  return {
    today,
    items: rows.map((row) => ({
      ...presentLicence(ctx.platform.keys, row, today),
      openRequest: kinds.get(row.id) ?? null,
    })),
  };
}
