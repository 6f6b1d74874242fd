import type { IdentityReview } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import type { Platform } from '../../../platform/module.ts';
import { findDisplayNames, findPersonNames, scopeOf } from '../../people/index.ts';

export type ReviewRow = {
  id: string;
  personId: string;
  organisationId: string;
  organisationName: string;
  regionPath: string;
  purpose: IdentityReview['purpose'];
  sessionId: string | null;
  faceCaptureId: string;
  idCardCaptureId: string | null;
  state: IdentityReview['state'];
  askedAt: Date;
  hasEnrolmentPicture: boolean;
  votes: { accountId: string; approve: boolean; reason: string; at: string }[];
};

export const SELECT_REVIEW = `
  select r.id, r.person_id as "personId", r.organisation_id as "organisationId", o.name as "organisationName",
    g.path as "regionPath", r.purpose, r.session_id as "sessionId", r.face_capture_id as "faceCaptureId",
    r.id_card_capture_id as "idCardCaptureId", r.state, r.asked_at as "askedAt",
    exists (select from face_enrolment e
      where e.bucket = r.bucket and e.person_id = r.person_id and e.picture_key is not null) as "hasEnrolmentPicture",
    coalesce((
      select jsonb_agg(jsonb_build_object('accountId', v.account_id, 'approve', v.approve, 'reason', v.reason, 'at', v.at)
        order by v.at, v.account_id)
      from identity_review_vote v where v.bucket = r.bucket and v.review_id = r.id
    ), '[]') as votes
  from identity_review r join organisation o on o.id = r.organisation_id join region g on g.code = o.region_code`;

export async function findReview(db: Queryable, reviewId: string): Promise<ReviewRow | undefined> {
  const { rows } = await db.query<ReviewRow>(`${SELECT_REVIEW} where r.bucket = $1 and r.id = $2`, [
    bucketOf(reviewId),
    reviewId,
  ]);
  return rows[0];
}

/**
 * What people have decided about a check; undefined if nobody was asked. Nobody can decide until the transaction is over: whoever writes
 * what follows from an open review locks it first, in the order in which a decision locks.
 */
export async function lockReviewState(tx: Tx, checkId: string): Promise<ReviewRow['state'] | undefined> {
  const { rows } = await tx.query<Pick<ReviewRow, 'state'>>(
    'select state from identity_review where bucket = $1 and id = $2 for share',
    [bucketOf(checkId), checkId],
  );
  return rows[0]?.state;
}

/** Reviews as an actor sees them, names masked. */
export async function presentReviews(
  { keys }: Pick<Platform, 'keys'>,
  db: Queryable,
  actor: Actor,
  rows: readonly ReviewRow[],
): Promise<IdentityReview[]> {
  const people = await findPersonNames(db, keys, [...new Set(rows.map(({ personId }) => personId))]);
  const voters = rows.flatMap(({ votes }) => votes.map(({ accountId }) => accountId));
  const names = await findDisplayNames({ keys }, db, [...new Set(voters)]);
  const { organisationIds } = scopeOf(actor, 'identity.confirm');
  return rows.map((row) => {
    const person = people.get(row.personId);
    return {
      id: row.id,
      personId: row.personId,
      nameMasked: person?.nameMasked ?? '—',
      idNumberMasked: person?.idNumberMasked ?? '—',
      organisationName: row.organisationName,
      purpose: row.purpose,
      sessionId: row.sessionId,
      askedAt: row.askedAt.toISOString(),
      faceCaptureId: row.faceCaptureId,
      idCardCaptureId: row.idCardCaptureId,
      hasEnrolmentPicture: row.hasEnrolmentPicture,
      state: row.state,
      votes: row.votes.map(({ accountId, approve, reason, at }) => {
        return { by: names.get(accountId) ?? '—', approve, reason, at: new Date(at).toISOString() };
      }),
      mayVote:
        row.state === 'open' &&
        organisationIds.includes(row.organisationId) &&
        actor.personId !== row.personId &&
        !row.votes.some(({ accountId }) => accountId === actor.accountId),
    };
  });
}
