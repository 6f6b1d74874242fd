import { randomUUID } from 'node:crypto';
import type { EndpointAnswer, ExamAppeal, ExamAppealDetail, getOwnExams, SittingResult } from '@antu/contract';
import { bucketOf, placeInBucket } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../../platform/ids.ts';
import { type TestClient, testActor } from '../../../platform/testing/index.ts';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import type { ExamResult } from '../marking/result-rows.ts';
import { makeMarkedWorld, type MarkedWorld, QUESTIONS } from '../statistics/testing/marked-world.ts';
import { remarkAllDue } from './jobs.ts';

type OwnExams = EndpointAnswer<typeof getOwnExams>;
let world: MarkedWorld;
beforeAll(async () => {
  world = await makeMarkedWorld();
  world.bank.test.clock.set(new Date());
}, 60_000);
afterAll(() => world.bank.close());

const pool = () => world.bank.database.pool;
const clock = () => world.bank.test.clock;
const DAY_MS = 86_400_000;
const REASON = '标准答案与法规不一致';

/** Sits exam 0 with the given questions wrong. Each is worth 10 points; 80 pass. */
const sit = (wrong: readonly number[], exam = 0): Promise<ExamResult> =>
  world.sit({
    exam,
    employer: null,
    regionCode: '440104',
    answers: Array.from({ length: QUESTIONS }, (_, item) => !wrong.includes(item)),
  });
const learner = ({ personId }: Pick<ExamResult, 'personId'>): TestClient =>
  world.bank.test.as(testActor({ personId, permissions: ['exams.own'] }));
const appeal = (who: ExamResult, item: number | null, reason = REASON) =>
  learner(who).post<{ appealId: string; state: string }>(`/api/exam-sittings/${who.sittingId}/appeals`, {
    item,
    reason,
  });
const answer = (client: TestClient, appealId: string, decision: 'granted' | 'rejected') =>
  client.post<ExamAppeal>(`/api/exam-appeals/${appealId}/answer`, { decision, answer: '已核对题目和依据。' });
const resultOf = async (who: ExamResult): Promise<SittingResult> =>
  (await learner(who).get<SittingResult>(`/api/exam-sittings/${who.sittingId}/result`)).body;
const versionsOf = async ({ sittingId }: ExamResult) => {
  const { rows } = await pool().query(
    'select version, centipoints, reason from exam_result where bucket = $1 and sitting_id = $2 order by version',
    [bucketOf(sittingId), sittingId],
  );
  return rows;
};
const remark = () => remarkAllDue(pool(), () => clock().nowMs());

describe('An appeal about a question', () => {
  it('is seen by those who hold exams, answered by another than the author, and changes every result of the exam', async () => {
    const [who, other, right, elsewhere] = [
      await sit([0, 1, 2]),
      await sit([0, 3]),
      await sit([4]),
      await sit([0, 1, 2], 1),
    ];
    const { colleague, teacher, otherTeacher } = world.bank;
    const { body: made } = await appeal(who, 0);
    expect(made.state).toBe('open');

    const list = await colleague.client.get<{ items: ExamAppeal[]; total: number }>('/api/exam-appeals');
    expect(list.body.items.find(({ id }) => id === made.appealId)).toMatchObject({
      item: 0,
      reason: REASON,
      points: 70,
      totalPoints: 100,
    });
    expect((await otherTeacher.client.get<{ total: number }>('/api/exam-appeals')).body.total).toBe(0);
    expect((await otherTeacher.client.get(`/api/exam-appeals/${made.appealId}`)).status).toBe(403);
    expect((await answer(otherTeacher.client, made.appealId, 'granted')).status).toBe(403);

    const { body: detail } = await colleague.client.get<ExamAppealDetail>(`/api/exam-appeals/${made.appealId}`);
    expect(detail).toMatchObject({ touched: 2, review: { item: 0, given: false, right: true, earned: 0, points: 10 } });
    expect(codeOf(await answer(teacher.client, made.appealId, 'granted'))).toBe('exams.appeal_own_work');

    const answered = await answer(colleague.client, made.appealId, 'granted');
    expect(answered.body).toMatchObject({ state: 'granted', points: 80, answer: '已核对题目和依据。' });
    expect(await resultOf(who)).toMatchObject({
      points: 80,
      passed: true,
      version: 2,
      resit: null,
      appeals: [{ item: 0, state: 'granted', answer: '已核对题目和依据。' }],
    });
    expect(await versionsOf(who)).toEqual([
      { version: 1, centipoints: 7_000, reason: 'marked' },
      { version: 2, centipoints: 8_000, reason: 'appeal' },
    ]);

    expect(await remark()).toBe(1);
    expect(await remark()).toBe(0);
    expect(await versionsOf(other)).toMatchObject([{ centipoints: 8_000 }, { centipoints: 9_000 }]);
    expect(await versionsOf(right)).toHaveLength(1);
    expect(await versionsOf(elsewhere)).toHaveLength(1);
    const { rows } = await pool().query(
      `select detail ->> 'touched' as touched from audit_entry where action = 'exams.appeal-answer' and object_id = $1`,
      [made.appealId],
    );
    expect(rows).toEqual([{ touched: '2' }]);
  });

  it('does not pass by those who are marked later', async () => {
    const [who, waiting] = [await sit([5]), await sit([5])];
    await world.bank.database.owner.query('delete from exam_result where sitting_id = $1', [waiting.sittingId]);
    await world.bank.database.owner.query(`update exam_sitting set state = 'submitted' where id = $1`, [
      waiting.sittingId,
    ]);
    const { body } = await appeal(who, 5);
    await answer(world.bank.colleague.client, body.appealId, 'granted');
    await remark();
    expect(await versionsOf(waiting)).toEqual([]);
    await markSitting(pool(), waiting.sittingId, clock().nowMs());
    await remark();
    expect(await versionsOf(waiting)).toEqual([{ version: 1, centipoints: 10_000, reason: 'marked' }]);
    const { rows } = await pool().query('select from exam_remark_due where sitting_id = $1', [waiting.sittingId]);
    expect(rows).toEqual([]);
  });

  it('gives the place of a resit back once the first result is a pass, and says so; other exams and those begun stay', async () => {
    const who = await sit([1, 3, 4]);
    const bucket = bucketOf(who.personId);
    const { owner } = world.bank.database;
    const opensAt = new Date(clock().nowMs() + DAY_MS);
    const book = async (ruleSetId: string, state: string) => {
      const examId = randomUUID();
      await owner.query(
        `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, opens_at, closes_at, capacity,
           booked, course_ids, state, created_by, created_at)
         select $1, organisation_id, region_code, '补考', scheme, $2, plan_id, mode, $3, $3::timestamptz + interval '2 hours', 9, 1, '{}', $4,
           created_by, now() from exam where id = $5`,
        [examId, ruleSetId, opensAt, state, world.exams[0]?.id],
      );
      await owner.query(
        `insert into exam_booking (bucket, id, person_id, exam_id, region_code, ticket_number, state, booked_at)
         values ($1, $2, $3, $4, '440104', $5, 'booked', now())`,
        [bucket, placeInBucket(uuidv7(), bucket), who.personId, examId, examId.slice(0, 13)],
      );
      return examId;
    };
    const [resit, another] = [
      await book(who.ruleSetId, 'planned'),
      await book('driver-licence.exam.completion.2022-04-01', 'planned'),
    ];
    const statesOf = async () => {
      const { rows } = await pool().query<{ exam_id: string; state: string; booked: number }>(
        `select b.exam_id, b.state, e.booked from exam_booking b join exam e on e.id = b.exam_id
         where b.bucket = $1 and b.person_id = $2`,
        [bucket, who.personId],
      );
      return new Map(rows.map(({ exam_id, state, booked }) => [exam_id, `${state} ${booked}`]));
    };
    const spared = async () => (await learner(who).get<OwnExams>('/api/learning/exams')).body.spared;

    const first = await appeal(who, 3);
    await answer(world.bank.colleague.client, first.body.appealId, 'rejected');
    expect(await spared()).toEqual([]);
    const second = await appeal(who, 4);
    await answer(world.bank.colleague.client, second.body.appealId, 'granted');
    expect((await resultOf(who)).passed).toBe(true);
    expect(await statesOf()).toEqual(
      new Map([
        [resit, 'cancelled 0'],
        [another, 'booked 1'],
      ]),
    );
    expect(await spared()).toMatchObject([{ examId: resit, opensAt: opensAt.toISOString() }]);
    const { rows } = await pool().query(
      `select count(*)::int as n from audit_entry where action = 'exams.cancel-resit' and object_id = $1`,
      [resit],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('changes nothing when it is rejected, and tells why', async () => {
    const who = await sit([6]);
    const { body } = await appeal(who, 6);
    await answer(world.bank.manager.client, body.appealId, 'rejected');
    expect(await resultOf(who)).toMatchObject({
      points: 90,
      version: 1,
      appeals: [{ state: 'rejected', answer: '已核对题目和依据。' }],
    });
  });

  it('is answered once, by one of two who answer at once', async () => {
    const { body } = await appeal(await sit([7]), 7);
    const both = await Promise.all(
      [world.bank.colleague, world.bank.manager].map(({ client }) => answer(client, body.appealId, 'rejected')),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(codeOf(await answer(world.bank.colleague.client, body.appealId, 'granted'))).toBe('exams.appeal_answered');
  });

  it('is made once, and never about a question that is not there or a sitting of somebody else', async () => {
    const who = await sit([8]);
    const first = await appeal(who, 8);
    expect((await appeal(who, 8, '再说一次理由')).body).toEqual(first.body);
    expect(codeOf(await appeal(who, QUESTIONS, REASON))).toBe('exams.appeal_item_unknown');
    const stranger = await sit([]);
    const foreign = await learner(stranger).post(`/api/exam-sittings/${who.sittingId}/appeals`, {
      item: 1,
      reason: REASON,
    });
    expect(codeOf(foreign)).toBe('exams.sitting_not_found');
    expect((await learner(who).get('/api/exam-appeals')).status).toBe(403);
  });
});

describe('An appeal about the whole', () => {
  it('may be made until the end of the last day, not a millisecond later', async () => {
    const [early, late] = [await sit([1]), await sit([1])];
    const until = Date.parse((await resultOf(early)).appealUntil ?? '');
    expect(until - early.decidedAtMs).toBeGreaterThan(7 * DAY_MS);
    expect(until - early.decidedAtMs).toBeLessThanOrEqual(8 * DAY_MS);
    const before = clock().now();
    clock().set(new Date(until - 1));
    expect((await appeal(early, null)).status).toBe(201);
    clock().set(new Date(until));
    expect(codeOf(await appeal(late, null))).toBe('exams.appeal_closed');
    expect((await resultOf(late)).appealUntil).toBeNull();
    clock().set(before);
  });

  it('marks again what was saved: the same points make no further version', async () => {
    const who = await sit([9]);
    const { body } = await appeal(who, null);
    expect((await answer(world.bank.colleague.client, body.appealId, 'granted')).body).toMatchObject({ points: 90 });
    expect(await versionsOf(who)).toHaveLength(1);
  });

  it('takes back a void, though not by the hand that declared it', async () => {
    const who = await sit([2]);
    const { colleague, manager, database } = world.bank;
    await database.owner.query('delete from exam_result where sitting_id = $1', [who.sittingId]);
    await database.owner.query(
      `update exam_sitting set state = 'voided', void_reason = '替考', voided_by = $2, ended_at = now() where id = $1`,
      [who.sittingId, manager.accountId],
    );
    expect(codeOf(await appeal(who, 2))).toBe('exams.appeal_closed');
    const { body } = await appeal(who, null, '我本人参加的考试');
    expect(codeOf(await answer(manager.client, body.appealId, 'granted'))).toBe('exams.appeal_own_work');
    expect((await answer(colleague.client, body.appealId, 'granted')).body.points).toBeNull();
    expect((await resultOf(who)).state).toBe('waiting');
    await markSitting(pool(), who.sittingId, clock().nowMs());
    expect(await resultOf(who)).toMatchObject({ state: 'marked', points: 90, voidReason: null });
  });
});
