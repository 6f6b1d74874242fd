import { setTimeout as pause } from 'node:timers/promises';
import type { IdentityVerdict } from '@antu/contract';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { lockPerson } from '../person-lock.ts';
import { judgeLimitMs } from '../providers.ts';
import { type Challenge, lockChallenge, updateChallenge } from './challenge-rows.ts';
import { findCheck } from './check-rows.ts';
import { judgeChallenge, type JudgeContext, presentVerdict } from './judge-challenge.ts';
import { limitsOfChallenge } from './write-verdict.ts';

const POLL_MS = 200;
/** Judging that lasts this much longer than a provider may take was left by a process that died. */
const LEFT_MARGIN_MS = 3_000;

/**
 * The verdict of a challenge that another request is judging. If that request's process died, this one judges again: the
 * pictures are still there, and the key of the verdict lets one in.
 */
export async function awaitVerdict(ctx: JudgeContext, personId: string, challengeId: string): Promise<IdentityVerdict> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const found = await look(ctx, personId, challengeId);
    if (found.type === 'verdict') return found.verdict;
    if (found.type === 'left') return judgeChallenge(ctx, found.challenge);
    if (waitedMs > found.mayTakeMs) throw new AppError('identity.challenge_used');
    await pause(POLL_MS);
  }
}

type Found =
  | { type: 'verdict'; verdict: IdentityVerdict }
  | { type: 'left'; challenge: Challenge }
  | { type: 'judging'; mayTakeMs: number };

function look(ctx: JudgeContext, personId: string, challengeId: string): Promise<Found> {
  return transaction(ctx.pool, async (tx): Promise<Found> => {
    await lockPerson(tx, personId);
    const check = await findCheck(tx, personId, challengeId);
    if (check) return { type: 'verdict', verdict: presentVerdict(check) };
    const challenge = await lockChallenge(tx, personId, challengeId);
    if (challenge?.state !== 'judging') throw new AppError('identity.challenge_not_found');
    const mayTakeMs = judgeLimitMs(ctx.platform, limitsOfChallenge(challenge)) + LEFT_MARGIN_MS;
    if (ctx.nowMs() - challenge.stepAt.getTime() <= mayTakeMs) return { type: 'judging', mayTakeMs };
    // Marks it as taken over: a third request waits for this one.
    await updateChallenge(tx, challenge, { step: challenge.step, stepAt: ctx.now(), state: 'judging' });
    return { type: 'left', challenge };
  });
}
