import type { Me, MembershipView, OrganisationType } from '@antu/contract';
import { bucketOf, chinaDateAt, idleSecondsFor, passwordExpiresAtMs, regionLevelOf, signInRulesOn } from '@antu/domain';
import type { RouteContext } from '../../platform/http/route.ts';
import { findMemberships, type MembershipRow } from './account-queries.ts';
import { openDisplayName, openName } from './sealed-columns.ts';

interface NameRow {
  login_name: string | null;
  display_name_sealed: Buffer | null;
  name_sealed: Buffer | null;
  password_changed_at: Date;
}

export const presentMembership = (row: MembershipRow): MembershipView => ({
  role: row.role,
  organisation: {
    id: row.organisation_id,
    name: row.organisation_name,
    // The check constraint of the table allows no other text.
    type: row.organisation_type as OrganisationType,
  },
  region: { code: row.region_code, name: row.region_name, level: regionLevelOf(row.region_code) },
});

/** Everything that a page needs to know about the one who is signed in. People see their own name in full. */
export async function describeMe(ctx: RouteContext<'signed-in'>): Promise<Me> {
  const { actor, pool, platform } = ctx;
  const { rows } = await pool.query<NameRow>(
    `select a.login_name, a.display_name_sealed, p.name_sealed, a.password_changed_at
     from account a left join person p on p.bucket = a.bucket and p.id = a.person_id where a.bucket = $1 and a.id = $2`,
    [bucketOf(actor.accountId), actor.accountId],
  );
  const [row] = rows;
  if (!row) throw new Error(`account ${actor.accountId} is gone`);
  const memberships = (await findMemberships(pool, actor.accountId)).map(presentMembership);
  const roles = [...new Set(memberships.map(({ role }) => role))];
  const rules = signInRulesOn(chinaDateAt(ctx.nowMs()));
  const expiresAtMs = passwordExpiresAtMs(rules, roles, row.password_changed_at.getTime());
  return {
    account: { id: actor.accountId, login: row.login_name, personId: actor.personId },
    displayName: nameOf(row, actor.accountId, actor.personId, platform.keys),
    roles,
    memberships,
    organisation: memberships[0]?.organisation ?? null,
    region: memberships[0]?.region ?? null,
    csrfToken: actor.csrfToken,
    idleTimeoutSeconds: idleSecondsFor(rules, roles),
    passwordExpiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
  };
}

function nameOf(
  row: NameRow,
  accountId: string,
  personId: string | null,
  keys: RouteContext['platform']['keys'],
): string {
  if (row.name_sealed && personId !== null) return openName(keys, row.name_sealed, personId);
  return row.display_name_sealed ? openDisplayName(keys, row.display_name_sealed, accountId) : (row.login_name ?? '');
}
