import { randomUUID } from 'node:crypto';
import { bucketOf, placeInBucket } from '@antu/domain';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { planOf } from '../plans/access-samples.ts';
import { hashOfToken } from './device-token.ts';
import { freezePaper, insertPapers } from './freeze-paper.ts';

const TOKEN = 'access-walk';

/** A mock exam of the place's learner that runs on a device with the token above. */
async function runningSitting(world: AccessWorld, place: AccessPlace) {
  const { pool } = world.platform;
  const sittingId = placeInBucket(uuidv7(), bucketOf(place.personId));
  await pool.query(
    `insert into exam_sitting (bucket, id, person_id, kind, plan_id, rule_set_id, title_zh, state, opens_at, closes_at,
       duration_seconds, grace_seconds, started_at, ends_at, device_id, device_hash, created_at)
     values ($1, $2, $3, 'mock', $4, 'road-transport.exam.two-kinds.2019-07-18', '步行', 'running', now(), now() + interval '1 day',
       5400, 120, now(), now() + interval '1 hour', gen_random_uuid(), $5, now())`,
    [bucketOf(sittingId), sittingId, place.personId, await planOf(world, place), hashOfToken(TOKEN)],
  );
  await insertPapers(pool, [freezePaper(sittingId, 'walk', [], new Map(), new Date())]);
  return { params: { sittingId } };
}

const answers = [{ item: 0, answer: true, agoMs: 0 }];

/** How the access walk asks the routes of a sitting. */
export const sittingAccessSamples: readonly AccessSample[] = [
  { route: 'GET /api/exam-sittings/:sittingId', build: runningSitting },
  { route: 'GET /api/exam-sittings/:sittingId/result', build: runningSitting },
  {
    route: 'POST /api/exam-sittings/:sittingId/start',
    build: async (world, place) => ({
      ...(await runningSitting(world, place)),
      body: { deviceId: randomUUID(), takeOver: true },
    }),
  },
  {
    route: 'POST /api/exam-sittings/:sittingId/answers',
    build: async (world, place) => ({
      ...(await runningSitting(world, place)),
      body: { deviceToken: TOKEN, seq: 1, answers },
    }),
  },
  {
    route: 'POST /api/exam-sittings/:sittingId/events',
    build: async (world, place) => ({
      ...(await runningSitting(world, place)),
      body: { deviceToken: TOKEN, events: [{ kind: 'left', agoMs: 0 }] },
    }),
  },
  {
    route: 'POST /api/exam-sittings/:sittingId/submit',
    build: async (world, place) => ({ ...(await runningSitting(world, place)), body: { deviceToken: TOKEN } }),
  },
];
