import type { Role, SignInNext } from '@antu/contract';
import {
  chinaDateAt,
  countFailure,
  idleSecondsFor,
  isLocked,
  needsSecondFactor,
  passwordExpiresAtMs,
  type SignInRuleSet,
  signInRulesOn,
} from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http/actor.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { type AccountRow, findRoles, lockStateOf, saveLockState } from './account-queries.ts';
import { sessionCacheOf } from './session-cache.ts';
import { clearSessionCookie, setSessionCookie, sessionTokenOf } from './session-cookie.ts';
import { endSession, findSession, openSession, type SessionRow, type SessionStage } from './sessions.ts';
import { type SessionKey, sessionKeyOf } from './session-token.ts';

export type PublicContext = RouteContext<'public'>;

/** The rules of this moment. */
export const rulesNow = (ctx: PublicContext): SignInRuleSet => signInRulesOn(chinaDateAt(ctx.nowMs()));

/** What is still missing before the session opens, in the order in which people are asked. */
export function nextStage(
  account: AccountRow,
  roles: readonly Role[],
  rules: SignInRuleSet,
  nowMs: number,
  passedTotp: boolean,
): SessionStage {
  if (account.totp_sealed && !passedTotp) return 'totp';
  const expiresAtMs = passwordExpiresAtMs(rules, roles, account.password_changed_at.getTime());
  if (account.must_change_password || (expiresAtMs !== null && nowMs >= expiresAtMs)) return 'change-password';
  return needsSecondFactor(roles) && !account.totp_sealed ? 'enrol-totp' : 'open';
}

export const answerOf = (stage: SessionStage): { next: SignInNext } => ({ next: stage === 'open' ? 'done' : stage });

/** For rows about somebody who is not signed in yet: the account is known, its session not open. */
export const auditAs = (ctx: PublicContext, account: AccountRow, roles: readonly Role[]) => {
  const actor: Actor = {
    accountId: account.id,
    personId: account.person_id,
    sessionId: '',
    csrfToken: '',
    memberships: roles.map((role) => ({ membershipId: '', role, organisationId: '', regionCode: '' })),
  };
  return { actor, address: ctx.address, requestId: ctx.requestId, now: () => ctx.now() };
};

/** Ends the session of the request, if any, and opens one in the given stage: a token never survives a change of rights. */
export async function renewSession(
  tx: Tx,
  ctx: PublicContext,
  account: AccountRow,
  roles: readonly Role[],
  stage: SessionStage,
): Promise<string> {
  const old = sessionKeyOf(sessionTokenOf(ctx.request));
  const present = old && (await findSession(tx, old));
  if (old && present) await endSession(tx, old, present.account_id);
  const rules = rulesNow(ctx);
  const nowMs = ctx.nowMs();
  if (stage === 'open') {
    const sql =
      'update account set last_sign_in_at = $3, failures = 0, locked_until = null where bucket = $1 and id = $2';
    await tx.query(sql, [account.bucket, account.id, new Date(nowMs)]);
    await recordAudit(tx, auditAs(ctx, account, roles), {
      action: 'auth.sign-in',
      object: { kind: 'account', id: account.id },
      detail: { userAgent: ctx.userAgent },
    });
  }
  return openSession(tx, {
    accountId: account.id,
    stage,
    idleSeconds: idleSecondsFor(rules, roles),
    absoluteSeconds: rules.absoluteSeconds,
    address: ctx.address,
    userAgent: ctx.userAgent,
    nowMs,
  });
}

/** Sets the cookie after the transaction is through. This process forgets older sessions now, others when they hear of it. */
export function handOver(ctx: PublicContext, token: string, accountId: string): void {
  setSessionCookie(ctx, token);
  sessionCacheOf(ctx.platform).forget(accountId);
  if (ctx.actor) sessionCacheOf(ctx.platform).forget(ctx.actor.accountId);
}

/** Half way through signing in: the session of the request in this stage, still alive. */
export async function requireStage(
  ctx: PublicContext,
  stages: readonly SessionStage[],
): Promise<{ key: SessionKey; session: SessionRow }> {
  const key = sessionKeyOf(sessionTokenOf(ctx.request));
  const session = key && (await findSession(ctx.pool, key));
  // An open session may have gone idle, which only the access control knows: then it gives no actor.
  const alive = session && ctx.nowMs() < session.expires_at.getTime() && (session.stage !== 'open' || ctx.actor);
  if (!key || !session || !alive || !stages.includes(session.stage)) {
    if (key && !alive) clearSessionCookie(ctx);
    throw new AppError('auth.step_missing');
  }
  return { key, session };
}

/** `{until}` of the lock notice, in China time. */
const clockTime = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(11, 16);

export const lockedError = (untilMs: number): AppError =>
  new AppError('auth.locked', { until: clockTime(untilMs), lockedUntil: new Date(untilMs).toISOString() });

/** The refusal to answer when the account is locked now. */
export function lockRefusal(account: AccountRow, nowMs: number): AppError | undefined {
  const state = lockStateOf(account);
  return isLocked(state, nowMs) && state.lockedUntilMs !== null ? lockedError(state.lockedUntilMs) : undefined;
}

/** Warns from the last but one try on. */
export function credentialsError(rules: SignInRuleSet, failures: number): AppError {
  const triesLeft = rules.failuresUntilLock - failures;
  return triesLeft <= 2
    ? new AppError('auth.wrong_credentials_last_tries', { triesLeft, lockMinutes: rules.lockSeconds / 60 })
    : new AppError('auth.wrong_credentials');
}

/**
 * Counts a wrong password or code and records it; gives the refusal, which the caller throws after the commit: thrown
 * inside, it would roll the count back.
 */
export async function countWrongTry(
  tx: Tx,
  ctx: PublicContext,
  account: AccountRow,
  action: string,
  plain: AppError | undefined,
): Promise<AppError> {
  const rules = rulesNow(ctx);
  const state = countFailure(rules, lockStateOf(account), ctx.nowMs());
  await saveLockState(tx, account, state);
  await recordAudit(tx, auditAs(ctx, account, await findRoles(tx, account.id)), {
    action,
    object: { kind: 'account', id: account.id },
    outcome: 'failed',
    detail: { failures: state.failures, locked: state.lockedUntilMs !== null },
  });
  if (state.lockedUntilMs !== null) return lockedError(state.lockedUntilMs);
  return plain ?? credentialsError(rules, state.failures);
}
