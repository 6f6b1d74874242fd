import { checkUscc, parsePlainDate } from '@antu/domain';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../audit/index.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts';
import { DEMO_ORGANISATIONS } from './demo-organisations.ts';
import { DEMO_LEARNERS, type DemoLearner } from './demo-people.ts';
import { hashPassword } from './passwords.ts';
import { idNumberIndex, personBucketOf } from './sealed-columns.ts';
import { insertAccount, insertAffiliation, insertPerson } from './write-person.ts';

/** Passwords of staff age; those of a demo must not, or it would lock its visitors out after three months. */
const DEMO_PASSWORD_YEARS = 50;

/** Writes the demo's organisations, learners and accounts. Writing them again changes nothing. */
export async function seedDemoPeople(platform: Platform): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await transaction(platform.pool, async (tx) => {
    const now = platform.clock.now();
    await seedOrganisations(tx, now);
    for (const learner of DEMO_LEARNERS) await seedLearner(tx, platform, learner, passwordHash, now);
    await seedStaff(tx, platform, passwordHash, now);
    await recordAudit(
      tx,
      systemAuditContext(() => now, 'seed'),
      {
        action: 'people.seed-demo',
        object: { kind: 'demo', id: null },
        detail: { learners: DEMO_LEARNERS.length, accounts: DEMO_ACCOUNTS.length },
      },
    );
  });
}

async function seedOrganisations(tx: Tx, now: Date): Promise<void> {
  for (const { id, name, type, uscc, regionCode } of Object.values(DEMO_ORGANISATIONS)) {
    if (!checkUscc(uscc).valid) throw new Error(`credit code of ${name} is not valid`);
    await tx.query(
      `insert into organisation (id, name, type, uscc, region_code, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [id, name, type, uscc, regionCode, now],
    );
  }
}

async function seedLearner(
  tx: Tx,
  { keys }: Platform,
  learner: DemoLearner,
  passwordHash: string,
  now: Date,
): Promise<void> {
  const { normalised } = learner.idNumber;
  const present = await tx.query('select 1 from person where bucket = $1 and id_number_index = $2', [
    personBucketOf(keys, normalised),
    idNumberIndex(keys, normalised),
  ]);
  const from = parsePlainDate(learner.employedFrom);
  if (present.rows.length > 0 || !from) return;
  const employer = DEMO_ORGANISATIONS[learner.employer];
  const regionCode = employer.regionCode;
  const { id: personId } = await insertPerson(tx, keys, {
    name: learner.name,
    idNumber: learner.idNumber,
    regionCode,
    now,
  });
  const roster = { personId, from, now };
  await insertAffiliation(tx, { ...roster, organisationId: employer.id, kind: 'employed', post: learner.post });
  if (learner.enrolled) {
    await insertAffiliation(tx, {
      ...roster,
      organisationId: DEMO_ORGANISATIONS.lingxue.id,
      kind: 'enrolled',
      post: null,
    });
  }
  await insertAccount(tx, keys, {
    personId,
    login: learner.login,
    displayName: null,
    passwordHash,
    mustChangePassword: learner.mustChangePassword,
    memberships: [{ role: 'learner', organisationId: employer.id }],
    grantedBy: null,
    now,
  });
}

async function seedStaff(tx: Tx, { keys }: Platform, passwordHash: string, now: Date): Promise<void> {
  const passwordChangedAt = new Date(now.getTime() + DEMO_PASSWORD_YEARS * 365 * 86_400_000);
  for (const account of DEMO_ACCOUNTS) {
    if (account.role === 'learner') continue;
    const present = await tx.query('select 1 from login_name where name = $1', [account.login]);
    if (present.rows.length > 0) continue;
    await insertAccount(tx, keys, {
      personId: null,
      login: account.login,
      displayName: account.displayName,
      passwordHash,
      passwordChangedAt,
      mustChangePassword: account.mustChangePassword,
      totpSecret: account.totpSecret,
      memberships: [{ role: account.role, organisationId: DEMO_ORGANISATIONS[account.organisation].id }],
      grantedBy: null,
      now,
    });
  }
}
