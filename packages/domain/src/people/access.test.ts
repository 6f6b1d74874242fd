import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allows, isWithinRegion, type Membership, type ResourceScope } from './access.ts';
import { bucketOf, placeInBucket } from './bucket.ts';
import { OPERATOR_ROLES, PERMISSION_NAMES, permissionRule } from './permissions.ts';
import { parentRegionCode, regionLevelOf, regionPathOf } from './regions.ts';
import { findRoleConflicts, isRoleFor, ROLE_RULES, ROLES, type Role } from './roles.ts';

const regionCodes = [
  '440000',
  '440100',
  '440104',
  '440106',
  '440300',
  '440305',
  '441900',
  '442000',
  '460000',
  '460400',
];
const organisations = ['org-a', 'org-b', 'org-c'];

const membership = fc.record({
  role: fc.constantFrom(...ROLES),
  organisationId: fc.constantFrom(...organisations),
  regionPath: fc.constantFrom(...regionCodes).map(regionPathOf),
});
const memberships = fc.array(membership, { maxLength: 4 });
const permission = fc.constantFrom(...PERMISSION_NAMES);
const resource: fc.Arbitrary<ResourceScope> = fc.record({
  personId: fc.constantFrom('person-1', 'person-2'),
  organisationIds: fc.subarray(organisations),
  regionPaths: fc.subarray(regionCodes).map((codes) => codes.map(regionPathOf)),
});
const held = (role: Role, organisationId: string, code: string): Membership => ({
  role,
  organisationId,
  regionPath: regionPathOf(code),
});
const at = (code: string): ResourceScope => ({ organisationIds: [], regionPaths: [regionPathOf(code)] });

describe('Region tree (GB/T 2260)', () => {
  it('places a county in its city in its province', () => {
    expect(regionPathOf('440104')).toBe('/440000/440100/440104/');
    expect(isWithinRegion(regionPathOf('440104'), regionPathOf('440100'))).toBe(true);
    expect(isWithinRegion(regionPathOf('440104'), regionPathOf('440000'))).toBe(true);
    expect(isWithinRegion(regionPathOf('440100'), regionPathOf('440104'))).toBe(false);
    expect(isWithinRegion(regionPathOf('440305'), regionPathOf('440100'))).toBe(false);
  });

  it.each([
    ['441900', '440000'],
    ['442000', '440000'],
    ['460400', '460000'],
  ])('%s is a city without counties right below %s', (code, province) => {
    expect(regionLevelOf(code)).toBe('city');
    expect(parentRegionCode(code)).toBe(province);
    expect(isWithinRegion(regionPathOf(code), regionPathOf(province))).toBe(true);
  });

  it('gives nothing to a path that is not one', () => {
    for (const ancestor of ['', '/', '/44', '/440000', '440000/', '//', '/4401000/']) {
      expect(isWithinRegion(regionPathOf('440104'), ancestor)).toBe(false);
    }
  });
});

describe('Access = role x organisation x region subtree', () => {
  it('is no by default', () => {
    fc.assert(
      fc.property(permission, resource, (name, thing) => {
        expect(allows([], name, thing, 'person-1')).toBe(false);
      }),
    );
  });

  it('lets nobody reach outside the subtree or the organisation', () => {
    fc.assert(
      fc.property(memberships, permission, resource, (list, name, thing) => {
        const rule = permissionRule(name);
        const reachable = list.some(({ role, organisationId, regionPath }) => {
          if (!rule.roles.includes(role)) return false;
          if (rule.scope === 'unscoped' || ROLE_RULES[role].reach === 'platform') return true;
          if (ROLE_RULES[role].reach === 'organisation') return thing.organisationIds.includes(organisationId);
          if (ROLE_RULES[role].reach === 'region') return thing.regionPaths.some((path) => path.startsWith(regionPath));
          return thing.personId === 'person-1';
        });
        expect(allows(list, name, thing, 'person-1')).toBe(reachable);
      }),
      { numRuns: 1000 },
    );
  });

  it('never loses access by a further membership', () => {
    fc.assert(
      fc.property(memberships, membership, permission, resource, (list, added, name, thing) => {
        if (allows(list, name, thing)) expect(allows([...list, added], name, thing)).toBe(true);
      }),
    );
  });

  it('gives a higher authority everything that a lower one below it reaches', () => {
    fc.assert(
      fc.property(permission, resource, (name, thing) => {
        const county = [held('officer-county', 'org-a', '440104')];
        const province = [held('officer-county', 'org-a', '440000')];
        if (allows(county, name, thing)) expect(allows(province, name, thing)).toBe(true);
      }),
    );
  });

  it('keeps one city from another and a county from its own city', () => {
    const guangzhou = [held('officer-city', 'org-a', '440100')];
    expect(allows(guangzhou, 'people.read', at('440104'))).toBe(true);
    expect(allows(guangzhou, 'people.read', at('440305'))).toBe(false);
    expect(allows(guangzhou, 'people.read', at('440000'))).toBe(false);
    expect(allows([held('officer-county', 'org-a', '440104')], 'people.read', at('440100'))).toBe(false);
  });

  it('does not let a manager in a region reach other organisations there', () => {
    const manager = [held('enterprise-manager', 'org-a', '440100')];
    const thing = { organisationIds: ['org-b'], regionPaths: [regionPathOf('440100')] };
    expect(allows(manager, 'people.read', thing)).toBe(false);
    expect(allows(manager, 'people.read', { ...thing, organisationIds: ['org-b', 'org-a'] })).toBe(true);
  });

  it('gives a learner only their own hours', () => {
    const learner = [held('learner', 'org-a', '440104')];
    const own = { personId: 'person-1', organisationIds: ['org-a'], regionPaths: [regionPathOf('440104')] };
    expect(allows(learner, 'hours.own', own, 'person-1')).toBe(true);
    expect(allows(learner, 'hours.own', own, 'person-2')).toBe(false);
    expect(allows(learner, 'hours.own', { organisationIds: [], regionPaths: [] }, null)).toBe(false);
    expect(allows(learner, 'people.read', own, 'person-1')).toBe(false);
  });
});

describe('Separated operators (GB/T 22239-2019 8.1.5)', () => {
  it('hold no permission that shows learners’ data', () => {
    for (const name of PERMISSION_NAMES) {
      const rule = permissionRule(name);
      if (rule.learnerData) expect(rule.roles.filter((role) => OPERATOR_ROLES.includes(role))).toEqual([]);
    }
  });

  it('exclude each other and every other role', () => {
    expect(findRoleConflicts(['system-operator', 'security-operator'])).toHaveLength(1);
    expect(findRoleConflicts(['audit-operator', 'officer-city'])).toHaveLength(1);
    expect(findRoleConflicts(['learner', 'security-operator', 'audit-operator'])).toHaveLength(3);
    expect(findRoleConflicts(['learner', 'enterprise-manager', 'teacher'])).toEqual([]);
    expect(findRoleConflicts(['audit-operator', 'audit-operator'])).toEqual([]);
  });

  it('are the roles marked as operators', () => {
    expect(ROLES.filter((role) => ROLE_RULES[role].operator)).toEqual(OPERATOR_ROLES);
  });
});

describe('Where a role may be held', () => {
  it.each([
    ['officer-county', 'authority', 'county', true],
    ['officer-county', 'authority', 'city', false],
    ['officer-province', 'authority', 'city', false],
    ['officer-city', 'enterprise', 'city', false],
    ['enterprise-manager', 'enterprise', 'county', true],
    ['enterprise-manager', 'training-body', 'county', false],
    ['teacher', 'driving-school', 'city', true],
    ['learner', 'enterprise', 'county', true],
  ] as const)('%s in an organisation of type %s at %s level: %s', (role, type, level, allowed) => {
    expect(isRoleFor(role, type, level)).toBe(allowed);
  });
});

describe('Buckets', () => {
  it('follow from the last bits of the id and can be chosen', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 63 }), (id, bucket) => {
        expect(bucketOf(id)).toBeGreaterThanOrEqual(0);
        expect(bucketOf(id)).toBeLessThan(64);
        expect(bucketOf(placeInBucket(id, bucket))).toBe(bucket);
        expect(placeInBucket(id, bucketOf(id))).toBe(id);
      }),
    );
  });
});
