import { bucketOf } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import type { Challenge } from '../checks/challenge-rows.ts';

export type ReviewingOrganisation = { id: string; regionCode: string };

/**
 * Whose people compare the pictures of a person: the training body where they are enrolled, else the employer. Undefined if they
 * are on no roster.
 */
export async function findReviewingOrganisation(
  db: Queryable,
  personId: string,
): Promise<ReviewingOrganisation | undefined> {
  const { rows } = await db.query<ReviewingOrganisation>(
    `select o.id, o.region_code as "regionCode"
     from person_affiliation a join organisation o on o.id = a.organisation_id
     where a.bucket = $1 and a.person_id = $2 and a.to_date is null
     order by a.kind = 'enrolled' desc, a.from_date desc, o.id limit 1`,
    [bucketOf(personId), personId],
  );
  return rows[0];
}

export type NewReview = {
  challenge: Challenge;
  organisation: ReviewingOrganisation;
  faceCaptureId: string;
  idCardCaptureId: string | null;
  askedAt: Date;
};

/** Puts a pending check before two people. Its id is that of the check. */
export async function askForReview(tx: Tx, review: NewReview): Promise<void> {
  const { challenge, organisation } = review;
  await tx.query(
    `insert into identity_review (bucket, id, person_id, organisation_id, region_code, purpose, session_id, face_capture_id,
       id_card_capture_id, state, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10)`,
    [
      challenge.bucket,
      challenge.id,
      challenge.personId,
      organisation.id,
      organisation.regionCode,
      challenge.purpose,
      challenge.sessionId,
      review.faceCaptureId,
      review.idCardCaptureId,
      review.askedAt,
    ],
  );
}
