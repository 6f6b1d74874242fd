import type { Permission } from '@antu/contract';
import { type AccessReach, bucketOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import { scopeOf, type SqlCondition } from '../../people/index.ts';
import { regionPrefixOf } from '../views/session-scope.ts';

/**
 * Cases within a reach: of courses that a reached body teaches, or of the region at the time of study. The employer is no way
 * in: it may not judge its own staff.
 * @param first number of the first free parameter; expects the case as `c`
 */
export function caseInReach(reach: AccessReach, first: number): SqlCondition {
  return inReach(reach, first, { body: 'c.body_id', region: 'c.region_code' });
}

/**
 * Sessions that would be within reach if they had a case.
 * @param first number of the first free parameter; expects the session as `s` and its course as `course`
 */
export function sessionTaughtOrInRegion(reach: AccessReach, first: number): SqlCondition {
  return inReach(reach, first, { body: 'course.organisation_id', region: 's.region_code' });
}

function inReach(reach: AccessReach, first: number, columns: { body: string; region: string }): SqlCondition {
  if (reach.everywhere) return { sql: 'true', values: [] };
  const parts: string[] = [];
  const values: unknown[] = [];
  if (reach.organisationIds.length > 0) {
    parts.push(`${columns.body} = any($${first}::uuid[])`);
    values.push(reach.organisationIds);
  }
  if (reach.regionPaths.length > 0) {
    parts.push(`${columns.region} like any($${first + values.length}::text[])`);
    values.push(reach.regionPaths.map(codePatternOf));
  }
  return { sql: parts.length > 0 ? `(${parts.join(' or ')})` : 'false', values };
}

const codePatternOf = (path: string): string => `${regionPrefixOf(path.slice(-7, -1))}%`;

/** Refuses (404 for nothing there, 403 for outside) unless the actor reaches the case under the permission. */
export async function requireCaseInReach(
  db: Queryable,
  actor: Actor,
  permission: Permission,
  caseId: string,
): Promise<void> {
  const { sql, values } = caseInReach(scopeOf(actor, permission), 3);
  const { rows } = await db.query<{ reached: boolean }>(
    `select ${sql} as reached from review_case c where c.bucket = $1 and c.id = $2`,
    [bucketOf(caseId), caseId, ...values],
  );
  if (!rows[0]) throw new AppError('review.case_not_found', { caseId });
  if (!rows[0].reached) throw new AppError('platform.not_allowed');
}

/**
 * Refuses whoever has an interest in the case: the learner, and a body that employed the learner at the time. Whoever reaches
 * the case by its region decides for the authority.
 */
export async function requireNoInterest(
  db: Queryable,
  actor: Actor,
  found: { bucket: number; personId: string; sessionId: string; regionCode: string | null },
): Promise<void> {
  if (actor.personId === found.personId) throw new AppError('platform.not_allowed');
  const { organisationIds, regionPaths } = scopeOf(actor, 'review.decide');
  const isAuthority = regionPaths.some((path) => found.regionCode?.startsWith(regionPrefixOf(path.slice(-7, -1))));
  if (isAuthority || organisationIds.length === 0) return;
  const { rows } = await db.query(
    `select from study_session s join person_affiliation a on a.bucket = s.bucket and a.person_id = s.person_id
     where s.bucket = $1 and s.id = $2 and a.kind = 'employed' and a.organisation_id = any($3::uuid[])
       and a.from_date <= (s.opened_at at time zone 'Asia/Shanghai')::date
       and (a.to_date is null or a.to_date >= (s.opened_at at time zone 'Asia/Shanghai')::date)`,
    [found.bucket, found.sessionId, organisationIds],
  );
  if (rows.length > 0) throw new AppError('review.own_staff');
}
