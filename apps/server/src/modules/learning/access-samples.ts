import { bucketOf } from '@antu/domain';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';
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
    route: 'POST /api/study-sessions/:sessionId/close',
    build: async (world, place) => ({ params: await runningSession(world, place), body: { beats: [] } }),
  },
];

/** A session of the place's learner that has just been opened. */
async function runningSession(world: AccessWorld, place: AccessPlace): Promise<{ sessionId: string }> {
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
    findCheckOfSignIn: async () => undefined,
    address: '203.0.113.9',
    nowMs: clock.nowMs(),
  };
  const { session } = await openStudy(pool, request);
  return { sessionId: session.sessionId };
}
