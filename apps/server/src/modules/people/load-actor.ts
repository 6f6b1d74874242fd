import type { Role } from '@antu/contract';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Actor } from '../../platform/http/actor.ts';
import type { SessionKey } from './session-token.ts';

interface ActorRow {
  account_id: string;
  person_id: string | null;
  idle_seconds: number;
  last_seen_at: Date;
  expires_at: Date;
  memberships: { role: Role; organisationId: string; regionCode: string }[];
}

export interface LoadedActor {
  readonly actor: Actor;
  readonly idleSeconds: number;
  readonly lastSeenMs: number;
  readonly expiresAtMs: number;
}

/** Who holds an open session, with everything that access depends on. Limits of time are the caller's to check. */
export async function loadActor(db: Queryable, key: SessionKey, csrfToken: string): Promise<LoadedActor | undefined> {
  const { rows } = await db.query<ActorRow>({
    name: 'load-actor',
    text: `
      select s.account_id, a.person_id, s.idle_seconds, s.last_seen_at, s.expires_at,
        coalesce((
          select jsonb_agg(jsonb_build_object('role', m.role, 'organisationId', m.organisation_id, 'regionCode', o.region_code)
            order by m.role = 'learner', m.granted_at, m.role, m.organisation_id)
          from membership m join organisation o on o.id = m.organisation_id
          where m.bucket = s.bucket and m.account_id = s.account_id
        ), '[]') as memberships
      from login_session s join account a on a.bucket = s.bucket and a.id = s.account_id
      where s.bucket = $1 and s.token_hash = $2 and s.stage = 'open' and a.disabled_at is null`,
    values: [key.bucket, key.tokenHash],
  });
  const [row] = rows;
  if (!row) return undefined;
  return {
    actor: {
      accountId: row.account_id,
      personId: row.person_id,
      sessionId: key.tokenHash.toString('hex').slice(0, 32),
      csrfToken,
      memberships: row.memberships.map((held) => ({ ...held, membershipId: `${held.role}@${held.organisationId}` })),
    },
    idleSeconds: row.idle_seconds,
    lastSeenMs: row.last_seen_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  };
}
