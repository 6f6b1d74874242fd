import { bucketOf, type CountableEntry, type SubsidyClaim, type TrainingPurpose } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';

/** What was credited to a person, as recognition sees it, the oldest first. */
export async function readCountableEntries(db: Queryable, personId: string): Promise<CountableEntry[]> {
  const { rows } = await db.query<CountableEntry>(
    `select h.id, h.scheme, t.code as "topicCode", h.day, h.credited_seconds as seconds
     from hour_ledger_entry h left join syllabus_topic t on t.id = h.topic_id
     where h.bucket = $1 and h.person_id = $2 order by h.id`,
    [bucketOf(personId), personId],
  );
  return rows;
}

export interface ClaimRow extends SubsidyClaim {
  readonly purpose: TrainingPurpose;
  readonly organisationName: string;
  readonly claimedAt: Date;
}

/** Claims for the training of a person, the newest first. */
export async function readClaims(db: Queryable, personId: string): Promise<ClaimRow[]> {
  const { rows } = await db.query<ClaimRow>(
    `select c.id, c.purpose, o.name as "organisationName", c.claimed_at as "claimedAt", array_agg(e.entry_id) as "entryIds"
     from subsidy_claim c join organisation o on o.id = c.organisation_id
       join subsidy_claim_entry e on e.bucket = c.bucket and e.claim_id = c.id
     where c.bucket = $1 and c.person_id = $2
     group by c.bucket, c.id, o.name order by c.id desc`,
    [bucketOf(personId), personId],
  );
  return rows;
}
