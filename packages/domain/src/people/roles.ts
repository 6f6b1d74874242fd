import type { RegionLevel } from './regions.ts';

/** How far a role reaches: the person themself, one organisation, a region subtree, or the whole platform. */
export type Reach = 'self' | 'organisation' | 'region' | 'platform';

/** What an organisation is. One organisation has exactly one type. */
export const ORGANISATION_TYPES = [
  'authority',
  'enterprise',
  'training-body',
  'driving-school',
  'online-platform',
] as const;
export type OrganisationType = (typeof ORGANISATION_TYPES)[number];

export const ROLES = [
  'learner',
  'enterprise-manager',
  'body-manager',
  'teacher',
  'officer-county',
  'officer-city',
  'officer-province',
  'platform-reviewer',
  'system-operator',
  'security-operator',
  'audit-operator',
] as const;
export type Role = (typeof ROLES)[number];

interface RoleRule {
  readonly reach: Reach;
  /** Staff sign in with a second factor and longer passwords. */
  readonly staff: boolean;
  /** Types of organisation in which the role may be held. */
  readonly organisationTypes: readonly OrganisationType[];
  /** One of the three separated operators (GB/T 22239-2019 8.1.5: system, security and audit administration). */
  readonly operator: boolean;
}

const officer: RoleRule = { reach: 'region', staff: true, organisationTypes: ['authority'], operator: false };
const operator: RoleRule = {
  reach: 'platform',
  staff: true,
  organisationTypes: ['authority', 'online-platform'],
  operator: true,
};
const trainers: readonly OrganisationType[] = ['training-body', 'driving-school', 'online-platform'];

export const ROLE_RULES = {
  learner: { reach: 'self', staff: false, organisationTypes: ORGANISATION_TYPES, operator: false },
  'enterprise-manager': { reach: 'organisation', staff: true, organisationTypes: ['enterprise'], operator: false },
  'body-manager': { reach: 'organisation', staff: true, organisationTypes: trainers, operator: false },
  teacher: { reach: 'organisation', staff: true, organisationTypes: trainers, operator: false },
  'officer-county': officer,
  'officer-city': officer,
  'officer-province': officer,
  'platform-reviewer': {
    reach: 'platform',
    staff: true,
    organisationTypes: ['authority', 'online-platform'],
    operator: false,
  },
  'system-operator': operator,
  'security-operator': operator,
  'audit-operator': operator,
} as const satisfies Record<Role, RoleRule>;

/**
 * Whether a role may be held in an organisation of this type and region level. An officer's level is that of the
 * authority's region; a city without counties has city officers only.
 */
export const isRoleFor = (role: Role, type: OrganisationType, level: RegionLevel): boolean => {
  const types: readonly OrganisationType[] = ROLE_RULES[role].organisationTypes;
  return types.includes(type) && (!role.startsWith('officer-') || role === `officer-${level}`);
};

/** True for every role that is not the learner's: staff need a second factor and a longer password. */
export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => ROLE_RULES[role].staff);

/**
 * Pairs of roles one account may not hold together. An operator account holds its one role and nothing else, so that
 * nobody who runs the platform, grants access or reads the log can also see learners' data.
 */
export const findRoleConflicts = (roles: readonly Role[]): readonly (readonly [Role, Role])[] => {
  const held = [...new Set(roles)];
  return held.flatMap((first, at) =>
    held
      .slice(at + 1)
      .filter((second) => ROLE_RULES[first].operator || ROLE_RULES[second].operator)
      .map((second) => [first, second] as const),
  );
};
