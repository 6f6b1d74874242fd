import { awardableOf, bucketOf, type Interval, unite } from '@antu/domain';
import { type Pool, transaction, type Tx } from '../../../platform/database/pool.ts';
import type { AuditContext } from '../../audit/index.ts';
import { recordAudit } from '../../audit/index.ts';
import { SYSTEM } from './decision-views.ts';
import { lockHours } from './hours-lock.ts';
import { findDecidedSession, lockSessionHours, stretchesOf } from './session-hours.ts';
import { writeDecision } from './write-decision.ts';

/** A pending check of identity: its person and its id, which the review shares. */
export interface PendingCheck {
  readonly personId: string;
  readonly identityCheckId: string;
}

/** `later`: a session that is involved still runs. `open`: people have not decided yet. */
export type Settled = 'done' | 'later' | 'open';

const APPROVED = '工作人员核对后确认是本人，等待的时长已计入';
const REJECTED = '工作人员核对后没有确认是本人，等待的时长不计入';

/**
 * Carries out for the hours what people decided about a check: what waited for it is credited, as far as the lesson has not got
 * it by other ways since, or it is refused for good. Twice does no harm.
 */
export function settleReview(pool: Pool, context: AuditContext, check: PendingCheck): Promise<Settled> {
  return transaction(pool, (tx) => settleOnce(tx, context, check), { retries: 3 });
}

async function settleOnce(tx: Tx, context: AuditContext, check: PendingCheck): Promise<Settled> {
  const bucket = bucketOf(check.personId);
  await lockHours(tx, bucket, check.personId);
  const verdict = await findVerdict(tx, bucket, check);
  if (!verdict) return 'open';
  let isLeft = await mayStillPark(tx, bucket, check);
  for (const [sessionId, awaited] of await findAwaited(tx, bucket, check)) {
    const session = await findDecidedSession(tx, sessionId);
    if (!session) throw new RangeError(`hours wait in a session that is not there: ${sessionId}`);
    const hours = await lockSessionHours(tx, session);
    // A running session of the lesson does not know what is awarded now and could credit it a second time.
    if (hours.running?.lessonVersionId === session.lessonVersionId) {
      isLeft = true;
      continue;
    }
    const { isApproved, reason } = verdict;
    const decision = await writeDecision(tx, hours, {
      kind: isApproved ? 'award' : 'refuse',
      causeKind: 'identity-check',
      causeId: check.identityCheckId,
      media: isApproved ? awardableOf(awaited, hours.lesson) : awaited,
      reason,
      decidedBy: SYSTEM,
      nowMs: context.now().getTime(),
    });
    await recordAudit(tx, context, {
      action: 'review.hours-settled',
      object: { kind: 'person', id: check.personId },
      detail: {
        identityCheckId: check.identityCheckId,
        sessionId,
        decisionId: decision.id,
        kind: decision.kind,
        seconds: decision.seconds,
      },
    });
  }
  return isLeft ? 'later' : 'done';
}

/** What people decided and what the learner is told about it; undefined while they have not. */
async function findVerdict(
  tx: Tx,
  bucket: number,
  { identityCheckId, personId }: PendingCheck,
): Promise<{ isApproved: boolean; reason: string } | undefined> {
  const { rows } = await tx.query<{ state: string; refusal: string | null }>(
    `select r.state, (select v.reason from identity_review_vote v
       where v.bucket = r.bucket and v.review_id = r.id and not v.approve order by v.at limit 1) as refusal
     from identity_review r where r.bucket = $1 and r.id = $2 and r.person_id = $3`,
    [bucket, identityCheckId, personId],
  );
  const [row] = rows;
  if (!row || row.state === 'open') return undefined;
  if (row.state === 'approved') return { isApproved: true, reason: APPROVED };
  return { isApproved: false, reason: row.refusal ? `${REJECTED}：${row.refusal}` : REJECTED };
}

/** Whether the person's running session has hours that wait for this check and are not written yet. */
async function mayStillPark(tx: Tx, bucket: number, { identityCheckId, personId }: PendingCheck): Promise<boolean> {
  const { rows } = await tx.query(
    'select from live_study_session where bucket = $1 and person_id = $2 and position($3 in state) > 0',
    [bucket, personId, identityCheckId],
  );
  return rows.length > 0;
}

/** What waits for a check and was not decided yet, seconds of the media by session. */
async function findAwaited(
  tx: Tx,
  bucket: number,
  { identityCheckId, personId }: PendingCheck,
): Promise<Map<string, Interval[]>> {
  const { rows } = await tx.query<{ session_id: string; media: string }>(
    `select w.session_id, w.media::text as media from hour_awaiting w
     where w.bucket = $1 and w.identity_check_id = $2 and w.person_id = $3
       and not exists (select from hour_decision d where d.bucket = w.bucket and d.session_id = w.session_id
         and d.cause_kind = 'identity-check' and d.cause_id = w.identity_check_id)
     order by w.session_id, w.evidence_index`,
    [bucket, identityCheckId, personId],
  );
  const bySession = Map.groupBy(rows, (row) => row.session_id);
  return new Map([...bySession].map(([id, waiting]) => [id, unite(...waiting.map((row) => stretchesOf(row.media)))]));
}

/** Checks that people have decided while hours still wait for them, in the order of their keys, those after a key. */
export async function findUnsettled(
  pool: Pool,
  after: { bucket: number; id: string },
  sinceMs: number,
  limit: number,
): Promise<(PendingCheck & { bucket: number })[]> {
  const { rows } = await pool.query<PendingCheck & { bucket: number }>(
    `select r.bucket, r.person_id as "personId", r.id as "identityCheckId" from identity_review r
     where r.state <> 'open' and r.decided_at >= $1 and (r.bucket, r.id) > ($2, $3::uuid)
       and exists (
         select from hour_awaiting w where w.bucket = r.bucket and w.identity_check_id = r.id
           and not exists (select from hour_decision d where d.bucket = w.bucket and d.session_id = w.session_id
             and d.cause_kind = 'identity-check' and d.cause_id = w.identity_check_id))
     order by r.bucket, r.id limit ${limit}`,
    [new Date(sinceMs), after.bucket, after.id],
  );
  return rows;
}
