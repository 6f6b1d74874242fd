import type { decideReviewCase, ReviewCase, ReviewCaseDetail } from '@antu/contract';
import { bucketOf, type HourDecisionKind, type Interval, lengthOf, voidableOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { parseReasons } from './case-rows.ts';
import { requireCaseInReach, requireNoInterest } from './case-scope.ts';
import { describeCase } from './get-case.ts';
import { findDecidedSession, lockSessionHours, type SessionHours } from './session-hours.ts';
import { writeDecision } from './write-decision.ts';

type Ctx = RouteContext<'review.decide'>;
type Body = z.output<(typeof decideReviewCase)['body']>;

/** A case, locked until the end of the transaction. */
export interface LockedCase {
  bucket: number;
  id: string;
  personId: string;
  sessionId: string;
  regionCode: string | null;
  state: ReviewCase['state'];
  decidedAt: Date | null;
  reasons: string;
}

/** Accepts a session, or takes back hours that it credited and that still count. */
export async function decideCase(ctx: Ctx, caseId: string, body: Body): Promise<ReviewCaseDetail> {
  await requireCaseInReach(ctx.pool, ctx.actor, 'review.decide', caseId);
  await transaction(ctx.pool, (tx) => decideOnce(tx, ctx, caseId, body), { retries: 3 });
  return describeCase(ctx, caseId);
}

async function decideOnce(tx: Tx, ctx: Ctx, caseId: string, body: Body): Promise<void> {
  const hours = await lockHoursOfCase(tx, caseId);
  const found = await lockCase(tx, caseId);
  await requireNoInterest(tx, ctx.actor, found);
  if (hours.running?.sessionId === found.sessionId) throw new AppError('review.session_running');
  await requireUndecided(tx, found, ctx.actor.accountId);
  const media = mediaOf(hours, body);
  const kind: HourDecisionKind = body.decision === 'accept' ? 'accept' : 'void';
  if (kind === 'void' && media.length === 0) throw new AppError('review.nothing_to_void');
  const decision = await writeDecision(tx, hours, {
    kind,
    causeKind: 'case',
    causeId: caseId,
    media,
    reason: body.reason,
    decidedBy: ctx.actor.accountId,
    nowMs: ctx.nowMs(),
  });
  const isAll = lengthOf(media) === lengthOf(hours.count.now);
  const state: ReviewCase['state'] = kind === 'accept' ? 'accepted' : isAll ? 'voided-all' : 'voided-part';
  await tx.query('update review_case set state = $3, decided_at = $4 where bucket = $1 and id = $2', [
    found.bucket,
    found.id,
    state,
    new Date(decision.decidedAtMs),
  ]);
  await recordAudit(tx, ctx, {
    action: 'review.case-decide',
    object: { kind: 'person', id: found.personId },
    detail: { caseId, sessionId: found.sessionId, decisionId: decision.id, decision: state, seconds: decision.seconds },
  });
}

function mediaOf({ count }: SessionHours, { decision, mediaSeconds }: Body): Interval[] {
  if (decision === 'accept') return [];
  return voidableOf(count, decision === 'void-all' ? null : mediaSeconds.map(([from, to]) => ({ from, to })));
}

/** Locks the hours of a case's session before anything else, so that nobody waits for two locks in another order. */
export async function lockHoursOfCase(tx: Tx, caseId: string): Promise<SessionHours> {
  const { rows } = await tx.query<{ session_id: string }>(
    'select session_id from review_case where bucket = $1 and id = $2',
    [bucketOf(caseId), caseId],
  );
  const session = rows[0] && (await findDecidedSession(tx, rows[0].session_id));
  if (!session) throw new AppError('review.case_not_found', { caseId });
  return lockSessionHours(tx, session);
}

/** A case by its id, locked. */
export async function lockCase(tx: Tx, caseId: string): Promise<LockedCase> {
  const { rows } = await tx.query<LockedCase>(
    `select bucket, id, person_id as "personId", session_id as "sessionId", region_code as "regionCode", state,
       decided_at as "decidedAt", reasons
     from review_case where bucket = $1 and id = $2 for update`,
    [bucketOf(caseId), caseId],
  );
  if (!rows[0]) throw new AppError('review.case_not_found', { caseId });
  return rows[0];
}

/** A decided case may be decided again only over an appeal made since that was not rejected, and by somebody else. */
async function requireUndecided(tx: Tx, found: LockedCase, accountId: string): Promise<void> {
  if (found.state === 'open') return;
  const { rows } = await tx.query(
    `select from study_appeal where bucket = $1 and session_id = $2 and state <> 'rejected' and at >= $3`,
    [found.bucket, found.sessionId, found.decidedAt],
  );
  if (rows.length === 0) throw new AppError('review.case_decided');
  await requireOtherPerson(tx, found, accountId);
}

/** Refuses whoever took the last decision about the session. */
export async function requireOtherPerson(
  tx: Tx,
  { bucket, sessionId }: Pick<LockedCase, 'bucket' | 'sessionId'>,
  accountId: string,
): Promise<void> {
  const { rows } = await tx.query<{ decided_by: string }>(
    `select decided_by from hour_decision where bucket = $1 and session_id = $2 and cause_kind = 'case' order by id desc limit 1`,
    [bucket, sessionId],
  );
  if (rows[0]?.decided_by === accountId) throw new AppError('review.own_decision');
}

/** Whether a case is there for its signs and not only because somebody appealed. */
export const hasReasons = (found: Pick<LockedCase, 'reasons'>): boolean =>
  parseReasons(found.reasons).reasons.length > 0;
