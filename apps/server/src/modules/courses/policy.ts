import type { Permission } from '@antu/contract';
import type { Actor } from '../../platform/http/actor.ts';
import { requireReach, scopeOf } from '../people/index.ts';

/** Refuses unless the actor holds the permission in the organisation, or everywhere. */
export const requireOrganisation = (actor: Actor, permission: Permission, organisationId: string): void =>
  requireReach(actor, permission, { organisationIds: [organisationId], regionPaths: [] });

/** Courses of which an actor sees every version: authors those of their organisations, platform reviewers all. */
export interface InsideReach {
  readonly everywhere: boolean;
  readonly organisationIds: readonly string[];
}

/** Where the actor sees drafts, reviews and unpublished media; everywhere else only what is published. */
export const insideReachOf = (actor: Actor): InsideReach => {
  const { everywhere, organisationIds } = scopeOf(actor, 'media.preview');
  return { everywhere, organisationIds };
};

export const isInside = (reach: InsideReach, organisationId: string): boolean =>
  reach.everywhere || reach.organisationIds.includes(organisationId);
