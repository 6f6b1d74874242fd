import { bucketOf, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';

const CATEGORY = '02001';

interface Walked {
  readonly personId: string;
  readonly licenceId: string;
}

/** A licence of somebody of the place that may be renewed today. */
async function licenceOf(world: AccessWorld, place: AccessPlace, own = false): Promise<Walked> {
  const personId = own ? place.personId : await world.addPerson(place);
  const licenceId = placeInBucket(uuidv7(), bucketOf(personId));
  const { pool, clock } = world.platform;
  // One of a category at a time: the walk asks for the same learner again and again.
  await pool.query(`update licence set standing = 'cancelled' where bucket = $1 and person_id = $2`, [
    bucketOf(personId),
    personId,
  ]);
  await pool.query(
    `update licence_request set state = 'refused', decided_by = gen_random_uuid(), decided_at = now(), decision_note = ''
     where bucket = $1 and person_id = $2 and state = 'open'`,
    [bucketOf(personId), personId],
  );
  await pool.query(
    `insert into licence (bucket, id, person_id, category, authority_id, medium, first_issued_on, valid_from, valid_until, lapses_on,
       standing, rule_set_id, created_at)
     select $1, $2, $3, $4, $5, 'electronic', d - 2100, d - 2100, d + 60, d + 241, 'granted', 'road-transport.licence.road.2014-01-01',
       now()
     from (select $6::timestamptz::date as d) as today`,
    [bucketOf(personId), licenceId, personId, CATEGORY, place.authorityId, clock.now()],
  );
  return { personId, licenceId };
}

/** A request that somebody else has filed. */
async function requestOf(world: AccessWorld, place: AccessPlace) {
  const { personId, licenceId } = await licenceOf(world, place);
  const requestId = placeInBucket(uuidv7(), bucketOf(personId));
  await world.platform.pool.query(
    `insert into licence_request (bucket, id, person_id, category, licence_id, kind, reason, note, state, asked_by, by_holder, asked_at)
     values ($1, $2, $3, $4, $5, 'renew', 6, $6, 'open', gen_random_uuid(), true, now())`,
    [bucketOf(requestId), requestId, personId, CATEGORY, licenceId, noteOf(place)],
  );
  return { params: { requestId } };
}

/** Tells the places apart in the list. */
const noteOf = ({ authorityId }: AccessPlace): string => `步行 ${authorityId}`;
const named = async (world: AccessWorld, place: AccessPlace) => ({
  params: { licenceId: (await licenceOf(world, place)).licenceId },
});
const ownNamed = async (world: AccessWorld, place: AccessPlace) => ({
  params: { licenceId: (await licenceOf(world, place, true)).licenceId },
});

/** How the access walk asks the routes of licences. */
export const accessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/licences',
    build: async (world, place) => {
      await licenceOf(world, place, true);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { personId: string }[] }).items.every(({ personId }) => personId !== place.personId),
  },
  { route: 'GET /api/licences/:licenceId', build: named },
  {
    route: 'POST /api/licences/own/:licenceId/requests',
    build: async (world, place) => ({ ...(await ownNamed(world, place)), body: { kind: 'renew', reason: 6 } }),
  },
  {
    route: 'POST /api/licence-requests',
    build: async (world, place) => ({
      body: { personId: await world.addPerson(place), category: CATEGORY, kind: 'issue', reason: 1 },
    }),
  },
  {
    route: 'GET /api/licence-requests',
    build: async (world, place) => {
      await requestOf(world, place);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { note: string }[] }).items.every(({ note }) => note !== noteOf(place)),
  },
  {
    route: 'POST /api/licence-requests/:requestId/decision',
    build: async (world, place) => ({ ...(await requestOf(world, place)), body: { decision: 'granted' } }),
  },
  { route: 'POST /api/licences/own/:licenceId/token', build: ownNamed, alsoGiven: [409] },
  {
    // Cards of people outside come back as rows that are refused: the register of others is not told.
    route: 'POST /api/licence-cards',
    build: (world) => ({
      body: {
        dryRun: true,
        rows: [
          {
            idNumber: world.freshIdNumber(),
            category: CATEGORY,
            medium: '纸质',
            cardNumber: '',
            firstIssuedOn: '2021-12-01',
            validFrom: '2021-12-01',
            validUntil: '2027-11-30',
          },
        ],
      },
    }),
    showsNothing: (answer) => (answer as { refused: number }).refused === 1,
  },
];
