import type { AccessPlace, AccessSample } from '../../platform/testing/access-sample.ts';

const rosterOf = (place: AccessPlace, role: string): string =>
  role === 'body-manager' || role === 'teacher' ? place.bodyId : place.enterpriseId;

/** How the access walk asks the scoped routes of this module. */
export const accessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/organisations',
    build: (_world, place) => ({ query: { region: place.regionCode } }),
    showsNothing: (answer) => (answer as { total: number }).total === 0,
  },
  {
    route: 'POST /api/organisations',
    build: (world, place) => ({
      body: { name: '岭步行客运', type: 'enterprise', uscc: world.freshUscc(), regionCode: place.regionCode },
    }),
  },
  { route: 'GET /api/people', build: (_world, place, role) => ({ query: { organisationId: rosterOf(place, role) } }) },
  { route: 'GET /api/people/:personId', build: (_world, place) => ({ params: { personId: place.personId } }) },
  {
    route: 'POST /api/people',
    build: (world, place, role) => ({
      body: { name: '容步行', idNumber: world.freshIdNumber(), organisationId: rosterOf(place, role) },
    }),
  },
  {
    route: 'POST /api/people/:personId/reveal',
    build: (_world, place) => ({ params: { personId: place.personId }, body: { reason: '核对证件' } }),
  },
  {
    route: 'POST /api/people/:personId/reset-password',
    build: async (world, place) => ({ params: { personId: await world.addPerson(place) } }),
  },
];
