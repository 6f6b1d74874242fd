import type { Permission } from '@antu/contract';
import { type AccessReach, regionPathOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import { scopeOf, type SqlCondition } from '../../people/index.ts';

/** Prefix of the GB/T 2260 codes below a region: 44 for 440000, 4401 for 440100, the whole code of a county. */
export function regionPrefixOf(code: string): string {
  if (code.endsWith('0000')) return code.slice(0, 2);
  return code.endsWith('00') ? code.slice(0, 4) : code;
}

const codePatternOf = (path: string): string => `${regionPrefixOf(path.slice(-7, -1))}%`;

/**
 * Sessions within a reach: of the organisation and region at the time of study, or of somebody who was on the roster of a
 * reached organisation on that day (a training body and an employer may both have them).
 * @param first number of the first free parameter; expects the session as `s`
 */
export function sessionInReach(reach: AccessReach, first: number): SqlCondition {
  if (reach.everywhere) return { sql: 'true', values: [] };
  const parts: string[] = [];
  const values: unknown[] = [];
  if (reach.organisationIds.length > 0) {
    const ids = `$${first}::uuid[]`;
    parts.push(`s.organisation_id = any(${ids})`);
    parts.push(`exists (select 1 from person_affiliation sa where sa.bucket = s.bucket and sa.person_id = s.person_id
      and sa.organisation_id = any(${ids}) and sa.from_date <= (s.opened_at at time zone 'Asia/Shanghai')::date
      and (sa.to_date is null or sa.to_date >= (s.opened_at at time zone 'Asia/Shanghai')::date))`);
    values.push(reach.organisationIds);
  }
  if (reach.regionPaths.length > 0) {
    parts.push(`s.region_code like any($${first + values.length}::text[])`);
    values.push(reach.regionPaths.map(codePatternOf));
  }
  return { sql: parts.length > 0 ? `(${parts.join(' or ')})` : 'false', values };
}

/** Refuses (404 for nothing there, 403 for outside) unless the actor reaches the session under the permission. */
export async function requireSessionInReach(
  db: Queryable,
  actor: Actor,
  permission: Permission,
  session: { bucket: number; id: string },
): Promise<void> {
  const { sql, values } = sessionInReach(scopeOf(actor, permission), 3);
  const { rows } = await db.query<{ reached: boolean }>(
    `select ${sql} as reached from study_session s where s.bucket = $1 and s.id = $2`,
    [session.bucket, session.id, ...values],
  );
  if (!rows[0]) throw new AppError('study.session_not_found', { sessionId: session.id });
  if (!rows[0].reached) throw new AppError('platform.not_allowed');
}

/** The region asked for, or the highest that the actor reaches. Refuses a region outside the reach. */
export function regionInReach(actor: Actor, permission: Permission, asked: string | undefined): string {
  const { everywhere, regionPaths } = scopeOf(actor, permission);
  const highest = [...regionPaths].sort((a, b) => a.length - b.length)[0];
  if (asked === undefined) {
    if (!highest) throw new AppError('platform.not_allowed');
    return highest.slice(-7, -1);
  }
  const path = regionPathOf(asked);
  if (!everywhere && !regionPaths.some((ancestor) => path.startsWith(ancestor)))
    throw new AppError('platform.not_allowed');
  return asked;
}
