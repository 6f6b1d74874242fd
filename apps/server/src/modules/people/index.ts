import type { ServerModule } from '../../platform/module.ts';
import { accessControlOf } from './access-control.ts';
import { registerAccountRoutes } from './account-routes.ts';
import { registerAuthRoutes } from './auth-routes.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts';
import { registerPeopleRoutes } from './people-routes.ts';
import { addFirstOperator } from './add-first-operator.ts';
import { seedDemoPeople } from './seed-demo.ts';
import { sessionCacheOf } from './session-cache.ts';
import { purgeSessions } from './jobs.ts';

export { DEMO_ACCOUNTS, DEMO_PASSWORD, type DemoAccount } from './demo-accounts.ts';
export { DEMO_ORGANISATIONS, demoId } from './demo-organisations.ts';
export { DEMO_LEARNERS } from './demo-people.ts';
export { findDisplayNames } from './display-names.ts';
export {
  findAffiliations,
  findPersonIdByLogin,
  findPersonName,
  findPersonNames,
  type PersonName,
} from './find-person.ts';
export { requireOwnPerson } from './own-person.ts';
export { getReachablePerson, requireFilterInReach } from './read-people.ts';
export {
  findOrganisationScope,
  findPersonScope,
  membershipsOf,
  organisationInReach,
  personInReach,
  requireReach,
  scopeOf,
  type SqlCondition,
} from './scope.ts';
export {
  idNumberIndex,
  nameIndex,
  openIdNumber,
  openMaskedIdNumber,
  openMaskedName,
  openName,
  personBucketOf,
} from './sealed-columns.ts';
export { csrfTokenOf, makeSessionToken } from './session-token.ts';
export { insertAccount, insertAffiliation, insertPerson } from './write-person.ts';

export const peopleModule: ServerModule = {
  name: 'people',
  access: (platform) => accessControlOf(platform),
  register(app, platform) {
    const cache = sessionCacheOf(platform);
    app.addHook('onReady', () => cache.start());
    app.addHook('onClose', () => cache.stop());
    registerAuthRoutes(app);
    registerPeopleRoutes(app);
    registerAccountRoutes(app);
  },
  jobs: [purgeSessions],
  cron: [{ match: '23 * * * *', job: purgeSessions, payload: {} }],
  seed: (platform) => seedDemoPeople(platform),
  constraints: {
    organisation__uscc: 'people.uscc_taken',
    account__person_once: 'platform.conflict',
    person__id_number: 'platform.conflict',
    person_affiliation__once_at_a_time: 'people.already_on_roster',
    login_name__name: 'people.login_taken',
    membership__operators_apart: 'people.role_conflict',
  },
  commands: [
    {
      name: 'add-security-operator',
      summary:
        'create the first security operator of a new instance: <user-name> <name> <organisation> <credit-code> <region-code>',
      run: addFirstOperator,
    },
  ],
  async startNotes() {
    const lines = DEMO_ACCOUNTS.map(
      ({ login, displayName, role, totpSecret }) =>
        `  ${login.padEnd(18)}${role.padEnd(20)}${displayName}${totpSecret === null ? '' : '  (second factor: code on the sign-in page)'}`,
    );
    return [`Demo accounts, password ${DEMO_PASSWORD}:`, ...lines];
  },
};
