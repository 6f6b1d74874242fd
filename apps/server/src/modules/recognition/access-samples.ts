import type { AccessSample } from '../../platform/testing/access-sample.ts';

/** How the access walk asks the routes of recognition. */
export const accessSamples: readonly AccessSample[] = [
  { route: 'GET /api/people/:personId/purposes', build: (_, { personId }) => ({ params: { personId } }) },
  {
    // Nobody of the walk has studied for it: who may claim is told what is missing.
    route: 'POST /api/people/:personId/subsidy-claims',
    build: (_, { personId }) => ({ params: { personId }, body: { purpose: 'continuing-education' } }),
    alsoGiven: [409],
  },
];
