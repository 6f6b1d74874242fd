import { bucketOf } from '@antu/domain';
import type { Permission } from '@antu/contract';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http/actor.ts';
import { findPersonScope, requireReach } from '../people/index.ts';

/** Refuses unless the person is on a roster, or lives in a region, that the actor reaches. */
export async function requirePersonInReach(
  db: Queryable,
  actor: Actor,
  permission: Permission,
  personId: string,
): Promise<void> {
  const scope = await findPersonScope(db, { bucket: bucketOf(personId), id: personId });
  if (!scope) throw new AppError('people.not_found');
  requireReach(actor, permission, scope);
}

/** Nobody says of themself who they are, whatever office they hold. */
export function refuseSelf(actor: Actor, personId: string): void {
  if (actor.personId === personId) throw new AppError('platform.not_allowed');
}
