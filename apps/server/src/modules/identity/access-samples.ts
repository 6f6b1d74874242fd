import { randomBytes } from 'node:crypto';
import type { Role } from '@antu/contract';
import { bucketOf, currentFaceNotice, placeInBucket } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';
import { systemAuditContext } from '../audit/index.ts';
import { keepCapture } from './checks/capture-rows.ts';
import { openChallenge } from './checks/open-challenge.ts';
import { replaceEnrolment, sealTemplate } from './enrolment/enrolment-rows.ts';
import { enrolmentPictureKey, personPrefix, putSealed } from './files/sealed-files.ts';

const rosterOf = (place: AccessPlace, role: Role): string =>
  role === 'body-manager' || role === 'teacher' ? place.bodyId : place.enterpriseId;

/** The smallest picture that is one: a white pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4//8/AwAI/AL+p5qgoAAAAABJRU5ErkJggg==',
  'base64',
);
const picture = PIXEL.toString('base64');
const person = (_world: AccessWorld, place: AccessPlace) => ({ params: { personId: place.personId } });
const challengeParams = async (world: AccessWorld, place: AccessPlace) => ({
  challengeId: await challengeOf(world, place),
});

/** How the access walk asks the scoped routes of this module. */
export const accessSamples: readonly AccessSample[] = [
  {
    route: 'POST /api/identity/challenges/:challengeId/steps/:step',
    // The sign-in of the walk's learner is not that of the sample, and nobody is enrolled: past the door all the same.
    alsoGiven: [404, 409],
    build: async (world, place) => ({
      params: { ...(await challengeParams(world, place)), step: '-1' },
      body: { nonce: 'x', frames: [{ atMs: 0, picture }] },
    }),
  },
  {
    route: 'POST /api/identity/challenges/:challengeId/code',
    alsoGiven: [404, 422],
    build: async (world, place) => ({ params: await challengeParams(world, place), body: { code: '000000' } }),
  },
  {
    route: 'POST /api/identity/challenges/:challengeId/review',
    alsoGiven: [404, 409],
    build: async (world, place) => ({
      params: await challengeParams(world, place),
      body: { nonce: 'x', face: picture, idCard: picture },
    }),
  },
  { route: 'GET /api/people/:personId/identity', build: person },
  {
    route: 'POST /api/people/:personId/identity/picture',
    // Nobody of the walk agreed to face checks.
    alsoGiven: [409],
    build: async (world, place) => ({
      params: { personId: await world.addPerson(place) },
      body: { source: 'on-site', picture },
    }),
  },
  {
    route: 'POST /api/people/:personId/identity/confirmation',
    build: async (world, place) => {
      const { personId, enrolledAt } = await enrolledPerson(world, place, 'waiting');
      return { params: { personId }, body: { accept: true, enrolledAt: enrolledAt.toISOString() } };
    },
  },
  {
    route: 'GET /api/organisations/:organisationId/identity/waiting',
    build: (_world, place, role) => ({ params: { organisationId: rosterOf(place, role) } }),
  },
  { route: 'POST /api/people/:personId/identity/codes', build: person },
  {
    route: 'GET /api/people/:personId/identity/picture',
    build: async (world, place) => ({
      params: { personId: (await enrolledPerson(world, place, 'active')).personId },
    }),
  },
  {
    route: 'GET /api/identity/captures/:captureId',
    build: async (world, place) => ({ params: { captureId: await captureOf(world, place) } }),
  },
  {
    route: 'GET /api/identity/reviews',
    build: (_world, place, role) => ({ query: { organisationId: rosterOf(place, role) } }),
  },
  {
    route: 'POST /api/identity/reviews/:reviewId/votes',
    build: async (world, place, role) => ({
      params: { reviewId: await reviewOf(world, place, rosterOf(place, role)) },
      body: { approve: false, reason: '步行' },
    }),
  },
];

/** A check of the place's learner, begun by nobody in particular. */
async function challengeOf({ platform }: AccessWorld, { personId, regionCode }: AccessPlace): Promise<string> {
  const { challengeId } = await openChallenge(
    platform,
    systemAuditContext(() => platform.clock.now(), uuidv7()),
    {
      personId,
      purpose: 'sign-in',
      sessionId: null,
      checkId: null,
      scheme: 'work-safety',
      regionCode,
      loginSessionId: randomBytes(16).toString('hex'),
    },
  );
  return challengeId;
}

async function enrolledPerson(
  world: AccessWorld,
  place: AccessPlace,
  state: 'waiting' | 'active',
): Promise<{ personId: string; enrolledAt: Date }> {
  const { platform } = world;
  const personId = await world.addPerson(place);
  const id = placeInBucket(uuidv7(), bucketOf(personId));
  const enrolledAt = platform.clock.now();
  const pictureKey = enrolmentPictureKey(personId, id);
  await putSealed(platform, pictureKey, PIXEL);
  await transaction(platform.pool, (tx) =>
    replaceEnrolment(tx, {
      id,
      personId,
      state,
      source: 'self',
      provider: 'builtin',
      templateSealed: sealTemplate(platform.keys, Buffer.from(currentFaceNotice().version), id),
      pictureKey,
      pictureUntil: new Date(enrolledAt.getTime() + 86_400_000),
      ruleSetId: 'walk',
      enrolledBy: place.learnerAccountId,
      enrolledAt,
      decidedBy: null,
      decidedAt: null,
      refusedBecause: null,
    }),
  );
  return { personId, enrolledAt };
}

async function captureOf({ platform }: AccessWorld, { personId }: AccessPlace): Promise<string> {
  const id = await transaction(platform.pool, (tx) =>
    keepCapture(
      tx,
      platform,
      {
        personId,
        checkId: null,
        sessionId: null,
        kind: 'review-face',
        step: null,
        bytes: PIXEL,
        sha256Hex: randomBytes(32).toString('hex'),
        takenAtMs: platform.clock.nowMs(),
        keepDays: 1,
      },
      (captureId) => `${personPrefix(personId)}/captures/${captureId}`,
    ),
  );
  if (id === undefined) throw new Error('the walk’s picture is none');
  return id;
}

/** A review of this organisation, whichever kind of organisation the role belongs to. */
async function reviewOf(world: AccessWorld, place: AccessPlace, organisationId: string): Promise<string> {
  const { platform } = world;
  const bucket = bucketOf(place.personId);
  const id = placeInBucket(uuidv7(), bucket);
  await platform.pool.query(
    `insert into identity_review (bucket, id, person_id, organisation_id, region_code, purpose, face_capture_id, state, asked_at)
     values ($1, $2, $3, $4, $5, 'sign-in', $6, 'open', $7)`,
    [bucket, id, place.personId, organisationId, place.regionCode, await captureOf(world, place), platform.clock.now()],
  );
  return id;
}
