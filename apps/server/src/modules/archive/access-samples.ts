import { bucketOf } from '@antu/domain';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';

/** The person's enrolment with the body or employment by the enterprise, whichever the role may see. */
async function entryOf({ platform }: AccessWorld, { personId }: AccessPlace, role: string): Promise<string> {
  const { rows } = await platform.pool.query<{ id: string }>(
    'select id from person_affiliation where bucket = $1 and person_id = $2 and kind = $3',
    [bucketOf(personId), personId, role === 'body-manager' ? 'enrolled' : 'employed'],
  );
  return rows[0]?.id ?? '';
}

/** How the access walk asks the routes of the archive. */
export const accessSamples: readonly AccessSample[] = [
  { route: 'GET /api/people/:personId/archive', build: (_, { personId }) => ({ params: { personId } }) },
  {
    route: 'POST /api/people/:personId/archive-notes',
    build: async (world, place, role) => ({
      params: { personId: place.personId },
      body: { kind: 'employment', entryId: await entryOf(world, place, role), text: '日期以合同为准' },
    }),
  },
];
