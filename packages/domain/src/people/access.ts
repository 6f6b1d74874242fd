import { type Permission, permissionRule } from './permissions.ts';
import { ROLE_RULES, type Role } from './roles.ts';

/** A role held in an organisation, with the place of that organisation in the region tree. */
export interface Membership {
  readonly role: Role;
  readonly organisationId: string;
  /** Materialised path of the organisation's region, such as `/440000/440100/440104/`. */
  readonly regionPath: string;
}

/** What an access question is about: where the thing lies. Several entries when a person belongs to several. */
export interface ResourceScope {
  readonly personId?: string | undefined;
  readonly organisationIds: readonly string[];
  readonly regionPaths: readonly string[];
}

/** Everything a set of memberships reaches under one permission; the union of what each gives. */
export interface AccessReach {
  readonly everywhere: boolean;
  readonly organisationIds: readonly string[];
  readonly regionPaths: readonly string[];
  /** Only the actor's own person. */
  readonly self: boolean;
}

/**
 * Whether `path` is `ancestor` or lies below it. Paths start and end with a slash, so 4401 never matches 440100. A
 * path that is not of that form contains nothing and lies in nothing.
 */
export const isWithinRegion = (path: string, ancestor: string): boolean =>
  /^\/(\d{6}\/){1,3}$/.test(ancestor) && path.startsWith(ancestor);

/** What the memberships reach under a permission. An empty reach means no. */
export const reachOf = (memberships: readonly Membership[], permission: Permission): AccessReach => {
  const rule = permissionRule(permission);
  const holding = memberships.filter(({ role }) => rule.roles.includes(role));
  const by = (reach: string) => holding.filter(({ role }) => ROLE_RULES[role].reach === reach);
  return {
    everywhere: by('platform').length > 0 || (rule.scope === 'unscoped' && holding.length > 0),
    organisationIds: [...new Set(by('organisation').map(({ organisationId }) => organisationId))],
    regionPaths: [...new Set(by('region').map(({ regionPath }) => regionPath))],
    self: by('self').length > 0,
  };
};

/** Whether a reach contains the thing. */
export const reaches = (reach: AccessReach, resource: ResourceScope, actorPersonId: string | null): boolean =>
  reach.everywhere ||
  resource.organisationIds.some((id) => reach.organisationIds.includes(id)) ||
  resource.regionPaths.some((path) => reach.regionPaths.some((ancestor) => isWithinRegion(path, ancestor))) ||
  (reach.self && actorPersonId !== null && resource.personId === actorPersonId);

/** Whether the permission is held anywhere at all: what a route asks before it knows the thing. */
export const holds = (memberships: readonly Membership[], permission: Permission): boolean =>
  memberships.some(({ role }) => permissionRule(permission).roles.includes(role));

/** Access = role x organisation x region subtree. What is not allowed here is forbidden. */
export const allows = (
  memberships: readonly Membership[],
  permission: Permission,
  resource: ResourceScope,
  actorPersonId: string | null = null,
): boolean => reaches(reachOf(memberships, permission), resource, actorPersonId);
