import { timingSafeEqual } from 'node:crypto';
import type { IdentityVerdict } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import type { Challenge } from '../checks/challenge-rows.ts';
import { lockOwnChallenge } from '../checks/own-challenge.ts';
import { limitsOfChallenge, plainFailure, writeVerdict } from '../checks/write-verdict.ts';
import { deleteSteps } from '../files/frame-files.ts';
import { lockPerson } from '../person-lock.ts';
import { hashCode, lockUsableCode } from './code-rows.ts';

type Ctx = RouteContext<'identity.own'>;

/**
 * The other way on site: the code of a supervisor who sees the learner. A wrong one is a try of the code, not of the check; after
 * the last try the code is dead and a new one has to be asked for.
 */
export async function answerByCode(
  ctx: Ctx,
  personId: string,
  challengeId: string,
  code: string,
): Promise<IdentityVerdict> {
  const answered = await transaction(ctx.pool, async (tx) => {
    await lockPerson(tx, personId);
    const own = await lockOwnChallenge(tx, ctx, { personId, challengeId });
    if ('refusal' in own) return own.refusal;
    if (own.challenge.state !== 'open') return new AppError('identity.challenge_used');
    return tryCode(tx, ctx, own.challenge, code);
  });
  // Given back and not thrown inside: a wrong try has to be counted.
  if (answered instanceof AppError) throw answered;
  await deleteSteps(ctx.platform, { personId, challengeId });
  return answered;
}

async function tryCode(tx: Tx, ctx: Ctx, challenge: Challenge, code: string): Promise<IdentityVerdict | AppError> {
  const { personId } = challenge;
  const bucket = bucketOf(personId);
  const { codeTries } = limitsOfChallenge(challenge);
  const found = await lockUsableCode(tx, personId, { now: ctx.now(), mostTries: codeTries });
  if (!found) return new AppError('identity.wrong_code');
  if (!timingSafeEqual(hashCode(ctx.platform.keys, found.id, code), found.codeHash)) {
    await tx.query('update identity_code set tries = tries + 1 where bucket = $1 and id = $2', [bucket, found.id]);
    return new AppError('identity.wrong_code');
  }
  await tx.query('update identity_code set tries = tries + 1, used_at = $3 where bucket = $1 and id = $2', [
    bucket,
    found.id,
    ctx.now(),
  ]);
  const { verdict } = await writeVerdict(
    tx,
    ctx.platform,
    ctx,
    challenge,
    {
      ...plainFailure([]),
      method: 'on-site',
      outcome: 'passed',
      supervisorAccountId: found.issuedBy,
      detail: { codeId: found.id, organisationId: found.organisationId },
    },
    [],
  );
  return verdict;
}
