import type { SignInAnswer, TotpEnrolAnswer, TotpEnrolRequest, TotpRequest } from '@antu/contract';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import { type AccountRow, findRoles, getAccountForUpdate } from './account-queries.ts';
import { openTotpSecret, sealTotpSecret } from './sealed-columns.ts';
import type { SessionKey } from './session-token.ts';
import type { SessionStage } from './sessions.ts';
import {
  answerOf,
  auditAs,
  countWrongTry,
  handOver,
  lockRefusal,
  nextStage,
  type PublicContext,
  renewSession,
  requireStage,
  rulesNow,
} from './sign-in-flow.ts';
import { checkTotp, makeTotpSecret, totpUri } from './totp.ts';

type Passed = { readonly stage: SessionStage; readonly token: string };

async function passTotp(tx: Tx, ctx: PublicContext, account: AccountRow, step: number): Promise<Passed> {
  const sql = 'update account set totp_last_step = $3, failures = 0, locked_until = null where bucket = $1 and id = $2';
  await tx.query(sql, [account.bucket, account.id, step]);
  const roles = await findRoles(tx, account.id);
  const stage = nextStage(account, roles, rulesNow(ctx), ctx.nowMs(), true);
  return { stage, token: await renewSession(tx, ctx, account, roles, stage) };
}

/** The second step of signing in. Wrong codes count towards the same lock as wrong passwords. */
export async function confirmTotpCode(ctx: PublicContext, { code }: TotpRequest): Promise<SignInAnswer> {
  const { session } = await requireStage(ctx, ['totp']);
  const outcome = await transaction(ctx.pool, async (tx) => {
    const account = await getAccountForUpdate(tx, session.account_id);
    const refusal = lockRefusal(account, ctx.nowMs());
    if (refusal) return refusal;
    if (!account.totp_sealed) return new AppError('auth.step_missing');
    const secret = openTotpSecret(ctx.platform.keys, account.totp_sealed, account.id);
    const check = checkTotp(secret, code, ctx.nowMs(), account.totp_last_step);
    if (check.accepted) return passTotp(tx, ctx, account, check.step);
    const refused = new AppError(check.why === 'used' ? 'auth.totp_used' : 'auth.totp_wrong');
    return countWrongTry(tx, ctx, account, 'auth.totp', refused);
  });
  if (outcome instanceof AppError) throw outcome;
  handOver(ctx, outcome.token, session.account_id);
  return answerOf(outcome.stage);
}

/** Enrolment in two calls: the first shows a secret, the second proves with a code that it was scanned. */
export async function enrolSecondFactor(ctx: PublicContext, { code }: TotpEnrolRequest): Promise<TotpEnrolAnswer> {
  const { key, session } = await requireStage(ctx, ['enrol-totp']);
  if (code === undefined) return offerSecret(ctx, key, session.account_id);
  const outcome = await transaction(ctx.pool, async (tx) => {
    const account = await getAccountForUpdate(tx, session.account_id);
    const refusal = lockRefusal(account, ctx.nowMs());
    if (refusal) return refusal;
    if (!session.totp_offered_sealed || account.totp_sealed) return new AppError('auth.step_missing');
    const secret = openTotpSecret(ctx.platform.keys, session.totp_offered_sealed, account.id);
    const check = checkTotp(secret, code, ctx.nowMs(), null);
    if (!check.accepted) return countWrongTry(tx, ctx, account, 'auth.totp-enrol', new AppError('auth.totp_wrong'));
    const sealed = sealTotpSecret(ctx.platform.keys, secret, account.id);
    await tx.query('update account set totp_sealed = $3 where bucket = $1 and id = $2', [
      account.bucket,
      account.id,
      sealed,
    ]);
    await recordAudit(tx, auditAs(ctx, account, await findRoles(tx, account.id)), {
      action: 'auth.totp-enrol',
      object: { kind: 'account', id: account.id },
    });
    return passTotp(tx, ctx, { ...account, totp_sealed: sealed }, check.step);
  });
  if (outcome instanceof AppError) throw outcome;
  handOver(ctx, outcome.token, session.account_id);
  return answerOf(outcome.stage);
}

async function offerSecret(ctx: PublicContext, key: SessionKey, accountId: string): Promise<TotpEnrolAnswer> {
  const secret = makeTotpSecret();
  const sealed = sealTotpSecret(ctx.platform.keys, secret, accountId);
  await ctx.pool.query('update login_session set totp_offered_sealed = $3 where bucket = $1 and token_hash = $2', [
    key.bucket,
    key.tokenHash,
    sealed,
  ]);
  const { rows } = await ctx.pool.query<{ login_name: string | null }>(
    'select login_name from account where bucket = $1 and id = $2',
    [key.bucket, accountId],
  );
  return { next: 'enrol-totp', secret, otpauthUri: totpUri(secret, rows[0]?.login_name ?? 'antu') };
}
