import type { IdentityVerdict } from '@antu/contract';
import type { IdentityProblem } from '@antu/domain';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { askToJudge } from '../ask-provider.ts';
import type { JudgeAnswer } from '../engine/index.ts';
import { activeTemplate, type EnrolmentRow, findEnrolment } from '../enrolment/enrolment-rows.ts';
import { faceRulesAt } from '../face-rules.ts';
import { type ArrivedFrame, deleteSteps, readSteps } from '../files/frame-files.ts';
import { lockPerson } from '../person-lock.ts';
import { judgeLimitMs, providerOf } from '../providers.ts';
import { askForReview, findReviewingOrganisation } from '../reviews/ask-for-review.ts';
import { type Challenge, lockChallenge } from './challenge-rows.ts';
import { type CheckRow, findCheck, readDetail } from './check-rows.ts';
import { nameForProvider } from './name-for-provider.ts';
import { werePicturesSeen } from './seen-pictures.ts';
import { type Decision, limitsOfChallenge, plainFailure, writeVerdict } from './write-verdict.ts';

export type JudgeContext = RouteContext<'identity.own'>;

export const presentVerdict = (check: CheckRow): IdentityVerdict => ({
  type: 'verdict',
  outcome: check.outcome,
  problems: [...readDetail(check).problems],
});

/** Gives the verdict of a challenge that this request moved to `judging`. */
export async function judgeChallenge(ctx: JudgeContext, challenge: Challenge): Promise<IdentityVerdict> {
  const { personId, id } = challenge;
  const owner = { personId, challengeId: id };
  const frames = await readSteps(ctx.platform, owner, challenge.prompts.length);
  const enrolment = await findEnrolment(ctx.pool, personId);
  const decision = await decide(ctx, { challenge, enrolment, frames });
  const verdict = await transaction(ctx.pool, (tx) => settle(tx, ctx, challenge, { enrolment, decision, frames }));
  await deleteSteps(ctx.platform, owner);
  return verdict;
}

type Material = { challenge: Challenge; enrolment: EnrolmentRow | undefined; frames: ArrivedFrame[] };

async function decide(ctx: JudgeContext, { challenge, enrolment, frames }: Material): Promise<Decision> {
  const { platform, pool, log } = ctx;
  const rules = faceRulesAt(challenge.scheme, challenge.regionCode, challenge.createdAt.getTime());
  const template = activeTemplate(platform.keys, enrolment, rules.provider);
  if (!template || !enrolment) return plainFailure(['not-enrolled']);
  const seen = await werePicturesSeen(pool, challenge, frames, ctx.nowMs());
  const answer = await askToJudge(
    () => providerOf(platform, rules.provider),
    {
      personId: challenge.personId,
      nonce: challenge.nonce,
      scheme: challenge.scheme,
      regionCode: challenge.regionCode,
      prompts: challenge.prompts,
      frames: frames.map(({ bytes, step, atMs }) => ({ bytes, step, atMs })),
      template,
      strict: challenge.purpose === 'exam',
      identity: () => nameForProvider(ctx, challenge, rules.provider),
    },
    { limitMs: judgeLimitMs(platform, limitsOfChallenge(challenge)), log },
  );
  return decisionOf(answer, { seen, provider: rules.provider, enrolmentId: enrolment.id });
}

type Circumstances = { seen: boolean; provider: string; enrolmentId: string };

/** Pictures that were there before are a recording, whatever is on them. */
function decisionOf(answer: JudgeAnswer, { seen, provider, enrolmentId }: Circumstances): Decision {
  const problems: IdentityProblem[] = [...answer.problems, ...(seen ? (['replayed'] as const) : [])];
  return {
    method: 'face',
    provider,
    outcome: seen ? 'failed' : answer.outcome,
    problems,
    signs: [...new Set([...answer.signs, ...(seen ? (['seen-before'] as const) : [])])],
    bestFrame: answer.bestFrame,
    supervisorAccountId: null,
    detail: {
      enrolmentId,
      ...(answer.distance === null ? {} : { distanceMilli: Math.round(answer.distance * 1000) }),
      ...(answer.bestFrame === null ? {} : { bestFrame: answer.bestFrame }),
      numbersMilli: Object.fromEntries(
        Object.entries(answer.detail).map(([name, value]) => [name, Math.round(value * 1000)]),
      ),
    },
  };
}

type Decided = { enrolment: EnrolmentRow | undefined; decision: Decision; frames: ArrivedFrame[] };

/** Writes the verdict unless somebody else did, consent ended meanwhile, or the face it was compared with is another one now. */
async function settle(
  tx: Tx,
  ctx: JudgeContext,
  { personId, id }: Challenge,
  { enrolment, decision, frames }: Decided,
): Promise<IdentityVerdict> {
  await lockPerson(tx, personId);
  const challenge = await lockChallenge(tx, personId, id);
  const written = await findCheck(tx, personId, id);
  if (written) return presentVerdict(written);
  if (challenge?.state !== 'judging') throw new AppError('identity.challenge_not_found');
  const now = await findEnrolment(tx, personId);
  const isSameFace = now?.id === enrolment?.id && now?.state === enrolment?.state;
  const final = isSameFace ? decision : plainFailure(['not-enrolled']);
  if (final.outcome !== 'pending') return (await writeVerdict(tx, ctx.platform, ctx, challenge, final, frames)).verdict;
  return leaveToPeople(tx, ctx, challenge, final, frames);
}

/** The provider gave no verdict: two people compare the pictures with the enrolled one later. Without anybody to do so it failed. */
async function leaveToPeople(
  tx: Tx,
  ctx: JudgeContext,
  challenge: Challenge,
  decision: Decision,
  frames: ArrivedFrame[],
): Promise<IdentityVerdict> {
  const organisation = await findReviewingOrganisation(tx, challenge.personId);
  const outcome = organisation ? 'pending' : 'failed';
  const { verdict, captureIds } = await writeVerdict(
    tx,
    ctx.platform,
    ctx,
    challenge,
    { ...decision, outcome },
    frames,
  );
  const [faceCaptureId] = captureIds;
  if (organisation && faceCaptureId !== undefined) {
    await askForReview(tx, { challenge, organisation, faceCaptureId, idCardCaptureId: null, askedAt: ctx.now() });
  }
  return verdict;
}
