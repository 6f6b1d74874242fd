import type { Permission } from '@antu/contract';
import { type AccessReach, type Membership, reaches, reachOf, regionPathOf, type ResourceScope } from '@antu/domain';
import { AppError } from '../../platform/errors.ts';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Actor } from '../../platform/http/actor.ts';

/** The memberships of an actor as the rules want them. */
export const membershipsOf = (actor: Actor): Membership[] =>
  actor.memberships.map(({ role, organisationId, regionCode }) => ({
    role,
    organisationId,
    regionPath: regionPathOf(regionCode),
  }));

/** Everything the actor reaches under a permission. */
export const scopeOf = (actor: Actor, permission: Permission): AccessReach => reachOf(membershipsOf(actor), permission);

/** Refuses (403, and a row in the audit log) unless the actor reaches the thing under the permission. */
export function requireReach(actor: Actor, permission: Permission, resource: ResourceScope): void {
  if (!reaches(scopeOf(actor, permission), resource, actor.personId)) throw new AppError('platform.not_allowed');
}

/** A condition of a where clause with the values of its parameters. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const likeAny = (paths: readonly string[]): string[] => paths.map((path) => `${path}%`);

/**
 * Rows of organisations within a reach.
 * @param column the organisation's id in the caller's statement, such as `o.id`
 * @param first number of the first free parameter
 */
export function organisationInReach(reach: AccessReach, column: string, first: number): SqlCondition {
  if (reach.everywhere) return { sql: 'true', values: [] };
  const parts: string[] = [];
  const values: unknown[] = [];
  if (reach.organisationIds.length > 0) {
    parts.push(`${column} = any($${first + values.length}::uuid[])`);
    values.push(reach.organisationIds);
  }
  if (reach.regionPaths.length > 0) {
    parts.push(`${column} in (select ro.id from organisation ro join region rr on rr.code = ro.region_code
      where rr.path like any($${first + values.length}::text[]))`);
    values.push(likeAny(reach.regionPaths));
  }
  return { sql: parts.length > 0 ? `(${parts.join(' or ')})` : 'false', values };
}

/**
 * Rows of persons within a reach: on the present roster of a reached organisation, or living in a reached region.
 * @param alias of a row with `bucket` and `id` of the person, such as `p`
 * @param actorPersonId the actor's own person, which a learner reaches
 */
export function personInReach(
  reach: AccessReach,
  alias: string,
  first: number,
  actorPersonId: string | null = null,
): SqlCondition {
  if (reach.everywhere) return { sql: 'true', values: [] };
  const parts: string[] = [];
  const values: unknown[] = [];
  const organisations = organisationInReach(reach, 'ra.organisation_id', first);
  if (organisations.sql !== 'false') {
    parts.push(`(${alias}.bucket, ${alias}.id) in (
      select ra.bucket, ra.person_id from person_affiliation ra where ra.to_date is null and ${organisations.sql})`);
    values.push(...organisations.values);
  }
  if (reach.regionPaths.length > 0) {
    parts.push(`(${alias}.bucket, ${alias}.id) in (select rp.bucket, rp.id from person rp
      join region rr on rr.code = rp.region_code where rr.path like any($${first + values.length}::text[]))`);
    values.push(likeAny(reach.regionPaths));
  }
  if (reach.self && actorPersonId !== null) {
    parts.push(`${alias}.id = $${first + values.length}::uuid`);
    values.push(actorPersonId);
  }
  return { sql: parts.length > 0 ? `(${parts.join(' or ')})` : 'false', values };
}

/** Where a person lies: present organisations, their regions, and the person's own. Undefined if there is no such person. */
export async function findPersonScope(
  db: Queryable,
  person: { bucket: number; id: string },
): Promise<ResourceScope | undefined> {
  const { rows } = await db.query<{ region_path: string; organisation_ids: string[]; organisation_paths: string[] }>(
    `select r.path as region_path,
       coalesce(array_agg(o.id) filter (where o.id is not null), '{}') as organisation_ids,
       coalesce(array_agg(ro.path) filter (where o.id is not null), '{}') as organisation_paths
     from person p join region r on r.code = p.region_code
       left join person_affiliation a on a.bucket = p.bucket and a.person_id = p.id and a.to_date is null
       left join organisation o on o.id = a.organisation_id
       left join region ro on ro.code = o.region_code
     where p.bucket = $1 and p.id = $2
     group by r.path`,
    [person.bucket, person.id],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    personId: person.id,
    organisationIds: row.organisation_ids,
    regionPaths: [row.region_path, ...row.organisation_paths],
  };
}

/** Where an organisation lies. Undefined if there is none. */
export async function findOrganisationScope(db: Queryable, organisationId: string): Promise<ResourceScope | undefined> {
  const { rows } = await db.query<{ path: string }>(
    'select r.path from organisation o join region r on r.code = o.region_code where o.id = $1',
    [organisationId],
  );
  return rows[0] && { organisationIds: [organisationId], regionPaths: [rows[0].path] };
}
