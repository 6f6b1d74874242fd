import { bucketOf, chinaDateOf, findStudyRuleSet, limitsOf, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';

/** A training law that a learner studies under, and what it asks for. */
export type LearnerScheme = {
  scheme: SchemeCode;
  /** Where it applies: of the organisation that asks for the training. */
  regionCode: string;
  asksForChecks: boolean;
  asksAtSignIn: boolean;
};

/** What a scheme asks for in a region at a time. */
export function identityWishesOf(
  scheme: SchemeCode,
  regionCode: string,
  atMs: number,
): Omit<LearnerScheme, 'scheme' | 'regionCode'> {
  const { identityGapSeconds, identityAtSignIn } = limitsOf(findStudyRuleSet(scheme, regionCode, chinaDateOf(atMs)));
  return { asksForChecks: identityGapSeconds !== null, asksAtSignIn: identityGapSeconds !== null && identityAtSignIn };
}

/** The schemes of a learner's obligations, those that ask for checks first. */
export async function findLearnerSchemes(db: Queryable, personId: string, nowMs: number): Promise<LearnerScheme[]> {
  const { rows } = await db.query<{ scheme: SchemeCode; regionCode: string }>(
    `select distinct c.scheme, o.region_code as "regionCode"
     from training_assignment a join course c on c.id = a.course_id join organisation o on o.id = a.organisation_id
     where a.bucket = $1 and a.person_id = $2 order by 1, 2`,
    [bucketOf(personId), personId],
  );
  return rows
    .map((row) => ({ ...row, ...identityWishesOf(row.scheme, row.regionCode, nowMs) }))
    .sort((a, b) => Number(b.asksForChecks) - Number(a.asksForChecks));
}

/** The scheme under which a face is enrolled or a sign-in is checked; somebody without obligations gets the strictest. */
export async function mainSchemeOf(
  db: Queryable,
  personId: string,
  nowMs: number,
): Promise<{ scheme: SchemeCode; regionCode: string }> {
  const [first] = await findLearnerSchemes(db, personId, nowMs);
  if (first) return { scheme: first.scheme, regionCode: first.regionCode };
  const { rows } = await db.query<{ region_code: string }>(
    'select region_code from person where bucket = $1 and id = $2',
    [bucketOf(personId), personId],
  );
  return { scheme: 'work-safety', regionCode: rows[0]?.region_code ?? '' };
}
