import type { Role } from '@antu/contract';
import { PERMISSION_NAMES, permissionRule } from '@antu/domain';
import { type TestActor, testActor } from '../../../../platform/testing/index.ts';

/** Somebody with the permissions that a role has, in an organisation of a region. */
export function actorOf(role: Role, organisationId: string, regionCode: string): TestActor {
  return testActor({
    personId: null,
    memberships: [{ membershipId: `${role}/${organisationId}`, role, organisationId, regionCode }],
    permissions: PERMISSION_NAMES.filter((name) => permissionRule(name).roles.includes(role)),
  });
}

/** A learner who is this person. */
export function learner(personId: string): TestActor {
  return { ...actorOf('learner', '00000000-0000-4000-8000-000000000000', '440104'), personId };
}
