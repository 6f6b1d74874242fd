import { changePassword, confirmTotp, enrolTotp, getDemo, getMe, signIn, signOut } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import { serve } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { changeOwnPassword } from './change-password.ts';
import { confirmTotpCode, enrolSecondFactor } from './confirm-totp.ts';
import { describeDemo } from './demo-accounts.ts';
import { describeMe } from './describe-me.ts';
import { sessionCacheOf } from './session-cache.ts';
import { clearSessionCookie, sessionTokenOf } from './session-cookie.ts';
import { sessionKeyOf } from './session-token.ts';
import { endSession, findSession } from './sessions.ts';
import { signInWithPassword } from './sign-in.ts';
import { transaction } from '../../platform/database/pool.ts';

/**
 * Signing in and out. These routes are `public` because nobody is signed in yet; each checks the step of the session
 * and a secret in its body, so a page elsewhere cannot send them for somebody.
 */
export function registerAuthRoutes(app: FastifyInstance): void {
  serve(app, signIn, {
    policy: 'public',
    summary: 'Sign in with ID number or user name and password',
    handler: (ctx, { body }) => signInWithPassword(ctx, body),
  });
  serve(app, confirmTotp, {
    policy: 'public',
    summary: 'Second step: code of the second factor',
    handler: (ctx, { body }) => confirmTotpCode(ctx, body),
  });
  serve(app, enrolTotp, {
    policy: 'public',
    summary: 'Enrol a second factor while signing in',
    handler: (ctx, { body }) => enrolSecondFactor(ctx, body),
  });
  serve(app, changePassword, {
    policy: 'public',
    summary: 'Change the own password, also as a step of signing in',
    handler: (ctx, { body }) => changeOwnPassword(ctx, body),
  });
  serve(app, signOut, {
    policy: 'public',
    summary: 'End the session of this browser',
    handler: async (ctx) => {
      const key = sessionKeyOf(sessionTokenOf(ctx.request));
      const session = key && (await findSession(ctx.pool, key));
      if (key && session) {
        await transaction(ctx.pool, async (tx) => {
          await endSession(tx, key, session.account_id);
          const object = { kind: 'account', id: session.account_id };
          await recordAudit(tx, ctx, { action: 'auth.sign-out', object });
        });
        sessionCacheOf(ctx.platform).forget(session.account_id);
      }
      clearSessionCookie(ctx);
      return { signedOut: true } as const;
    },
  });
  serve(app, getMe, { policy: 'signed-in', summary: 'Who is signed in', handler: (ctx) => describeMe(ctx) });
  serve(app, getDemo, {
    policy: 'public',
    summary: 'Accounts of a demo instance with their current codes',
    handler: (ctx) => {
      if (!ctx.platform.settings.demo) throw new AppError('platform.not_found');
      return describeDemo(ctx.nowMs());
    },
  });
}
