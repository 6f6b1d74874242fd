import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

/** Two people whose enrolled faces are nearly the same: a sign, no verdict. */
export type FaceDouble = {
  personId: string;
  otherPersonId: string;
  /** Distance of the templates times 1000; smaller is more alike. */
  distanceMilli: number;
  ruleSetId: string;
  foundAtMs: number;
};

/** What was found about these people, the most alike first. */
export async function findDoubles(db: Queryable, personIds: readonly string[]): Promise<FaceDouble[]> {
  if (personIds.length === 0) return [];
  const { rows } = await db.query<Omit<FaceDouble, 'foundAtMs'> & { foundAt: Date }>(
    `select d.person_id as "personId", d.other_person_id as "otherPersonId", d.distance_milli as "distanceMilli",
       d.rule_set_id as "ruleSetId", d.found_at as "foundAt"
     from face_double d
       join unnest($1::smallint[], $2::uuid[]) as p (bucket, id) on d.bucket = p.bucket and d.person_id = p.id
     order by d.distance_milli, d.person_id, d.other_person_id`,
    [personIds.map(bucketOf), personIds],
  );
  return rows.map(({ foundAt, ...row }) => ({ ...row, foundAtMs: foundAt.getTime() }));
}
