import type { IdentityChallenge, IdentityVerdict, sendCheckFrames } from '@antu/contract';
import { findTimeProblem, type IdentityProblem } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { findEnrolment } from '../enrolment/enrolment-rows.ts';
import { type ArrivedFrame, deleteSteps, putStep, readStep, readSteps } from '../files/frame-files.ts';
import { arrivedPicture, looksLikePicture } from '../files/picture-bytes.ts';
import { lockPerson } from '../person-lock.ts';
import { awaitVerdict } from './await-verdict.ts';
import { type Challenge, presentChallenge, updateChallenge } from './challenge-rows.ts';
import { findCheck, readDetail, shortSha } from './check-rows.ts';
import { judgeChallenge, presentVerdict } from './judge-challenge.ts';
import { lockOwnChallenge } from './own-challenge.ts';
import { limitsOfChallenge, plainFailure, writeVerdict } from './write-verdict.ts';

type Ctx = RouteContext<'identity.own'>;
type Body = z.output<(typeof sendCheckFrames)['body']>;
export type FramesAnswer = { type: 'next'; challenge: IdentityChallenge } | IdentityVerdict;

/** What the transaction found; `judge`: the last step is in, the provider is asked outside of it; `wait`: by somebody else. */
type Received =
  | { type: 'answer'; answer: FramesAnswer; isOver: boolean }
  | { type: 'judge'; challenge: Challenge }
  | { type: 'wait' }
  | { type: 'refused'; error: AppError };

/**
 * Takes the pictures of a step. Only the person of the challenge, in the sign-in that it was made for, with its number, step by
 * step and in time: the next prompt is told by the answer. Sending the very same pictures again gets the same answer again, so
 * that a lost answer costs no try.
 */
export async function receiveFrames(
  ctx: Ctx,
  personId: string,
  { challengeId, step }: { challengeId: string; step: number },
  { nonce, frames }: Body,
): Promise<FramesAnswer> {
  const receivedAtMs = ctx.nowMs();
  const arrived = frames.map(({ atMs, picture }) => ({ ...arrivedPicture(picture), step, atMs, receivedAtMs }));
  const received = await transaction(ctx.pool, async (tx): Promise<Received> => {
    await lockPerson(tx, personId);
    const own = await lockOwnChallenge(tx, ctx, { personId, challengeId, nonce });
    if ('refusal' in own) return { type: 'refused', error: own.refusal };
    return receiveStep(tx, ctx, own.challenge, step, arrived);
  });
  if (received.type === 'refused') throw received.error;
  if (received.type === 'judge') return judgeChallenge(ctx, received.challenge);
  if (received.type === 'wait') return awaitVerdict(ctx, personId, challengeId);
  if (received.isOver) await deleteSteps(ctx.platform, { personId, challengeId });
  return received.answer;
}

async function receiveStep(
  tx: Tx,
  ctx: Ctx,
  challenge: Challenge,
  step: number,
  arrived: readonly ArrivedFrame[],
): Promise<Received> {
  const { personId, prompts, state } = challenge;
  const owner = { personId, challengeId: challenge.id };
  const isLast = step === prompts.length - 1;
  if (state === 'done') return answerAgain(tx, challenge, step, arrived);
  if (state === 'judging') {
    const repeats = isLast && isSame(await readStep(ctx.platform, owner, step), arrived);
    return repeats ? { type: 'wait' } : refuse('identity.challenge_used');
  }
  const enrolment = await findEnrolment(tx, personId);
  if (enrolment?.state !== 'active') return refuse('identity.not_enrolled');
  const limits = limitsOfChallenge(challenge);
  const next = (one: Challenge): Received => {
    return {
      type: 'answer',
      isOver: false,
      answer: { type: 'next', challenge: presentChallenge(one, limits, ctx.nowMs()) },
    };
  };
  if (step === challenge.step - 1 && isSame(await readStep(ctx.platform, owner, step), arrived)) return next(challenge);
  if (step !== challenge.step) return refuse('identity.wrong_step');
  const before = await readSteps(ctx.platform, owner, step);
  const problem = findProblem(challenge, before, arrived);
  if (problem !== undefined) {
    const frames = [...before, ...arrived];
    const { verdict } = await writeVerdict(tx, ctx.platform, ctx, challenge, plainFailure([problem]), frames);
    return { type: 'answer', isOver: true, answer: verdict };
  }
  await putStep(ctx.platform, owner, step, arrived);
  const moved: Challenge = {
    ...challenge,
    step: step + 1,
    stepAt: ctx.now(),
    state: isLast ? 'judging' : 'open',
  };
  await updateChallenge(tx, challenge, moved);
  return isLast ? { type: 'judge', challenge: moved } : next(moved);
}

/** What is wrong with the pictures of a step before anybody looks at what is on them. */
function findProblem(
  challenge: Challenge,
  before: readonly ArrivedFrame[],
  arrived: readonly ArrivedFrame[],
): IdentityProblem | undefined {
  const limits = limitsOfChallenge(challenge);
  if (arrived.length < limits.framesPerStep || !arrived.every(({ bytes }) => looksLikePicture(bytes)))
    return 'unreadable';
  const receivedAtMs = arrived[0]?.receivedAtMs ?? 0;
  return findTimeProblem(
    {
      atMs: arrived.map(({ atMs }) => atMs),
      previousAtMs: before.at(-1)?.atMs ?? null,
      sinceStartMs: receivedAtMs - challenge.createdAt.getTime(),
      sinceStepMs: receivedAtMs - challenge.stepAt.getTime(),
    },
    limits,
  );
}

/** A check that is over tells its verdict to whoever sent its last step, and to nobody else. */
async function answerAgain(
  tx: Tx,
  challenge: Challenge,
  step: number,
  arrived: readonly ArrivedFrame[],
): Promise<Received> {
  const check = await findCheck(tx, challenge.personId, challenge.id);
  if (!check) return refuse('identity.challenge_used');
  const judged = readDetail(check).frames ?? [];
  const [lastStep] = judged.at(-1) ?? [];
  const shas = judged.filter(([one]) => one === lastStep).map(([, , sha]) => sha);
  const isSameStep = step === lastStep && shas.join() === arrived.map(({ sha256Hex }) => shortSha(sha256Hex)).join();
  if (!isSameStep) return refuse('identity.challenge_used');
  return { type: 'answer', isOver: false, answer: presentVerdict(check) };
}

const isSame = (kept: readonly ArrivedFrame[], arrived: readonly ArrivedFrame[]): boolean =>
  kept.length > 0 && kept.map(({ sha256Hex }) => sha256Hex).join() === arrived.map(({ sha256Hex }) => sha256Hex).join();

function refuse(code: ConstructorParameters<typeof AppError>[0]): Received {
  return { type: 'refused', error: new AppError(code) };
}
