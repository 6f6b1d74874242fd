import type { Permission, PersonDetail, peopleAnswerSchema, peopleQuerySchema } from '@antu/contract';
import { bucketOf, checkIdNumber, isWithinRegion, regionPathOf } from '@antu/domain';
import type { z } from 'zod';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http/actor.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { allOf, findPersonRow, findPersonRows } from './person-queries.ts';
import { type PersonRow, presentDetail, presentListItem } from './present-person.ts';
import {
  findOrganisationScope,
  findPersonScope,
  personInReach,
  requireReach,
  scopeOf,
  type SqlCondition,
} from './scope.ts';
import { idNumberIndex, nameIndex, personBucketOf } from './sealed-columns.ts';

type Query = z.output<typeof peopleQuerySchema>;

/** The row of a person whom the actor reaches. 404 for nobody, 403 (and a row in the audit log) for somebody outside. */
export async function getReachablePerson(
  db: Queryable,
  actor: Actor,
  permission: Permission,
  personId: string,
): Promise<PersonRow> {
  const scope = await findPersonScope(db, { bucket: bucketOf(personId), id: personId });
  if (!scope) throw new AppError('people.not_found');
  requireReach(actor, permission, scope);
  const row = await findPersonRow(db, personId);
  if (!row) throw new AppError('people.not_found');
  return row;
}

/** Refuses a filter that names an organisation or region outside the actor's reach: an empty list would look like an answer. */
export async function requireFilterInReach(
  db: Queryable,
  actor: Actor,
  permission: Permission,
  filter: { organisationId?: string | undefined; region?: string | undefined },
): Promise<void> {
  if (filter.organisationId !== undefined) {
    const scope = await findOrganisationScope(db, filter.organisationId);
    if (!scope) throw new AppError('people.organisation_not_found');
    requireReach(actor, permission, scope);
  }
  const { regionPaths, organisationIds, everywhere } = scopeOf(actor, permission);
  // Managers reach by organisation: a region only narrows what they see, whichever it is.
  if (filter.region !== undefined && !everywhere && organisationIds.length === 0) {
    const path = regionPathOf(filter.region);
    if (!regionPaths.some((ancestor) => isWithinRegion(path, ancestor))) throw new AppError('platform.not_allowed');
  }
}

/** A page of masked persons within the actor's reach. Looking leaves one row with the filter and the number. */
export async function listPeopleInReach(
  ctx: RouteContext<'people.read'>,
  query: Query,
): Promise<z.input<typeof peopleAnswerSchema>> {
  const { actor, pool, platform } = ctx;
  await requireFilterInReach(pool, actor, 'people.read', query);
  const condition = allOf(conditionsOf(ctx, query));
  const { rows, total } = await findPersonRows(pool, condition, readIdCursor(query.cursor), query.limit);
  await recordAudit(pool, ctx, {
    action: 'people.list',
    object: { kind: 'organisation', id: query.organisationId ?? null },
    detail: {
      // That a name or a number was searched, not which.
      filter: { name: query.name !== undefined, idNumber: query.idNumber !== undefined, region: query.region ?? null },
      shown: rows.length,
      total,
      ...(rows.length === 1 ? { personId: rows[0]?.id } : {}),
    },
  });
  const items = rows.map((row) => presentListItem(platform.keys, row));
  return { items, total, nextCursor: items.length === query.limit ? (items.at(-1)?.id ?? null) : null };
}

function conditionsOf(ctx: RouteContext<'people.read'>, query: Query): ((first: number) => SqlCondition)[] {
  const { keys } = ctx.platform;
  const conditions = [
    (first: number) => personInReach(scopeOf(ctx.actor, 'people.read'), 'p', first, ctx.actor.personId),
  ];
  const { name, idNumber, organisationId, region } = query;
  if (name !== undefined && name !== '') {
    conditions.push((first) => ({ sql: `p.name_index = $${first}`, values: [nameIndex(keys, name)] }));
  }
  if (idNumber !== undefined && idNumber !== '') {
    const checked = checkIdNumber(idNumber);
    conditions.push((first) =>
      checked.valid
        ? {
            sql: `p.bucket = $${first} and p.id_number_index = $${first + 1}`,
            values: [personBucketOf(keys, checked.normalised), idNumberIndex(keys, checked.normalised)],
          }
        : { sql: 'false', values: [] },
    );
  }
  if (organisationId !== undefined) {
    conditions.push((first) => ({
      sql: `(p.bucket, p.id) in (select bucket, person_id from person_affiliation where organisation_id = $${first} and to_date is null)`,
      values: [organisationId],
    }));
  }
  if (region !== undefined) {
    conditions.push((first) => ({
      sql: `p.region_code in (select code from region where path like $${first})`,
      values: [`${regionPathOf(region)}%`],
    }));
  }
  return conditions;
}

/** The id a page begins after. */
export function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor))
    throw new AppError('people.bad_cursor');
  return cursor;
}

/** One person, masked. */
export async function readPerson(ctx: RouteContext<'people.read'>, personId: string): Promise<PersonDetail> {
  const row = await getReachablePerson(ctx.pool, ctx.actor, 'people.read', personId);
  await recordAudit(ctx.pool, ctx, { action: 'people.read', object: { kind: 'person', id: personId } });
  return presentDetail(ctx.platform.keys, row);
}
