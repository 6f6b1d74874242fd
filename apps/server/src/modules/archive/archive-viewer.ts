import type { Permission } from '@antu/contract';
import type { ArchiveViewer } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Actor } from '../../platform/http/actor.ts';
import { bucketOf, permissionRule, reaches } from '@antu/domain';
import { findPersonScope, scopeOf } from '../people/index.ts';

/** With which eyes an account that reaches the person looks: an authority sees all, organisations what is theirs. */
export async function viewerOf(
  db: Queryable,
  actor: Actor,
  permission: Permission,
  personId: string,
): Promise<ArchiveViewer> {
  const scope = await findPersonScope(db, { bucket: bucketOf(personId), id: personId });
  const byRegion = { ...scopeOf(actor, permission), organisationIds: [] };
  if (scope && reaches(byRegion, scope, null)) return { whole: true };
  const { roles } = permissionRule(permission);
  const of = (role: 'enterprise-manager' | 'body-manager'): string[] =>
    actor.memberships.filter((one) => one.role === role && roles.includes(role)).map((one) => one.organisationId);
  return { whole: false, employerIds: of('enterprise-manager'), bodyIds: of('body-manager') };
}
