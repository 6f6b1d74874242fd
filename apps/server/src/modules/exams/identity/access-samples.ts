import { randomBytes } from 'node:crypto';
import { bucketOf, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { bookedSittingOf } from '../dates/access-samples.ts';
import { hashOfToken } from '../sittings/device-token.ts';

const TOKEN = 'access-walk';

/** A sitting of the place's learner that runs, watched, on a device with the token above. */
async function watchedSitting(world: AccessWorld, place: AccessPlace): Promise<string> {
  const { sittingId } = await bookedSittingOf(world, place);
  await world.platform.pool.query(
    `update exam_sitting set state = 'running', started_at = now(), ends_at = now() + interval '1 hour', watched = true,
       device_id = gen_random_uuid(), device_hash = $3 where bucket = $1 and id = $2`,
    [bucketOf(sittingId), sittingId, hashOfToken(TOKEN)],
  );
  return sittingId;
}

/** A picture of the sitting whose file is gone: who may see it is told so. */
async function pictureOf({ platform }: AccessWorld, place: AccessPlace, sittingId: string): Promise<string> {
  const bucket = bucketOf(place.personId);
  const captureId = placeInBucket(uuidv7(), bucket);
  await platform.pool.query(
    `insert into identity_capture (bucket, id, person_id, session_id, kind, sha256, size_bytes, taken_at, keep_until)
     values ($1, $2, $3, $4, 'random', $5, 1, now(), now())`,
    [bucket, captureId, place.personId, sittingId, randomBytes(32)],
  );
  return captureId;
}

/** How the access walk asks who sits an exam. */
export const examIdentityAccessSamples: readonly AccessSample[] = [
  {
    route: 'POST /api/exam-sittings/:sittingId/identity',
    build: async (world, place) => ({ params: { sittingId: (await bookedSittingOf(world, place)).sittingId } }),
  },
  {
    route: 'POST /api/exam-sittings/:sittingId/pictures/:pictureId',
    build: async (world, place) => ({
      params: { sittingId: await watchedSitting(world, place), pictureId: '0' },
      body: { deviceToken: TOKEN, picture: null, failure: 'denied' },
    }),
  },
  {
    route: 'POST /api/exams/:examId/identity',
    build: async (world, place) => {
      const { examId, sittingId } = await bookedSittingOf(world, place);
      return { params: { examId }, body: { sittingId, reason: '已核对身份证' } };
    },
  },
  {
    route: 'GET /api/exams/:examId/sittings/:sittingId',
    build: async (world, place) => ({ params: await bookedSittingOf(world, place) }),
  },
  {
    route: 'GET /api/exams/:examId/sittings/:sittingId/pictures/:captureId',
    alsoGiven: [410],
    build: async (world, place) => {
      const { examId, sittingId } = await bookedSittingOf(world, place);
      return { params: { examId, sittingId, captureId: await pictureOf(world, place, sittingId) } };
    },
  },
];
