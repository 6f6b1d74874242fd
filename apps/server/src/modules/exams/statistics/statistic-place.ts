import { regionPathOf, reaches } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { requireReach, scopeOf } from '../../people/index.ts';
import { rowsOf } from '../bank/context.ts';

type Ctx = RouteContext<'exam-statistics.read'>;

/** A place whose sums are asked for, within the reach of the caller. */
export interface AskedPlace {
  readonly kind: 'region' | 'body' | 'employer';
  readonly code: string;
  readonly name: string;
  /** The caller may know about single people there. */
  readonly showsSmall: boolean;
}

/** The place asked for, or the caller's own. Refuses what is outside the reach. */
export function findPlace(
  ctx: Ctx,
  asked: { region?: string | undefined; organisationId?: string | undefined },
): Promise<AskedPlace> {
  if (asked.organisationId !== undefined) return organisationPlace(ctx, asked.organisationId);
  if (asked.region !== undefined) return regionPlace(ctx, asked.region);
  const { regionPaths, organisationIds } = scopeOf(ctx.actor, 'exam-statistics.read');
  const highest = regionPaths.toSorted((a, b) => a.length - b.length)[0];
  if (highest !== undefined) return regionPlace(ctx, highest.slice(-7, -1));
  const [own] = organisationIds;
  if (own === undefined) throw new AppError('platform.not_allowed');
  return organisationPlace(ctx, own);
}

async function regionPlace({ actor, pool }: Ctx, code: string): Promise<AskedPlace> {
  const resource = { organisationIds: [], regionPaths: [regionPathOf(code)] };
  requireReach(actor, 'exam-statistics.read', resource);
  const [row] = await rowsOf<{ name: string }>(pool, 'select name from region where code = $1', [code]);
  if (!row) throw new AppError('people.region_not_found');
  const showsSmall = reaches(scopeOf(actor, 'people.read'), resource, null);
  return { kind: 'region', code, name: row.name, showsSmall };
}

async function organisationPlace({ actor, pool }: Ctx, id: string): Promise<AskedPlace> {
  const [row] = await rowsOf<{ name: string; type: string; path: string }>(
    pool,
    'select o.name, o.type, r.path from organisation o join region r on r.code = o.region_code where o.id = $1',
    [id],
  );
  if (!row) throw new AppError('people.organisation_not_found');
  const resource = { organisationIds: [id], regionPaths: [row.path] };
  requireReach(actor, 'exam-statistics.read', resource);
  const showsSmall = reaches(scopeOf(actor, 'people.read'), resource, null);
  return { kind: row.type === 'enterprise' ? 'employer' : 'body', code: id, name: row.name, showsSmall };
}
