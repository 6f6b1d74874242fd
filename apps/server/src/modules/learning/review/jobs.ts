import { z } from 'zod';
import type { Tx } from '../../../platform/database/pool.ts';
import { addJob, type CronLine, defineJob, type JobContext, type JobDefinition } from '../../../platform/jobs.ts';
import { systemAuditContext } from '../../audit/index.ts';
import { findSuspicious } from './find-suspicious.ts';
import { findUnsettled, type PendingCheck, type Settled, settleQuizGate, settleReview } from './settle-review.ts';

/** A session that is involved may run for long; what is missed is found by the sweep. */
const TRY_AGAIN_MS = 120_000;
/** Reviews decided longer ago than this have been settled or were looked at often enough. */
const SWEEP_BACK_MS = 30 * 86_400_000;
const SWEEP_PAGE = 200;

/** Puts suspicious sessions before people. */
export const findSuspiciousSessions = defineJob({
  name: 'learning.find-suspicious',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const put = await findSuspicious(platform.pool, platform.clock.nowMs(), signal);
    if (put > 0) log.info({ put }, 'suspicious sessions put before people');
  },
});

/** Carries out for the hours what two people decided about a check. */
export const settleReviewedHours = defineJob({
  name: 'learning.settle-review',
  payload: z.object({ personId: z.uuid(), identityCheckId: z.uuid() }),
  handler: async (check, context) =>
    againLater(context, await settle(context, check), (client, at) => queueSettling(client, check, at)),
});

/** Carries out for the hours how a round of a quiz ended. */
export const settleQuizHours = defineJob({
  name: 'learning.settle-quiz',
  payload: z.object({ personId: z.uuid(), gateId: z.uuid() }),
  handler: async (gate, context) => {
    const { platform } = context;
    const audit = systemAuditContext(() => platform.clock.now(), `settle-quiz-${gate.gateId}`);
    const settled = await settleQuizGate(platform.pool, audit, gate);
    await againLater(context, settled, (client, at) => queueQuizSettling(client, gate, at));
  },
});

/** As a job of its own: a session that runs for hours is no failure. */
async function againLater(
  { platform }: JobContext,
  settled: Settled,
  queue: (client: Tx, at: Date) => Promise<void>,
): Promise<void> {
  if (settled !== 'later') return;
  const client = await platform.pool.connect();
  try {
    await queue(client, new Date(platform.clock.nowMs() + TRY_AGAIN_MS));
  } finally {
    client.release();
  }
}

/** Finds decided checks for which hours still wait, whatever became of their jobs. */
export const settleAllReviewedHours = defineJob({
  name: 'learning.settle-reviews',
  payload: z.object({}),
  handler: async (_payload, context) => {
    const { pool, clock } = context.platform;
    let after = { bucket: -1, id: '00000000-0000-0000-0000-000000000000' };
    while (!context.signal?.aborted) {
      const page = await findUnsettled(pool, after, clock.nowMs() - SWEEP_BACK_MS, SWEEP_PAGE);
      for (const check of page) await settle(context, check);
      const last = page.at(-1);
      if (!last) return;
      after = { bucket: last.bucket, id: last.identityCheckId };
    }
  },
});

/** Has the hours settled that wait for a check; in the transaction in which people decided. */
export async function queueSettling(tx: Tx, check: PendingCheck, runAt?: Date): Promise<void> {
  const { personId, identityCheckId } = check;
  await addJob(
    tx,
    settleReviewedHours,
    { personId, identityCheckId },
    { jobKey: `settle-review-${identityCheckId}`, ...(runAt ? { runAt } : {}) },
  );
}

/** Has the hours settled that wait for a round of a quiz; in the transaction in which it ended. */
export async function queueQuizSettling(
  tx: Tx,
  { personId, gateId }: { personId: string; gateId: string },
  runAt?: Date,
): Promise<void> {
  await addJob(
    tx,
    settleQuizHours,
    { personId, gateId },
    { jobKey: `settle-quiz-${gateId}`, ...(runAt ? { runAt } : {}) },
  );
}

const settle = ({ platform }: JobContext, check: PendingCheck) =>
  settleReview(
    platform.pool,
    systemAuditContext(() => platform.clock.now(), `settle-review-${check.identityCheckId}`),
    check,
  );

export const reviewJobs: readonly JobDefinition[] = [
  findSuspiciousSessions,
  settleReviewedHours,
  settleQuizHours,
  settleAllReviewedHours,
];
export const reviewCron: readonly CronLine[] = [
  { match: '*/5 * * * *', job: findSuspiciousSessions, payload: {} },
  { match: '*/10 * * * *', job: settleAllReviewedHours, payload: {} },
];
