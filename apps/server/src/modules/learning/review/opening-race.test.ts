import { setTimeout as pause } from 'node:timers/promises';
import type { Appeal } from '@antu/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findDifferences } from '../testing/study-bench.ts';
import { PendingStudy } from './testing/pending-study.ts';
import { ReviewBench } from './testing/review-bench.ts';

let review: ReviewBench;
beforeAll(async () => {
  review = await ReviewBench.start([600], 'work-safety');
}, 60_000);
afterAll(() => review?.close());

it('a session that is being opened while hours are given back credits none of them twice', async () => {
  const student = await review.student();
  const first = new PendingStudy(review, student.personId);
  await first.open();
  await first.watch(45);
  await first.close();
  await review.decide(review.as('officer'), await review.putCase(first.sessionId), 'void-all');
  const { body } = await review
    .ownOf(student.personId)
    .post<Appeal>('/api/learning/appeals', { sessionId: first.sessionId, text: '请再核对一次' });
  let granted: Promise<{ status: number }> | undefined;
  const second = new PendingStudy(review, student.personId);
  // Between what the opening reads and what it writes.
  second.whileOpening = async () => {
    granted = review.as('colleague').post(`/api/appeals/${body.id}/answer`, { grant: true, answer: '恢复' });
    await pause(500);
  };
  await second.open();
  expect((await granted)?.status).toBe(409);
  await second.watch(45);
  await second.close();
  expect(await review.counted(student)).toMatchObject({ seconds: 45, ledger: 45 });
  expect(await findDifferences(review.bench, student.personId)).toEqual([]);
});
