import type { ChangePasswordRequest, SignInAnswer } from '@antu/contract';
import { bucketOf, findPasswordProblems, type PasswordProblem } from '@antu/domain';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import { type AccountRow, findRoles, getAccountForUpdate } from './account-queries.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { endAllSessions } from './sessions.ts';
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

const PROBLEM_TEXTS: Readonly<Record<PasswordProblem, (minLength: number) => string>> = {
  'too-short': (minLength) => `至少 ${minLength} 位`,
  'too-few-classes': () => '须含大写字母、小写字母、数字、符号中的三类',
  'contains-login': () => '不能包含用户名',
  'used-before': () => '不能与最近用过的密码相同',
};

/** Changes the password, ends all other sessions and goes on with signing in. The current password proves who asks. */
export async function changeOwnPassword(ctx: PublicContext, request: ChangePasswordRequest): Promise<SignInAnswer> {
  const { session } = await requireStage(ctx, ['change-password', 'open']);
  const { rows } = await ctx.pool.query<Pick<AccountRow, 'bucket' | 'id' | 'password_hash' | 'login_name'>>(
    'select bucket, id, password_hash, login_name from account where bucket = $1 and id = $2',
    [bucketOf(session.account_id), session.account_id],
  );
  const [known] = rows;
  if (!known) throw new AppError('auth.step_missing');
  const right = await verifyPassword(request.currentPassword, known.password_hash);
  const roles = await findRoles(ctx.pool, known.id);
  if (right) await refuseBadPassword(ctx, known, request.newPassword, roles);
  const newHash = right ? await hashPassword(request.newPassword) : '';
  const outcome = await transaction(ctx.pool, async (tx) => {
    const account = await getAccountForUpdate(tx, known.id);
    const refusal = lockRefusal(account, ctx.nowMs());
    if (refusal) return refusal;
    if (!right || account.password_hash !== known.password_hash) {
      return countWrongTry(tx, ctx, account, 'auth.change-password', new AppError('auth.current_password_wrong'));
    }
    await savePassword(tx, account, newHash, ctx.now(), { mustChange: false });
    await endAllSessions(tx, account.id);
    await recordAudit(tx, auditAs(ctx, account, roles), {
      action: 'auth.change-password',
      object: { kind: 'account', id: account.id },
    });
    const changed = { ...account, must_change_password: false, password_changed_at: ctx.now() };
    const stage = nextStage(changed, roles, rulesNow(ctx), ctx.nowMs(), true);
    return { stage, token: await renewSession(tx, ctx, changed, roles, stage) };
  });
  if (outcome instanceof AppError) throw outcome;
  handOver(ctx, outcome.token, known.id);
  return answerOf(outcome.stage);
}

async function refuseBadPassword(
  ctx: PublicContext,
  account: Pick<AccountRow, 'bucket' | 'id' | 'login_name'>,
  password: string,
  roles: Awaited<ReturnType<typeof findRoles>>,
): Promise<void> {
  const rules = rulesNow(ctx);
  const { rows } = await ctx.pool.query<{ password_hash: string }>(
    `select password_hash from password_history where bucket = $1 and account_id = $2 order by changed_at desc limit $3`,
    [account.bucket, account.id, rules.passwordHistory],
  );
  let usedBefore = false;
  for (const { password_hash } of rows) usedBefore ||= await verifyPassword(password, password_hash);
  const problems = findPasswordProblems(rules, { password, roles, login: account.login_name ?? '', usedBefore });
  if (problems.length === 0) return;
  const minLength = roles.some((role) => role !== 'learner') ? rules.staffPasswordMinLength : rules.passwordMinLength;
  const reasons = problems.map((problem) => PROBLEM_TEXTS[problem](minLength)).join('；');
  throw new AppError('auth.password_refused', { problems: [...problems], minLength, reasons });
}

/** Writes a new password and its place in the history, of which only as many as the rules ask for are kept. */
export async function savePassword(
  tx: Tx,
  account: Pick<AccountRow, 'bucket' | 'id'>,
  passwordHash: string,
  now: Date,
  { mustChange }: { mustChange: boolean },
): Promise<void> {
  await tx.query(
    `update account set password_hash = $3, password_changed_at = $4, must_change_password = $5, failures = 0, locked_until = null
     where bucket = $1 and id = $2`,
    [account.bucket, account.id, passwordHash, now, mustChange],
  );
  await tx.query(
    'insert into password_history (bucket, account_id, changed_at, password_hash) values ($1, $2, $3, $4) on conflict do nothing',
    [account.bucket, account.id, now, passwordHash],
  );
  await tx.query(
    `delete from password_history where bucket = $1 and account_id = $2 and changed_at not in (
       select changed_at from password_history where bucket = $1 and account_id = $2 order by changed_at desc limit 5)`,
    [account.bucket, account.id],
  );
}
