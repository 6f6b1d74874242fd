import { createAccountRequestSchema, createOrganisationRequestSchema } from '@antu/contract';
import { transaction } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../audit/index.ts';
import { hashPassword, makeInitialPassword } from './passwords.ts';
import { insertOrganisation } from './register-organisation.ts';
import { insertAccount } from './write-person.ts';

/**
 * The way into a new instance: no account is built in (GB/T 22239-2019 8.1.4.2), so whoever runs the server makes the
 * first security operator with the platform's own organisation. Works once; further accounts come from that operator.
 * @returns the exit code
 */
export async function addFirstOperator(platform: Platform, args: readonly string[]): Promise<number> {
  const [login, displayName, organisation, uscc, regionCode] = args;
  const newOrganisation = createOrganisationRequestSchema.safeParse({
    name: organisation,
    type: 'online-platform',
    uscc,
    regionCode,
  });
  const shape = createAccountRequestSchema.pick({ login: true, displayName: true }).safeParse({ login, displayName });
  if (!newOrganisation.success || !shape.success) {
    process.stderr.write(
      'usage: add-security-operator <user-name> <name> <organisation> <credit-code> <region-code>\n',
    );
    return 2;
  }
  const initialPassword = makeInitialPassword();
  const passwordHash = await hashPassword(initialPassword);
  const now = platform.clock.now();
  const added = await transaction(platform.pool, async (tx) => {
    // Two at once wait for each other here: the second finds the first one's operator.
    await tx.query(`select pg_advisory_xact_lock(hashtext('antu first operator'))`);
    const present = await tx.query(`select 1 from membership where role = 'security-operator' limit 1`);
    if (present.rows.length > 0) return false;
    const { id } = await insertOrganisation(tx, newOrganisation.data, now);
    const accountId = await insertAccount(tx, platform.keys, {
      personId: null,
      ...shape.data,
      passwordHash,
      mustChangePassword: true,
      memberships: [{ role: 'security-operator', organisationId: id }],
      grantedBy: null,
      now,
    });
    await recordAudit(
      tx,
      systemAuditContext(() => now, 'add-security-operator'),
      {
        action: 'accounts.create',
        object: { kind: 'account', id: accountId },
        detail: { login: shape.data.login, role: 'security-operator' },
      },
    );
    return true;
  });
  process.stdout.write(
    added
      ? `security operator ${shape.data.login}, first password: ${initialPassword}\n`
      : 'There is a security operator already: further accounts are made there.\n',
  );
  return added ? 0 : 1;
}
