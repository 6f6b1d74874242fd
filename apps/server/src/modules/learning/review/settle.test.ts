import type { Appeal, getOwnHours, ReviewCaseDetail } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { systemAuditContext } from '../../audit/index.ts';
import { findDifferences, type Student } from '../testing/study-bench.ts';
import { queueSettling, settleAllReviewedHours, settleReviewedHours } from './jobs.ts';
import { settleReview } from './settle-review.ts';
import { PendingStudy } from './testing/pending-study.ts';
import { ReviewBench } from './testing/review-bench.ts';

let review: ReviewBench;
beforeAll(async () => {
  review = await ReviewBench.start([1500, 600], 'work-safety');
}, 60_000);
afterAll(() => review?.close());

const settle = (study: PendingStudy) => {
  const { personId, identityCheckId } = study;
  const context = systemAuditContext(() => new Date(review.bench.test.clock.nowMs()), 'test');
  return settleReview(review.pool, context, { personId, identityCheckId });
};

const decisionsOf = async (study: PendingStudy) => {
  const { rows } = await review.owner.query<{ kind: string; seconds: number; reason: string }>(
    'select kind, seconds, reason from hour_decision where bucket = $1 and person_id = $2 order by id',
    [bucketOf(study.personId), study.personId],
  );
  return rows;
};

/** A learner of whose session everything since the start waits for people. */
async function waiting(): Promise<{ student: Student; study: PendingStudy; seconds: number }> {
  const student = await review.student();
  const study = new PendingStudy(review, student.personId);
  await study.open();
  await study.watchUntilDeferred();
  await study.watch(60);
  await study.close();
  const { rows } = await review.owner.query<{ seconds: number }>(
    'select coalesce(sum(seconds), 0)::int as seconds from hour_awaiting where person_id = $1',
    [student.personId],
  );
  const seconds = rows[0]?.seconds ?? 0;
  expect(seconds).toBeGreaterThanOrEqual(60);
  expect(await review.counted(student)).toMatchObject({ seconds: 0, ledger: 0 });
  return { student, study, seconds };
}

const hoursOf = async (student: Student) => {
  const { body } = await review.own(student).get<z.output<(typeof getOwnHours)['answer']>>('/api/learning/hours');
  return {
    totals: body.totals.reduce((sum, one) => sum + one.creditedSeconds, 0),
    sessions: body.days.flatMap((day) => day.sessions),
  };
};

const clean = async (student: Student) => expect(await findDifferences(review.bench, student.personId)).toEqual([]);

describe('hours that wait for people', () => {
  it('are told as waiting and count for nothing before that', async () => {
    const { student, study, seconds } = await waiting();
    const { totals, sessions } = await hoursOf(student);
    expect(totals).toBe(0);
    expect(sessions).toMatchObject([
      { creditedSeconds: 0, awaitingSeconds: seconds, voidedSeconds: 0, refusedSeconds: 0 },
    ]);
    expect(await settle(study)).toBe('open');
    expect(await decisionsOf(study)).toEqual([]);
    await clean(student);
  });

  it('are credited when people confirm who it was, however often the job runs', async () => {
    const { student, study, seconds } = await waiting();
    await study.decideReview('approved');
    expect(await Promise.all([settle(study), settle(study), settle(study)])).toEqual(['done', 'done', 'done']);
    expect(await settle(study)).toBe('done');
    expect(await review.counted(student)).toMatchObject({ seconds, ledger: seconds, course: seconds });
    expect(await decisionsOf(study)).toMatchObject([{ kind: 'award', seconds }]);
    const { totals, sessions } = await hoursOf(student);
    expect(totals).toBe(seconds);
    expect(sessions).toMatchObject([{ creditedSeconds: seconds, awaitingSeconds: 0 }]);
    expect(sessions[0]?.decisions).toMatchObject([
      { kind: 'award', seconds, reasonZh: '工作人员核对后确认是本人，等待的时长已计入' },
    ]);
    await clean(student);
  });

  it('are refused with the reason when people do not, and given back when an appeal is granted', async () => {
    const { student, study, seconds } = await waiting();
    await study.decideReview('rejected', '证件照片不是本人');
    expect(await settle(study)).toBe('done');
    expect(await settle(study)).toBe('done');
    expect(await decisionsOf(study)).toEqual([
      { kind: 'refuse', seconds, reason: '工作人员核对后没有确认是本人，等待的时长不计入：证件照片不是本人' },
    ]);
    expect(await review.counted(student)).toMatchObject({ seconds: 0, ledger: 0 });
    expect((await hoursOf(student)).sessions).toMatchObject([
      { creditedSeconds: 0, awaitingSeconds: 0, voidedSeconds: 0, refusedSeconds: seconds },
    ]);
    await clean(student);
    const appeal = await review
      .own(student)
      .post<Appeal>('/api/learning/appeals', { sessionId: study.sessionId, text: '证件是本人的，请再看' });
    const caseId = await review.caseOf(study.sessionId);
    const detail = (await review.as('officer').get<ReviewCaseDetail>(`/api/review-cases/${caseId}`)).body;
    expect(detail.restorableSeconds).toBe(seconds);
    const granted = await review
      .as('officer')
      .post(`/api/appeals/${appeal.body.id}/answer`, { grant: true, answer: '核对后计入' });
    expect(granted.status, granted.text).toBe(200);
    expect(await review.counted(student)).toMatchObject({ seconds, ledger: seconds });
    expect((await hoursOf(student)).sessions).toMatchObject([
      { creditedSeconds: seconds, refusedSeconds: 0, voidedSeconds: 0 },
    ]);
    await clean(student);
  });

  it('are not credited twice when the learner has studied the part again in the meantime', async () => {
    const { student, study, seconds } = await waiting();
    await study.open();
    await study.watch(45);
    await study.close();
    const again = (await review.counted(student)).ledger;
    expect(again).toBe(45);
    await study.decideReview('approved');
    expect(await settle(study)).toBe('done');
    expect(await review.counted(student)).toMatchObject({ seconds, ledger: seconds });
    expect(await decisionsOf(study)).toMatchObject([{ kind: 'award', seconds: seconds - 45 }]);
    const { totals, sessions } = await hoursOf(student);
    expect(totals).toBe(seconds);
    expect(sessions.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(seconds);
    await clean(student);
  });

  it('wait on while the session runs, or another one of the lesson', async () => {
    const student = await review.student();
    const study = new PendingStudy(review, student.personId);
    await study.open();
    await study.watchUntilDeferred();
    await study.decideReview('approved');
    expect(await settle(study)).toBe('later');
    await study.watch(30);
    await study.close();
    await study.open();
    await study.watch(30);
    expect(await settle(study)).toBe('later');
    expect(await decisionsOf(study)).toEqual([]);
    await study.close();
    expect(await settle(study)).toBe('done');
    expect(await decisionsOf(study)).toMatchObject([{ kind: 'award' }]);
    await clean(student);
  });

  it('are voided like others once they count', async () => {
    const { student, study, seconds } = await waiting();
    await study.decideReview('approved');
    await settle(study);
    const caseId = await review.putCase(study.sessionId);
    const { body } = await review.decide(review.as('officer'), caseId, 'void-all');
    expect(body).toMatchObject({ state: 'voided-all', creditedSeconds: 0, restorableSeconds: seconds });
    expect(await review.counted(student)).toMatchObject({ seconds: 0, ledger: 0 });
    expect((await hoursOf(student)).sessions).toMatchObject([
      { creditedSeconds: 0, voidedSeconds: seconds, awaitingSeconds: 0 },
    ]);
    await clean(student);
  });

  it('are reasons of the proof that still add up', async () => {
    const { study, seconds } = await waiting();
    type Proof = {
      totalSeconds: number;
      creditedSeconds: number;
      notCreditedSeconds: number;
      byReason: { reason: string; seconds: number }[];
    };
    const proof = async () => {
      const { body } = await review.as('officer').get<Proof>(`/api/study-sessions/${study.sessionId}/proof`);
      expect(body.creditedSeconds + body.notCreditedSeconds).toBe(body.totalSeconds);
      expect(body.byReason.reduce((sum, one) => sum + one.seconds, 0)).toBe(body.notCreditedSeconds);
      return {
        credited: body.creditedSeconds,
        waits: body.byReason.find((one) => one.reason === 'identity-awaiting')?.seconds,
      };
    };
    expect(await proof()).toEqual({ credited: 0, waits: seconds });
    await study.decideReview('approved');
    await settle(study);
    expect(await proof()).toEqual({ credited: seconds, waits: undefined });
  });
});

describe('the jobs', () => {
  const context = () => ({
    platform: review.bench.test.platform,
    log: review.bench.test.platform.log,
    attempt: 1,
    isLastAttempt: true,
    signal: undefined,
  });
  const queued = async (study: PendingStudy) => {
    const { rows } = await review.owner.query<{ run_at: Date }>(
      'select run_at from graphile_worker._private_jobs where key = $1',
      [`settle-review-${study.identityCheckId}`],
    );
    return rows;
  };

  it('settle one check and try again later while a session runs', async () => {
    const student = await review.student();
    const study = new PendingStudy(review, student.personId);
    await study.open();
    await study.watchUntilDeferred();
    await study.decideReview('approved');
    const { personId, identityCheckId } = study;
    await transaction(review.pool, (tx) => queueSettling(tx, { personId, identityCheckId }));
    expect(await queued(study)).toHaveLength(1);
    await settleReviewedHours.run({ personId, identityCheckId }, context());
    const [again] = await queued(study);
    expect(again?.run_at.getTime()).toBeGreaterThan(review.bench.test.clock.nowMs());
    await study.close();
    await settleReviewedHours.run({ personId, identityCheckId }, context());
    expect(await decisionsOf(study)).toMatchObject([{ kind: 'award' }]);
  });

  it('find what was decided while no job ran', async () => {
    const several = [await waiting(), await waiting(), await waiting()];
    for (const { study } of several) await study.decideReview('approved');
    await settleAllReviewedHours.run({}, context());
    for (const { study, seconds } of several)
      expect(await decisionsOf(study)).toMatchObject([{ kind: 'award', seconds }]);
    await settleAllReviewedHours.run({}, context());
    for (const { study } of several) expect(await decisionsOf(study)).toHaveLength(1);
  });
});
