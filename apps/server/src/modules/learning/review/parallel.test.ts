import { setTimeout as pause } from 'node:timers/promises';
import type { Appeal } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../../platform/database/pool.ts';
import { beat, findDifferences, type Student } from '../testing/study-bench.ts';
import { holdHours, lockHours } from './hours-lock.ts';
import { ReviewBench } from './testing/review-bench.ts';

let review: ReviewBench;
beforeAll(async () => {
  review = await ReviewBench.start([600]);
}, 60_000);
afterAll(() => review?.close());

const officer = () => review.as('officer');
const colleague = () => review.as('colleague');

async function expectWhole(student: Student): Promise<void> {
  const { viewed, seconds, ledger } = await review.counted(student);
  const length = [...viewed.matchAll(/\[(\d+),(\d+)\)/g)].reduce(
    (sum, [, from, to]) => sum + Number(to) - Number(from),
    0,
  );
  expect({ seconds, ledger }).toEqual({ seconds: length, ledger: length });
  expect(await findDifferences(review.bench, student.personId)).toEqual([]);
}

describe('at the same moment', () => {
  it('two people decide a case: one of them does', async () => {
    const student = await review.student();
    const caseId = await review.putCase(await review.study(student, 0, 60));
    const answers = await Promise.all(
      [officer(), colleague(), review.as('third')].map((client) => review.decide(client, caseId, 'void-all')),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409]);
    expect((await review.counted(student)).ledger).toBe(0);
    await expectWhole(student);
  });

  it('an appeal is made and answered more than once: each happens once', async () => {
    const student = await review.student();
    const sessionId = await review.study(student, 0, 60);
    await review.decide(officer(), await review.putCase(sessionId), 'void-all');
    student.wait(60);
    const appeals = await Promise.all(
      [1, 2, 3].map((n) =>
        review.own(student).post<Appeal>('/api/learning/appeals', { sessionId, text: `请再核对 ${n}` }),
      ),
    );
    expect(appeals.map((one) => one.status).sort()).toEqual([200, 409, 409]);
    const id = appeals.find((one) => one.status === 200)?.body.id;
    const answers = await Promise.all(
      [colleague(), review.as('third')].map((client) =>
        client.post(`/api/appeals/${id}/answer`, { grant: true, answer: '恢复' }),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    expect((await review.counted(student)).ledger).toBe(60);
    await expectWhole(student);
  });

  it('hours are taken back while the next session of the lesson reports and closes', async () => {
    for (let round = 0; round < 5; round += 1) {
      const student = await review.student();
      const caseId = await review.putCase(await review.study(student, 0, 60));
      await student.open(0);
      const seq = await student.watch(1, 60, 30);
      student.wait(15);
      const [decided, closed] = await Promise.all([
        review.decide(officer(), caseId, 'void-part', [[0, 30]]),
        student.finish([beat(seq, 105, { activity: 'paused' })]),
      ]);
      expect([decided.status, closed.status]).toEqual([200, 200]);
      expect(await review.counted(student)).toMatchObject({ viewed: '{[30,105)}', ledger: 75 });
      await expectWhole(student);
    }
  });
});

describe('whoever holds the hours of a person', () => {
  it('waits for a decision that is being written, and not for others who hold them', async () => {
    const student = await review.student();
    const key = [bucketOf(student.personId), student.personId] as const;
    const order: string[] = [];
    const decision = transaction(review.pool, async (tx) => {
      await lockHours(tx, ...key);
      order.push('locked');
      await pause(150);
      order.push('decided');
    });
    await pause(50);
    const holding = [1, 2].map(() =>
      transaction(review.pool, async (tx) => {
        await holdHours(tx, ...key);
        order.push('held');
        await pause(50);
      }),
    );
    // A row that names the person is written all the while.
    await review.owner.query(
      `insert into study_day (bucket, person_id, scheme, day, credited_ms) values ($1, $2, 'work-safety', '2026-01-01', 0)`,
      [...key],
    );
    order.push('wrote');
    await Promise.all([decision, ...holding]);
    expect(order).toEqual(['locked', 'wrote', 'decided', 'held', 'held']);
  });
});
