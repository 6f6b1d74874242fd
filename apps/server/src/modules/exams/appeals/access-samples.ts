import { bucketOf, placeInBucket } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { examOf } from '../dates/access-samples.ts';
import { insertResult } from '../marking/result-rows.ts';
import { freezePaper, insertPapers } from '../sittings/freeze-paper.ts';

/** An exam of the place's training body in which its learner was marked just now. */
export async function markedSittingOf(
  world: AccessWorld,
  place: AccessPlace,
): Promise<{ examId: string; sittingId: string }> {
  const { pool } = world.platform;
  const { examId } = await examOf(world, place);
  const sittingId = placeInBucket(uuidv7(), bucketOf(place.personId));
  const { rows } = await pool.query<{ rule_set_id: string }>(
    `insert into exam_sitting (bucket, id, person_id, kind, exam_id, plan_id, rule_set_id, title_zh, state, opens_at, closes_at,
       duration_seconds, grace_seconds, started_at, ends_at, ended_at, created_at)
     select $1, $2, $3, 'formal', id, plan_id, rule_set_id, title_zh, 'marked', now(), now() + interval '1 day', 5400, 120, now(), now(),
       now(), now() from exam where id = $4 returning rule_set_id`,
    [bucketOf(sittingId), sittingId, place.personId, examId],
  );
  await insertPapers(pool, [freezePaper(sittingId, 'walk', [], new Map(), new Date())]);
  await transaction(pool, (tx) =>
    insertResult(tx, {
      sittingId,
      version: 1,
      personId: place.personId,
      ruleSetId: rows[0]?.rule_set_id ?? '',
      centipoints: 0,
      totalCentipoints: 0,
      passCentipoints: 8_000,
      passed: false,
      earned: [],
      accepted: [],
      reason: 'marked',
      decidedBy: 'system',
      decidedAtMs: Date.now(),
    }),
  );
  return { examId, sittingId };
}

/** Tells the places apart in the list. */
const reasonOf = ({ bodyId }: AccessPlace): string => `第三题没有正确选项 ${bodyId}`;

async function appealOf(world: AccessWorld, place: AccessPlace) {
  const { examId, sittingId } = await markedSittingOf(world, place);
  const appealId = placeInBucket(uuidv7(), bucketOf(place.personId));
  await world.platform.pool.query(
    `insert into exam_appeal (bucket, id, person_id, sitting_id, exam_id, reason, state, appealed_at)
     values ($1, $2, $3, $4, $5, $6, 'open', now())`,
    [bucketOf(appealId), appealId, place.personId, sittingId, examId, reasonOf(place)],
  );
  return { params: { appealId } };
}

/** How the access walk asks the routes of appeals. */
export const appealAccessSamples: readonly AccessSample[] = [
  {
    route: 'POST /api/exam-sittings/:sittingId/appeals',
    build: async (world, place) => ({
      params: { sittingId: (await markedSittingOf(world, place)).sittingId },
      body: { item: null, reason: '第三题没有正确选项' },
    }),
  },
  {
    route: 'GET /api/exam-appeals',
    build: async (world, place) => {
      await appealOf(world, place);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { reason: string }[] }).items.every(({ reason }) => reason !== reasonOf(place)),
  },
  { route: 'GET /api/exam-appeals/:appealId', build: appealOf },
  {
    route: 'POST /api/exam-appeals/:appealId/answer',
    build: async (world, place) => ({
      ...(await appealOf(world, place)),
      body: { decision: 'rejected', answer: '已核对，题目和答案没有问题。' },
    }),
  },
];
