import type { Role } from '@antu/contract';
import { bucketOf, findStudyRuleSet, limitsOf, type OpenedFact, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { transaction } from '../../../platform/database/pool.ts';
import { buildSessionRows } from './demo/build-session-rows.ts';
import { insertHistory } from './demo/insert-history.ts';
import { playLesson } from './demo/play-lesson.ts';
import { ACCESS_LESSON_MS, publishedCourse } from './testing/published-course.ts';

const rosterOf = (place: AccessPlace, role: Role): string =>
  role === 'body-manager' || role === 'teacher' ? place.bodyId : place.enterpriseId;

const inRegion = (_world: AccessWorld, place: AccessPlace) => ({ query: { region: place.regionCode } });

/** How the access walk asks the scoped routes of the pages about study. */
export const viewAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/learning/courses/:courseId',
    build: async (world, place) => ({ params: { courseId: await assignedCourse(world, place) } }),
  },
  {
    route: 'GET /api/learner-progress',
    build: (_world, place, role) => ({ query: { organisationId: rosterOf(place, role) } }),
  },
  {
    route: 'GET /api/people/:personId/learning-record',
    build: (_world, place) => ({ params: { personId: place.personId } }),
  },
  {
    route: 'GET /api/organisations/:organisationId/learning-home',
    build: (_world, place, role) => ({ params: { organisationId: rosterOf(place, role) } }),
  },
  {
    route: 'POST /api/organisations/:organisationId/assignments',
    build: async (world, place, role) => ({
      params: { organisationId: rosterOf(place, role) },
      body: {
        courseId: (await publishedCourse(world, place)).courseId,
        personIds: [place.personId],
        dueOn: '2099-12-31',
      },
    }),
  },
  {
    route: 'POST /api/exports',
    build: (_world, place, role) => ({
      body: { kind: 'hours', organisationId: rosterOf(place, role), from: '2026-01-01', to: '2026-12-31' },
    }),
  },
  {
    route: 'GET /api/exports/:exportId/file',
    // An export belongs to the account that ordered it, which the walk does not name: there is none to find.
    alsoGiven: [404],
    build: () => ({ params: { exportId: uuidv7() } }),
  },
  { route: 'GET /api/supervision/live', build: inRegion },
  { route: 'GET /api/supervision/live/stream', build: inRegion },
  { route: 'GET /api/supervision/live/sessions', build: inRegion },
  {
    route: 'GET /api/study-sessions/:sessionId/proof',
    build: async (world, place) => ({ params: { sessionId: await finishedSession(world, place) } }),
  },
  {
    route: 'GET /api/study-sessions/:sessionId/evidence',
    build: async (world, place) => ({ params: { sessionId: await finishedSession(world, place) } }),
  },
];

async function assignedCourse(world: AccessWorld, place: AccessPlace): Promise<string> {
  const { courseId } = await publishedCourse(world, place);
  await world.platform.pool.query(
    `insert into training_assignment (bucket, id, person_id, course_id, organisation_id, due_on)
     values ($1, $2, $3, $4, $5, '2099-12-31')`,
    [bucketOf(place.personId), uuidv7(), place.personId, courseId, place.enterpriseId],
  );
  return courseId;
}

/** A session of the place's learner, played by the rules and finished some minutes ago. */
export async function finishedSession(world: AccessWorld, place: AccessPlace): Promise<string> {
  const { courseId, lessonVersionIds } = await publishedCourse(world, place);
  const { platform } = world;
  const openedAtMs = platform.clock.nowMs() - 600_000;
  const bucket = bucketOf(place.personId);
  const ruleSet = findStudyRuleSet('work-safety', place.regionCode, '2026-01-01');
  const opened: OpenedFact = {
    kind: 'opened',
    personId: place.personId,
    lessonVersionId: lessonVersionIds[0] ?? '',
    courseId,
    topicId: null,
    organisationId: place.enterpriseId,
    regionCode: place.regionCode,
    scheme: 'work-safety',
    ruleSetId: ruleSet.id,
    openedAtMs,
    durationMs: ACCESS_LESSON_MS,
    resumeAtMs: 0,
    viewed: [],
    dayCreditedMs: 0,
    address: '203.0.113.9',
    deviceKind: 'phone',
    deviceName: 'Android',
    clientClockOffsetMs: null,
  };
  const limits = limitsOf(ruleSet);
  const rows = buildSessionRows({
    sessionId: placeInBucket(uuidv7(openedAtMs), bucket),
    opened,
    limits,
    ...playLesson(opened, limits, [], () => 0.5),
    ledgerId: (atMs) => placeInBucket(uuidv7(atMs), bucket),
  });
  await transaction(platform.pool, (tx) => insertHistory(tx, [{ ...rows, opened, verdicts: [] }]));
  return rows.sessionId;
}
