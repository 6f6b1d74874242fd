import type { listIdentityReviews } from '@antu/contract';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { organisationInReach, requireFilterInReach, scopeOf } from '../../people/index.ts';
import { presentReviews, type ReviewRow, SELECT_REVIEW } from './review-rows.ts';

type Query = z.output<(typeof listIdentityReviews)['query']>;
type Answer = z.input<(typeof listIdentityReviews)['answer']>;

/** Reviews of the organisations within reach: open ones the oldest first, decided ones the newest first. */
export async function listReviews(ctx: RouteContext<'identity.read'>, query: Query): Promise<Answer> {
  const { pool, actor, platform } = ctx;
  await requireFilterInReach(pool, actor, 'identity.read', { organisationId: query.organisationId });
  const cursor = readCursor(query.cursor);
  const isOpen = query.state === 'open';
  const reach = organisationInReach(scopeOf(actor, 'identity.read'), 'r.organisation_id', 3);
  const where = `where (r.state = 'open') = $1 and ($2::uuid is null or r.organisation_id = $2) and ${reach.sql}`;
  const values = [isOpen, query.organisationId ?? null, ...reach.values];
  const after = cursor === undefined ? '' : `and r.id ${isOpen ? '>' : '<'} $${values.length + 1}::uuid`;
  const page = await pool.query<ReviewRow>(
    `${SELECT_REVIEW} ${where} ${after} order by r.id ${isOpen ? 'asc' : 'desc'} limit ${query.limit + 1}`,
    cursor === undefined ? values : [...values, cursor],
  );
  const counted = await pool.query<{ total: number }>(
    `select count(*) as total from identity_review r ${where}`,
    values,
  );
  const shown = page.rows.slice(0, query.limit);
  await recordAudit(pool, ctx, {
    action: 'identity.review-list',
    object: { kind: 'organisation', id: query.organisationId ?? null },
    detail: { state: query.state, shown: shown.length },
  });
  return {
    items: await presentReviews(platform, pool, actor, shown),
    total: counted.rows[0]?.total ?? 0,
    nextCursor: page.rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** The id a page begins after. */
export function readCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor))
    throw new AppError('people.bad_cursor');
  return cursor;
}
