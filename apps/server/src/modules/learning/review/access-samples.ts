import { bucketOf, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { finishedSession } from '../views/access-samples.ts';
import { putCases } from './ensure-case.ts';

/** How the access walk asks the scoped routes of the review desk. */
export const reviewAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/review-cases',
    build: async (world, place) => {
      await caseOf(world, place);
      return { query: { limit: '100' } };
    },
    showsNothing: (answer, place) => {
      const { items } = answer as { items: { personId: string }[] };
      return items.every((item) => item.personId !== place.personId);
    },
  },
  {
    route: 'GET /api/review-cases/:caseId',
    build: async (world, place) => ({ params: { caseId: (await caseOf(world, place)).caseId } }),
  },
  {
    route: 'POST /api/review-cases/:caseId/decisions',
    build: async (world, place) => ({
      params: { caseId: (await caseOf(world, place)).caseId },
      body: { decision: 'void-all', mediaSeconds: [], reason: '步行核查' },
    }),
  },
  {
    route: 'POST /api/appeals/:appealId/answer',
    build: async (world, place) => ({
      params: { appealId: await appealOf(world, place) },
      body: { grant: false, answer: '步行核查' },
    }),
  },
];

/** A case about a finished session of the place's learner, in a course of the place's training body. */
async function caseOf(world: AccessWorld, place: AccessPlace): Promise<{ caseId: string; sessionId: string }> {
  const { pool, clock } = world.platform;
  const sessionId = await finishedSession(world, place);
  const bucket = bucketOf(sessionId);
  await putCases(
    pool,
    [{ session: { bucket, id: sessionId }, score: 50, reasons: { ruleSetId: null, reasons: [] } }],
    clock.now(),
  );
  const { rows } = await pool.query<{ id: string }>(
    'select id from review_case where bucket = $1 and session_id = $2',
    [bucket, sessionId],
  );
  return { caseId: rows[0]?.id ?? '', sessionId };
}

async function appealOf(world: AccessWorld, place: AccessPlace): Promise<string> {
  const { pool, clock } = world.platform;
  const { sessionId } = await caseOf(world, place);
  const bucket = bucketOf(sessionId);
  const id = placeInBucket(uuidv7(clock.nowMs()), bucket);
  await pool.query(
    `insert into study_appeal (bucket, id, person_id, session_id, text, at, state) values ($1, $2, $3, $4, '步行核查', $5, 'open')`,
    [bucket, id, place.personId, sessionId, clock.now()],
  );
  await pool.query('update review_case set has_open_appeal = true where bucket = $1 and session_id = $2', [
    bucket,
    sessionId,
  ]);
  return id;
}
