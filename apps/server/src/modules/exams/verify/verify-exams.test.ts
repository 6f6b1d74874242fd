import { randomUUID } from 'node:crypto';
import type { SittingPaper, SittingView } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remarkAllDue } from '../appeals/jobs.ts';
import { closeTimedOut } from '../marking/jobs.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { type ExamDay, examDay } from '../testing/exam-day.ts';
import { type Candidate, type ExamWorld, makeExamWorld, makePlan } from '../testing/exam-world.ts';
import { verifyExams, verifyPage } from './verify-exams.ts';

let world: ExamWorld;
let day: ExamDay;
let mockPlanId: string;
beforeAll(async () => {
  world = await makeExamWorld();
  day = examDay(world, await makePlan(world, false));
  mockPlanId = await makePlan(world, true);
}, 60_000);
afterAll(() => world.bank.close());
const pool = () => world.bank.database.pool;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface Sat {
  readonly who: Candidate;
  readonly id: string;
  readonly paper: SittingPaper;
}
const save = ({ who, id, paper }: Sat, seq: number, item: number, answer: unknown) =>
  who.client.post(`/api/exam-sittings/${id}/answers`, {
    deviceToken: paper.deviceToken,
    seq,
    answers: [{ item, answer, agoMs: 0 }],
  });
const finish = async ({ who, id, paper }: Sat): Promise<void> => {
  await who.client.post(`/api/exam-sittings/${id}/submit`, { deviceToken: paper.deviceToken });
  await markSitting(pool(), id, day.nowMs());
};

/** A mock exam with one right answer, one that came too late, and a result. */
async function satMock(): Promise<Sat> {
  const who = await world.candidate();
  const { body } = await who.client.post<SittingView>('/api/mock-exams', { planId: mockPlanId });
  const { body: paper } = await who.client.post<SittingPaper>(`/api/exam-sittings/${body.id}/start`, {
    deviceId: randomUUID(),
  });
  const sat = { who, id: body.id, paper };
  await save(sat, 1, 0, true);
  day.moveTo(day.nowMs() + 3 * 3_600_000);
  await save(sat, 2, 1, true);
  await closeTimedOut(pool(), day.nowMs());
  await markSitting(pool(), sat.id, day.nowMs());
  return sat;
}

/** Two who sit the same exam, with one wrong answer each. */
async function satFormal(): Promise<Sat[]> {
  const exam = await day.makeExam();
  const people = [await world.candidate(), await world.candidate()];
  for (const who of people) await day.book(who, exam);
  await day.prepare(exam);
  day.moveTo(Date.parse(exam.opensAt));
  const all: Sat[] = [];
  for (const who of people) {
    const id = await day.sittingOf(who, exam);
    await day.confirm(who, id);
    all.push({ who, id, paper: (await day.start(who, id)).body });
  }
  for (const sat of all) await save(sat, 1, 0, false);
  day.moveTo(day.nowMs() + 60_000);
  for (const sat of all) await finish(sat);
  return all;
}

const verify = async (): Promise<string[]> => {
  const found: string[] = [];
  await verifyExams(pool(), {}, day.nowMs(), ({ table, what }) => found.push(`${table} ${what}`));
  return found;
};

/** Changes rows by hand, looks what is found, and takes the change back. */
async function differencesAfter({ id }: Sat, statement: string): Promise<string[]> {
  const client = await world.bank.database.owner.connect();
  try {
    await client.query('begin');
    expect((await client.query(statement.replaceAll('$id', id))).rowCount, statement).toBeGreaterThan(0);
    const { found } = await verifyPage(client, bucketOf(id), { afterId: FIRST_ID }, day.nowMs());
    return found.map(({ table, what }) => `${table} ${what}`);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('Verifying exams', () => {
  let sat: Sat;
  beforeAll(async () => {
    sat = await satMock();
  });

  it('finds nothing where nobody has touched anything', async () => {
    await satFormal();
    expect(await verify()).toEqual([]);
  });

  it.each([
    [
      'a changed answer',
      `update exam_save set answers = replace(answers, 'true', 'false') where sitting_id = '$id' and seq = 1`,
      ['exam_result has centipoints 100, what was saved gives 0', expect.stringContaining('exam_result has earned')],
    ],
    [
      'a late save that counts',
      `update exam_save set counts = true where sitting_id = '$id' and seq = 2`,
      [
        'exam_save counts although it came after the end',
        'exam_result has centipoints 100, what was saved gives 200',
        expect.stringContaining('exam_result has earned'),
      ],
    ],
    [
      'a save in time that does not count',
      `update exam_save set counts = false where sitting_id = '$id' and seq = 1`,
      expect.arrayContaining(['exam_save does not count although it came in time']),
    ],
    [
      'other points',
      `update exam_result set centipoints = 9000, passed = true where sitting_id = '$id'`,
      [
        'exam_result does not have its hash',
        'exam_result has centipoints 9000, what was saved gives 100',
        'exam_result has passed true, what was saved gives false',
      ],
    ],
    [
      'a lower bar',
      `update exam_result set pass_centipoints = 100, passed = true where sitting_id = '$id'`,
      expect.arrayContaining(['exam_result has passCentipoints 100, what was saved gives 8000']),
    ],
    [
      'a later decision',
      `update exam_result set decided_at = decided_at + interval '1 day' where sitting_id = '$id'`,
      ['exam_result does not have its hash'],
    ],
    [
      'a question counted as right without a decision',
      `update exam_result set accepted = array(select gen_random_uuid()) where sitting_id = '$id'`,
      expect.arrayContaining([expect.stringMatching(/counts question .* which nobody had decided/)]),
    ],
    [
      'another paper',
      `update exam_paper set asked = replace(asked, '判断', '判定') where sitting_id = '$id'`,
      ['exam_paper does not have its hash: it is another paper than the one handed out'],
    ],
    [
      'a paper with another question twice',
      `update exam_paper set items = jsonb_set(items::jsonb, '{1}', items::jsonb -> 0)::text where sitting_id = '$id'`,
      expect.arrayContaining([expect.stringContaining('exam_paper does not have its hash')]),
    ],
    ['a paper that is gone', `delete from exam_paper where sitting_id = '$id'`, ['exam_paper is missing']],
    [
      'a result that is gone',
      `delete from exam_result where sitting_id = '$id'`,
      ['exam_result is missing: the sitting is marked'],
    ],
    [
      'a result that never came',
      `with gone as (delete from exam_result where sitting_id = '$id')
       update exam_sitting set state = 'timed-out' where id = '$id'`,
      ['exam_result is missing: the sitting has waited for marking for more than an hour'],
    ],
    [
      'a sitting that is gone',
      `delete from exam_sitting where id = '$id'`,
      ['exam_paper', 'exam_result', 'exam_save'].map((table) => `${table} belongs to a sitting that is not there`),
    ],
  ])('names %s', async (_, statement, expected) => {
    day.moveTo(day.nowMs() + 2 * 3_600_000);
    expect(await differencesAfter(sat, statement)).toEqual(expected);
  });

  it('knows what an appeal has changed, and misses whom it forgot', async () => {
    const [one, other] = await satFormal();
    if (!one || !other) throw new Error('nobody sat');
    const { body } = await one.who.client.post<{ appealId: string }>(`/api/exam-sittings/${one.id}/appeals`, {
      item: 0,
      reason: '标准答案与法规不一致',
    });
    const versionId = (
      await pool().query<{ id: string }>('select question_version_id as id from exam_appeal where id = $1', [
        body.appealId,
      ])
    ).rows[0]?.id;
    await world.bank.colleague.client.post(`/api/exam-appeals/${body.appealId}/answer`, {
      decision: 'granted',
      answer: '已核对题目和依据。',
    });
    expect(await verify()).toEqual([]);
    await remarkAllDue(pool(), () => day.nowMs());
    expect(await verify()).toEqual([]);
    const took = `delete from exam_result where sitting_id = '$id' and version = 2`;
    expect(await differencesAfter(one, took)).toEqual([
      'exam_result leaves out a question that counts as right for everybody',
    ]);
    const undecided = `delete from exam_accepted_question where question_version_id = '${versionId}'`;
    expect(await differencesAfter(one, undecided)).toEqual([
      `exam_result counts question ${versionId} as right for everybody, which nobody had decided`,
    ]);
  });
});
