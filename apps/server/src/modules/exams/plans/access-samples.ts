import type { BlueprintLine } from '@antu/domain';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { writeApprovedQuestion } from '../bank/access-samples.ts';
import { uuidv7 } from '../../../platform/ids.ts';

const RULE_SET = 'road-transport.exam.two-kinds.2019-07-18';
const linesFor = (topicId: string): BlueprintLine[] => [
  { topicId, kind: 'judgement', difficulty: null, count: 1, centipoints: 10_000 },
];

/** A plan of the place's training body. */
export async function planOf(world: AccessWorld, place: AccessPlace): Promise<string> {
  const { topicId } = await writeApprovedQuestion(world, place);
  const id = uuidv7();
  await world.platform.pool.query(
    `insert into exam_plan (id, organisation_id, scheme, rule_set_id, title_zh, lines, shuffle_questions, shuffle_options, is_mock,
       created_by, created_at)
     values ($1, $2, 'road-transport', $3, '步行', $4, false, false, false, gen_random_uuid(), now())`,
    [id, place.bodyId, RULE_SET, JSON.stringify(linesFor(topicId))],
  );
  return id;
}

const named = async (world: AccessWorld, place: AccessPlace) => ({ params: { planId: await planOf(world, place) } });

/** How the access walk asks the scoped routes of paper plans. */
export const planAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/exam-plans',
    build: async (world, place) => {
      await planOf(world, place);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { organisation: { id: string } }[] }).items.every(
        ({ organisation }) => organisation.id !== place.bodyId,
      ),
  },
  {
    route: 'POST /api/exam-plans',
    build: async (world, place) => {
      const { topicId } = await writeApprovedQuestion(world, place);
      const body = {
        organisationId: place.bodyId,
        titleZh: '步行',
        ruleSetId: RULE_SET,
        lines: linesFor(topicId),
        picked: null,
      };
      return { body };
    },
  },
  {
    route: 'POST /api/exam-plans/check',
    build: (_world, place) => ({
      body: { organisationId: place.bodyId, ruleSetId: RULE_SET, lines: [], picked: null },
    }),
  },
  {
    route: 'GET /api/exam-plans/choices',
    build: (_world, place) => ({ query: { organisationId: place.bodyId, scheme: 'road-transport' } }),
  },
  { route: 'GET /api/exam-plans/:planId', build: named },
  {
    route: 'PUT /api/exam-plans/:planId',
    build: async (world, place) => {
      const { topicId } = await writeApprovedQuestion(world, place);
      return {
        ...(await named(world, place)),
        body: { titleZh: '步行二', ruleSetId: RULE_SET, lines: linesFor(topicId), picked: null },
      };
    },
  },
  {
    route: 'GET /api/exam-plans/:planId/paper.pdf',
    build: async (world, place) => ({ ...(await named(world, place)), query: { seed: 'walk', part: 'key' } }),
  },
  { route: 'GET /api/exam-plans/:planId/sample', build: named },
  { route: 'POST /api/exam-plans/:planId/retire', build: named },
];
