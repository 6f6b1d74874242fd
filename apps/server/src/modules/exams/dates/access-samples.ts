import { bucketOf, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { planOf } from '../plans/access-samples.ts';

const RULE_SET = 'road-transport.exam.two-kinds.2019-07-18';
const DAY_MS = 86_400_000;

/** An exam of the place's training body in a month's time, and what it was made of. */
export async function examOf(world: AccessWorld, place: AccessPlace): Promise<{ examId: string; planId: string }> {
  const planId = await planOf(world, place);
  const examId = uuidv7();
  await world.platform.pool.query(
    `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, opens_at, closes_at, capacity, booked,
       course_ids, state, created_by, created_at)
     select $1, o.id, o.region_code, '步行', 'road-transport', $3, $4, 'online', now() + interval '30 days', now() + interval '31 days', 9, 1,
       '{}', 'planned', gen_random_uuid(), now() from organisation o where o.id = $2`,
    [examId, place.bodyId, RULE_SET, planId],
  );
  return { examId, planId };
}

/** Somebody of the place who has booked and whose paper lies ready. */
export async function bookedSittingOf(
  world: AccessWorld,
  place: AccessPlace,
): Promise<{ examId: string; bookingId: string; sittingId: string }> {
  const { examId, planId } = await examOf(world, place);
  const bucket = bucketOf(place.personId);
  const [bookingId, sittingId] = [placeInBucket(uuidv7(), bucket), placeInBucket(uuidv7(), bucket)];
  const { pool } = world.platform;
  await pool.query(
    `insert into exam_booking (bucket, id, person_id, exam_id, ticket_number, state, booked_at) values ($1, $2, $3, $4, '1', 'booked', now())`,
    [bucket, bookingId, place.personId, examId],
  );
  await pool.query(
    `insert into exam_sitting (bucket, id, person_id, kind, exam_id, plan_id, rule_set_id, title_zh, state, opens_at, closes_at,
       duration_seconds, grace_seconds, created_at)
     values ($1, $2, $3, 'formal', $4, $5, $6, '步行', 'frozen', now(), now() + interval '1 day', 5400, 120, now())`,
    [bucket, sittingId, place.personId, examId, planId, RULE_SET],
  );
  return { examId, bookingId, sittingId };
}

const named = async (world: AccessWorld, place: AccessPlace) => ({
  params: { examId: (await examOf(world, place)).examId },
});
const withCandidate = async (world: AccessWorld, place: AccessPlace) => {
  const { examId, sittingId } = await bookedSittingOf(world, place);
  return { params: { examId }, sittingId };
};

/** How the access walk asks the scoped routes of exams and their rooms. */
export const examAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/exams',
    build: async (world, place) => {
      await examOf(world, place);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { organisation: { id: string } }[] }).items.every(
        ({ organisation }) => organisation.id !== place.bodyId,
      ),
  },
  {
    route: 'POST /api/exams',
    build: async (world, place) => ({
      body: {
        organisationId: place.bodyId,
        titleZh: '步行',
        planId: await planOf(world, place),
        ruleSetId: RULE_SET,
        place: { mode: 'online', address: null },
        opensAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
        closesAt: new Date(Date.now() + 31 * DAY_MS).toISOString(),
        capacity: 5,
      },
    }),
  },
  { route: 'GET /api/exams/:examId', build: named },
  {
    route: 'POST /api/exams/:examId/cancel',
    build: async (world, place) => ({ ...(await named(world, place)), body: { reason: '场地停电' } }),
  },
  {
    route: 'GET /api/watched-exams',
    build: async (world, place) => {
      await examOf(world, place);
      return { query: { stage: 'coming' } };
    },
    showsNothing: (answer, place) =>
      (answer as { items: { organisation: { id: string } }[] }).items.every(
        ({ organisation }) => organisation.id !== place.bodyId,
      ),
  },
  {
    route: 'GET /api/exams/:examId/board',
    build: async (world, place) => ({ params: (await withCandidate(world, place)).params }),
  },
  {
    route: 'POST /api/exams/:examId/extend',
    build: async (world, place) => {
      const { params, sittingId } = await withCandidate(world, place);
      return { params, body: { sittingId, seconds: 600, reason: '手部不便' } };
    },
  },
  {
    route: 'POST /api/exams/:examId/void',
    build: async (world, place) => {
      const { params, sittingId } = await withCandidate(world, place);
      return { params, body: { sittingId, reason: '由他人代替参加考试' } };
    },
  },
  {
    route: 'POST /api/exams/:examId/messages',
    build: async (world, place) => ({ ...(await named(world, place)), body: { text: '还有十分钟' } }),
  },
  { route: 'GET /api/exams/:examId/candidates', build: named },
  {
    route: 'POST /api/exams/:examId/candidates',
    build: async (world, place) => ({ ...(await named(world, place)), body: { personIds: [place.personId] } }),
  },
  { route: 'POST /api/exams/:examId/bookings', build: named },
  {
    route: 'POST /api/exams/:examId/bookings/cancel',
    build: async (world, place) => ({ params: (await withCandidate(world, place)).params }),
  },
  {
    route: 'POST /api/exams/:examId/pledge',
    build: async (world, place) => ({
      params: (await withCandidate(world, place)).params,
      body: { signaturePng: 'iVBORw0KGgo=' },
    }),
  },
];
