import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { type Challenge, lockChallenge } from './challenge-rows.ts';
import { endChallenge } from './end-challenge.ts';

type Asked = {
  personId: string;
  challengeId: string;
  /** Undefined where the answer carries none: the code is the secret then. */
  nonce?: string;
};

/**
 * The challenge that an answer belongs to, locked. A number or a sign-in that does not fit is no mistake that a player makes:
 * the challenge ends and the log has it. The refusal is given back, not thrown, so that this is committed.
 */
export async function lockOwnChallenge(
  tx: Tx,
  ctx: RouteContext<'identity.own'>,
  { personId, challengeId, nonce }: Asked,
): Promise<{ challenge: Challenge } | { refusal: AppError }> {
  const gone = { refusal: new AppError('identity.challenge_not_found') };
  const challenge = await lockChallenge(tx, personId, challengeId);
  if (!challenge) return gone;
  const isForeign = challenge.loginSessionId !== null && challenge.loginSessionId !== ctx.actor.sessionId;
  if (isForeign || (nonce !== undefined && !isEqual(nonce, challenge.nonce))) {
    if (challenge.state !== 'open') return gone;
    await endChallenge(tx, ctx.platform, ctx, challenge);
    await recordAudit(tx, ctx, {
      action: 'identity.own',
      object: { kind: 'identity-check', id: challengeId },
      outcome: 'denied',
      detail: { why: isForeign ? 'another sign-in' : 'wrong number' },
    });
    return gone;
  }
  if (challenge.state === 'open' && challenge.expiresAt.getTime() <= ctx.nowMs()) return gone;
  return { challenge };
}

function isEqual(sent: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
