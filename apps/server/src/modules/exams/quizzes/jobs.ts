import { bucketOf } from '@antu/domain';
import { z } from 'zod';
import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { type CronLine, defineJob, type JobDefinition } from '../../../platform/jobs.ts';
import { findUnsettledGates, queueQuizSettling } from '../../learning/index.ts';
import { holdAttempt } from './attempt-rows.ts';
import { endAttempt, isTimeUp } from './end-attempt.ts';

const PAGE = 200;
/** Rounds settled longer ago were looked at often enough. */
const SWEEP_BACK_MS = 30 * 86_400_000;

/** Ends and marks attempts that nobody handed in or looked at again: nobody is forgotten. */
export const endQuizAttempts = defineJob({
  name: 'exams.end-quiz-attempts',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const ended = await endAllTimedOut(platform.pool, () => platform.clock.nowMs(), signal);
    if (ended > 0) log.info({ ended }, 'quiz attempts ended by the clock');
  },
});

/** Ends every attempt whose time is up. @returns how many */
export async function endAllTimedOut(pool: Pool, nowMs: () => number, signal?: AbortSignal): Promise<number> {
  let ended = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: string; personId: string }>(
      `select id, person_id as "personId" from quiz_attempt where ended_at is null and ends_at <= $1
       order by ends_at limit ${PAGE}`,
      [new Date(nowMs())],
    );
    for (const { id, personId } of rows) {
      if (signal?.aborted) return ended;
      const isEnded = await transaction(
        pool,
        async (tx) => {
          const held = await holdAttempt(tx, personId, id);
          if (!held || !isTimeUp(held.attempt, nowMs())) return false;
          await endAttempt(tx, held.round, held.attempt, nowMs());
          return true;
        },
        { retries: 3 },
      );
      if (isEnded) ended += 1;
    }
    if (rows.length < PAGE) return ended;
  }
}

/** Finds rounds that are over while hours still wait for them, whatever became of their jobs. */
export const settleQuizRounds = defineJob({
  name: 'exams.settle-quiz-rounds',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const { pool, clock } = platform;
    let [found, after] = [0, FIRST];
    for (;;) {
      if (signal?.aborted) return;
      const page = await readSettled(pool, clock.nowMs() - SWEEP_BACK_MS, after);
      const left = await findUnsettledGates(pool, page);
      for (const { id, personId } of left) {
        await transaction(pool, (tx) => queueQuizSettling(tx, { personId, gateId: id }));
      }
      found += left.length;
      const last = page.at(-1);
      if (!last) break;
      after = { bucket: bucketOf(last.personId), id: last.id };
    }
    if (found > 0) log.info({ found }, 'hours of quizzes are settled after all');
  },
});

const FIRST = { bucket: -1, id: '00000000-0000-0000-0000-000000000000' };

async function readSettled(pool: Pool, sinceMs: number, after: { bucket: number; id: string }) {
  const { rows } = await pool.query<{ id: string; personId: string }>(
    `select id, person_id as "personId" from quiz_round
     where state <> 'open' and settled_at >= $1 and (bucket, id) > ($2, $3::uuid) order by bucket, id limit ${PAGE}`,
    [new Date(sinceMs), after.bucket, after.id],
  );
  return rows;
}

export const quizJobs: readonly JobDefinition[] = [endQuizAttempts, settleQuizRounds];
export const quizCron: readonly CronLine[] = [
  { match: '* * * * *', job: endQuizAttempts, payload: {} },
  { match: '*/10 * * * *', job: settleQuizRounds, payload: {} },
];
