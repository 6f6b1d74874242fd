import type { SignInAnswer, SignInRequest } from '@antu/contract';
import { countFailure, isLocked, type LockState } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import { findAccountByLogin, findRoles, getAccountForUpdate } from './account-queries.ts';
import { verifyAgainstNobody, verifyPassword } from './passwords.ts';
import {
  answerOf,
  auditAs,
  countWrongTry,
  credentialsError,
  handOver,
  lockedError,
  lockRefusal,
  nextStage,
  type PublicContext,
  renewSession,
  rulesNow,
} from './sign-in-flow.ts';

/** Checks login and password. The password is hashed outside the transaction: 30 ms with a row locked would be 30 too many. */
export async function signInWithPassword(
  ctx: PublicContext,
  { login, password }: SignInRequest,
): Promise<SignInAnswer> {
  const { pool, platform } = ctx;
  const found = await findAccountByLogin(pool, platform.keys, login);
  if (!found) throw await refuseUnknown(ctx, login, password);
  const locked = lockRefusal(found, ctx.nowMs());
  if (locked) {
    await recordLockedTry(ctx, found.id);
    throw locked;
  }
  const right = await verifyPassword(password, found.password_hash);
  const outcome = await transaction(pool, async (tx) => {
    const account = await getAccountForUpdate(tx, found.id);
    // Tries sent at the same moment passed the look above together; here they come one by one.
    const refusal = lockRefusal(account, ctx.nowMs());
    if (refusal) return refusal;
    if (!right || account.password_hash !== found.password_hash) {
      return countWrongTry(tx, ctx, account, 'auth.sign-in', undefined);
    }
    const roles = await findRoles(tx, account.id);
    if (account.disabled_at) {
      await recordAudit(tx, auditAs(ctx, account, roles), {
        action: 'auth.sign-in',
        object: { kind: 'account', id: account.id },
        outcome: 'denied',
        detail: { why: 'disabled' },
      });
      return new AppError('auth.disabled');
    }
    const stage = nextStage(account, roles, rulesNow(ctx), ctx.nowMs(), false);
    return { stage, token: await renewSession(tx, ctx, account, roles, stage) };
  });
  if (outcome instanceof AppError) throw outcome;
  handOver(ctx, outcome.token, found.id);
  return answerOf(outcome.stage);
}

async function recordLockedTry(ctx: PublicContext, accountId: string): Promise<void> {
  await recordAudit(ctx.pool, ctx, {
    action: 'auth.sign-in',
    object: { kind: 'account', id: accountId },
    outcome: 'failed',
    detail: { why: 'locked' },
  });
}

/** Wrong tries at logins that do not exist, so that they are answered like those that do. Few and short-lived. */
const strangers = new Map<string, LockState>();
const MAX_STRANGERS = 10_000;

async function refuseUnknown(ctx: PublicContext, login: string, password: string): Promise<AppError> {
  const rules = rulesNow(ctx);
  const nowMs = ctx.nowMs();
  const name = ctx.platform.keys.blindIndex('login.stranger', login.toLowerCase()).toString('latin1');
  const state = strangers.get(name) ?? { failures: 0, lockedUntilMs: null };
  const stillLocked = isLocked(state, nowMs);
  if (!stillLocked) await verifyAgainstNobody(password);
  const next = stillLocked ? state : countFailure(rules, state, nowMs);
  strangers.delete(name);
  strangers.set(name, next);
  const [oldest] = strangers.keys();
  if (strangers.size > MAX_STRANGERS && oldest !== undefined) strangers.delete(oldest);
  await recordAudit(ctx.pool, ctx, {
    action: 'auth.sign-in',
    object: { kind: 'account', id: null },
    outcome: 'failed',
    // Not what was typed: people type passwords and ID numbers there.
    detail: { why: 'unknown-login' },
  });
  return next.lockedUntilMs === null ? credentialsError(rules, next.failures) : lockedError(next.lockedUntilMs);
}
