import type { CreateOrganisationRequest, OrganisationView } from '@antu/contract';
import { checkUscc, regionLevelOf, regionPathOf } from '@antu/domain';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import { requireReach } from './scope.ts';

/** Adds an organisation with a checked credit code; a second one with it is refused by `organisation__uscc`. */
export async function insertOrganisation(
  tx: Tx,
  request: CreateOrganisationRequest,
  now: Date,
): Promise<OrganisationView> {
  const uscc = checkUscc(request.uscc);
  if (!uscc.valid) throw new AppError('people.uscc_invalid', { problem: uscc.problem });
  const { rows } = await tx.query<{ name: string }>('select name from region where code = $1', [request.regionCode]);
  const [region] = rows;
  if (!region) throw new AppError('people.region_not_found');
  const { name, type, regionCode } = request;
  const id = uuidv7(now.getTime());
  await tx.query(
    'insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, $3, $4, $5, $6)',
    [id, name, type, uscc.normalised, regionCode, now],
  );
  return {
    id,
    name,
    type,
    uscc: uscc.normalised,
    region: { code: regionCode, name: region.name, level: regionLevelOf(regionCode) },
  };
}

/** An officer registers an organisation of the own region subtree. */
export async function registerOrganisation(
  ctx: RouteContext<'organisations.create'>,
  request: CreateOrganisationRequest,
): Promise<OrganisationView> {
  const scope = { organisationIds: [], regionPaths: [regionPathOf(request.regionCode)] };
  requireReach(ctx.actor, 'organisations.create', scope);
  return transaction(ctx.pool, async (tx) => {
    const organisation = await insertOrganisation(tx, request, ctx.now());
    await recordAudit(tx, ctx, {
      action: 'organisations.create',
      object: { kind: 'organisation', id: organisation.id },
      detail: { name: organisation.name, type: organisation.type, uscc: organisation.uscc, region: request.regionCode },
    });
    return organisation;
  });
}
