import { randomBytes, randomInt } from 'node:crypto';
import type { IdentityChallenge } from '@antu/contract';
import {
  bucketOf,
  checkLimitsOf,
  type CheckLimits,
  chinaDateOf,
  drawPrompts,
  findCheckRules,
  placeInBucket,
  type SchemeCode,
} from '@antu/domain';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/module.ts';
import type { AuditContext } from '../../audit/index.ts';
import { faceRulesAt } from '../face-rules.ts';
import { lockPerson } from '../person-lock.ts';
import {
  type Challenge,
  type CheckPurpose,
  findBeginnings,
  insertChallenge,
  lockOlderChallenges,
  presentChallenge,
} from './challenge-rows.ts';
import { endChallenge } from './end-challenge.ts';

export type ChallengeRequest = {
  personId: string;
  purpose: CheckPurpose;
  /** Study session or test; null for a sign-in. */
  sessionId: string | null;
  /** The check of that session that asks; a new challenge of the same check makes the older one void. */
  checkId: string | null;
  scheme: SchemeCode;
  regionCode: string;
  /** `actor.sessionId`: pictures are taken from this sign-in only. */
  loginSessionId: string;
};

/** Whole numbers below this are even for every prompt; 48 bits is what randomInt gives. */
const RANDOM_RANGE = 2 ** 47;

/**
 * Begins a check: prompts nobody can foresee, and a number that is good for it alone. Whoever is not enrolled gets one too, for
 * the other ways. Refuses a person who begins too many (`identity.too_many_checks`).
 */
export async function openChallenge(
  platform: Platform,
  ctx: AuditContext,
  request: ChallengeRequest,
): Promise<IdentityChallenge> {
  const nowMs = ctx.now().getTime();
  const limits = checkLimitsOf(findCheckRules(chinaDateOf(nowMs)));
  const challenge = await transaction(platform.pool, async (tx) => {
    await lockPerson(tx, request.personId);
    await refuseTooMany(tx, request.personId, limits, nowMs);
    for (const older of await lockOlderChallenges(tx, request)) await endChallenge(tx, platform, ctx, older);
    const made = makeChallenge(request, limits, nowMs);
    await insertChallenge(tx, made);
    return made;
  });
  return presentChallenge(challenge, limits, nowMs);
}

async function refuseTooMany(tx: Tx, personId: string, limits: CheckLimits, nowMs: number): Promise<void> {
  const windowMs = limits.checksWindowSeconds * 1000;
  const begun = await findBeginnings(tx, personId, new Date(nowMs - windowMs));
  const [oldest] = begun;
  if (!oldest || begun.length < limits.mostChecks) return;
  const waitMinutes = Math.max(1, Math.ceil((oldest.getTime() + windowMs - nowMs) / 60_000));
  throw new AppError('identity.too_many_checks', { waitMinutes });
}

function makeChallenge(request: ChallengeRequest, limits: CheckLimits, nowMs: number): Challenge {
  const bucket = bucketOf(request.personId);
  const now = new Date(nowMs);
  return {
    ...request,
    bucket,
    id: placeInBucket(uuidv7(nowMs), bucket),
    ruleSetId: faceRulesAt(request.scheme, request.regionCode, nowMs).id,
    nonce: randomBytes(24).toString('base64url'),
    prompts: drawPrompts(limits.promptsPerCheck, () => randomInt(RANDOM_RANGE) / RANDOM_RANGE),
    step: -1,
    stepAt: now,
    state: 'open',
    createdAt: now,
    expiresAt: new Date(nowMs + limits.challengeSeconds * 1000),
  };
}
