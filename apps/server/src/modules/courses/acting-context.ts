import type { Role } from '@antu/contract';
import type { Platform } from '../../platform/module.ts';
import type { CourseContext } from './context.ts';

/** Somebody in an organisation who does something without a request: the makers of the demo, and of tests. */
export interface ActingPerson {
  readonly accountId: string;
  readonly role: Role;
  readonly organisationId: string;
  readonly regionCode: string;
}

/** A context in which use cases run as this person. The audit log shows the account and `system` as the address. */
export const actingContext = (platform: Platform, person: ActingPerson, requestId: string): CourseContext => ({
  platform,
  pool: platform.pool,
  now: () => platform.clock.now(),
  address: 'system',
  requestId,
  actor: {
    accountId: person.accountId,
    personId: null,
    sessionId: requestId,
    csrfToken: '',
    memberships: [
      {
        membershipId: requestId,
        role: person.role,
        organisationId: person.organisationId,
        regionCode: person.regionCode,
      },
    ],
  },
});
