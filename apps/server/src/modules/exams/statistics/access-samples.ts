import { randomUUID } from 'node:crypto';
import type { Role } from '@antu/contract';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { planOf } from '../plans/access-samples.ts';

async function pastExam(world: AccessWorld, place: AccessPlace): Promise<string> {
  const examId = randomUUID();
  await world.platform.pool.query(
    `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, opens_at, closes_at, capacity,
       course_ids, state, created_by, created_at)
     values ($1, $2, $3, '步行', 'road-transport', 'road-transport.exam.two-kinds.2019-07-18', $4, 'online', now() - interval '2 days',
       now() - interval '1 day', 10, '{}', 'closed', gen_random_uuid(), now())`,
    [examId, place.bodyId, place.regionCode, await planOf(world, place)],
  );
  return examId;
}

/** Companies ask about themselves, everybody else about a training body. */
const organisationOf = (place: AccessPlace, role: Role): string =>
  role === 'enterprise-manager' ? place.enterpriseId : place.bodyId;

/** How the access walk asks for statistics. */
export const statisticsAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/exam-statistics',
    build: (_world, place, role) => ({ query: { organisationId: organisationOf(place, role) } }),
  },
  {
    route: 'GET /api/exams/:examId/items',
    build: async (world, place) => ({ params: { examId: await pastExam(world, place) } }),
  },
];
