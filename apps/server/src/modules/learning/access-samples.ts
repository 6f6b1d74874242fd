import { randomUUID } from 'node:crypto';
import { bucketOf, placeInBucket } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';
import { insertCheck, type NewCheck } from '../identity/index.ts';
import { findStudyLesson } from './find-lesson.ts';
import { makeMediaToken } from './media/index.ts';
import { openStudy } from './open-session.ts';
import { publishedVideo } from './testing/published-video.ts';
import { reviewAccessSamples } from './review/access-samples.ts';
import { viewAccessSamples } from './views/access-samples.ts';
import { publishedCourse } from './views/testing/published-course.ts';

const beat = { seq: 1, mediaMs: 0, activity: 'playing', touched: true, ageMs: 0 };

/** How the access walk asks the scoped routes of this module. */
export const accessSamples: readonly AccessSample[] = [
  ...viewAccessSamples,
  ...reviewAccessSamples,
  {
    route: 'POST /api/study-sessions/:sessionId/beats',
    build: async (world, place) => ({ params: await runningSession(world, place), body: { beats: [beat] } }),
  },
  {
    route: 'POST /api/study-sessions/:sessionId/presence',
    build: async (world, place) => ({
      params: await runningSession(world, place),
      // No question is open: whoever may answer is told how the session stands.
      body: { promptId: '00000000-0000-4000-8000-000000000000', beat },
    }),
  },
  {
    route: 'GET /api/study-media/:token/:mediaId/*',
    build: async (world, place) => {
      const { sessionId } = await runningSession(world, place);
      const mediaId = await publishedVideo(world, place);
      return {
        params: { token: makeMediaToken(world.platform.keys, sessionId, mediaId), mediaId, '*': 'master.m3u8' },
      };
    },
  },
  {
    route: 'POST /api/study-sessions/:sessionId/checks/:checkId/challenges',
    build: async (world, place) => {
      const { sessionId, checkId } = await runningSession(world, place);
      return { params: { sessionId, checkId } };
    },
  },
  {
    route: 'POST /api/study-sessions/:sessionId/checks/:checkId/verdict',
    build: async (world, place) => {
      const { sessionId, checkId } = await runningSession(world, place);
      return {
        params: { sessionId, checkId },
        body: { challengeId: await passedCheck(world, place, sessionId, checkId) },
      };
    },
  },
  {
    route: 'POST /api/study-sessions/:sessionId/snapshots/:snapshotId',
    build: async (world, place) => {
      const { sessionId } = await runningSession(world, place);
      return { params: { sessionId, snapshotId: '1' }, body: { picture: null, failure: 'denied' } };
    },
  },
  {
    route: 'POST /api/study-sessions/:sessionId/close',
    build: async (world, place) => ({ params: await runningSession(world, place), body: { beats: [] } }),
  },
];

/** A passed verdict about the check of a session. @returns its id */
async function passedCheck(
  world: AccessWorld,
  place: AccessPlace,
  sessionId: string,
  checkId: string,
): Promise<string> {
  const { pool, clock } = world.platform;
  const { personId } = place;
  const id = placeInBucket(uuidv7(clock.nowMs()), bucketOf(personId));
  const fact: NewCheck = {
    id,
    personId,
    purpose: 'study',
    sessionId,
    checkId,
    loginSessionId: null,
    scheme: 'work-safety',
    ruleSetId: 'walk',
    method: 'on-site',
    provider: null,
    outcome: 'passed',
    supervisorAccountId: null,
    address: '203.0.113.9',
    askedAtMs: clock.nowMs(),
    decidedAtMs: clock.nowMs(),
  };
  await transaction(pool, (tx) => insertCheck(tx, fact, { checkRuleSetId: 'walk', problems: [], signs: [] }));
  return id;
}

/** A session of the place's learner that has just been opened and asks who sits there. */
async function runningSession(world: AccessWorld, place: AccessPlace): Promise<{ sessionId: string; checkId: string }> {
  const { pool, clock } = world.platform;
  const { personId } = place;
  const { lessonVersionIds } = await publishedCourse(world, place);
  const lesson = await findStudyLesson(pool, bucketOf(personId), personId, lessonVersionIds[0] ?? '');
  const device = { kind: 'phone', name: 'Android' } as const;
  const request = {
    personId,
    lesson,
    device,
    clientNowMs: null,
    findCheckOfSignIn: async () => oldCheck(clock.nowMs() - 3_600_000),
    address: '203.0.113.9',
    nowMs: clock.nowMs(),
  };
  const { session } = await openStudy(pool, request);
  if (session.checkId === null) throw new Error('the walk needs a scheme that asks for identity');
  return { sessionId: session.sessionId, checkId: session.checkId };
}

/** Confirms the sign-in and is too old to stand for the start. */
const oldCheck = (decidedAtMs: number) =>
  ({ id: randomUUID(), outcome: 'passed', hashHex: '0'.repeat(64), decidedAtMs }) as const;
