import {
  changeMemberships,
  createAccount,
  listAccounts,
  resetAccountPassword,
  resetAccountTotp,
  setAccountDisabled,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/route.ts';
import {
  createStaffAccount,
  getStaffAccount,
  listStaffAccounts,
  removeSecondFactor,
  replaceMemberships,
  setDisabled,
} from './account-admin.ts';
import { giveInitialPassword } from './reset-password.ts';

/** The security operator's desk: staff accounts and what they may do. */
export function registerAccountRoutes(app: FastifyInstance): void {
  serve(app, listAccounts, {
    policy: 'accounts.read',
    summary: 'Staff accounts',
    handler: (ctx, { query }) => listStaffAccounts(ctx, query),
  });
  serve(app, createAccount, {
    policy: 'accounts.manage',
    summary: 'Create a staff account',
    status: 201,
    handler: (ctx, { body }) => createStaffAccount(ctx, body),
  });
  serve(app, changeMemberships, {
    policy: 'accounts.manage',
    summary: 'Replace the roles of a staff account',
    handler: (ctx, { params, body }) => replaceMemberships(ctx, params.accountId, body.memberships),
  });
  serve(app, setAccountDisabled, {
    policy: 'accounts.manage',
    summary: 'Disable or enable a staff account',
    handler: (ctx, { params, body }) => setDisabled(ctx, params.accountId, body.disabled),
  });
  serve(app, resetAccountPassword, {
    policy: 'accounts.manage',
    summary: 'A new first password for a staff account',
    handler: async (ctx, { params }) => {
      const account = await getStaffAccount(ctx.pool, ctx, params.accountId);
      const object = { kind: 'account', id: account.id };
      return giveInitialPassword(ctx, account.id, { action: 'accounts.reset-password', object });
    },
  });
  serve(app, resetAccountTotp, {
    policy: 'accounts.manage',
    summary: 'Take off the second factor of a staff account',
    handler: (ctx, { params }) => removeSecondFactor(ctx, params.accountId),
  });
}
