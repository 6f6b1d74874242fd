import { awardableOf, bucketOf, type CheckOfAwaited, settleAwaited, unite } from '@antu/domain';
import { type Pool, transaction, type Tx } from '../../../platform/database/pool.ts';
import type { AuditContext } from '../../audit/index.ts';
import { recordAudit } from '../../audit/index.ts';
import { quizKeeper } from '../quiz-gate.ts';
import { type Awaited, type AwaitedCause, findAwaited, UNDECIDED } from './awaited-hours.ts';
import { SYSTEM } from './decision-views.ts';
import { lockHours } from './hours-lock.ts';
import { findDecidedSession, lockSessionHours } from './session-hours.ts';
import { type Ruling, writeDecision } from './write-decision.ts';

/** A pending check of identity: its person and its id, which the review shares. */
export interface PendingCheck {
  readonly personId: string;
  readonly identityCheckId: string;
}

/** `later`: a session that is involved still runs. `open`: something that the hours wait for is not decided yet. */
export type Settled = 'done' | 'later' | 'open';

const APPROVED = '工作人员核对后确认是本人，等待的时长已计入';
const REJECTED = '工作人员核对后没有确认是本人，等待的时长不计入';
const QUIZ_PASSED = '随堂测验合格，等待的时长已计入';
const QUIZ_FAILED = '随堂测验次数已用完，没有合格，等待的时长不计入，需要重新学习本节';

/**
 * Carries out for the hours what people decided about a check: what waited for it is credited, as far as the lesson has not got
 * it by other ways since and its quiz is passed, or it is refused for good. Twice does no harm.
 */
export function settleReview(pool: Pool, context: AuditContext, check: PendingCheck): Promise<Settled> {
  const cause: AwaitedCause = { personId: check.personId, kind: 'identity-check', id: check.identityCheckId };
  return transaction(pool, (tx) => settleOnce(tx, context, cause), { retries: 3 });
}

/** The same for the end of a round of a quiz, and for the checks that people decided while the round was open. */
export async function settleQuizGate(
  pool: Pool,
  context: AuditContext,
  gate: { personId: string; gateId: string },
): Promise<Settled> {
  const cause: AwaitedCause = { personId: gate.personId, kind: 'quiz', id: gate.gateId };
  const settled = await transaction(pool, (tx) => settleOnce(tx, context, cause), { retries: 3 });
  if (settled === 'open') return settled;
  const left = await findAwaited(pool, cause);
  for (const checkId of new Set(left.map((one) => one.checkId))) {
    if (checkId !== null) await settleReview(pool, context, { personId: gate.personId, identityCheckId: checkId });
  }
  return settled;
}

async function settleOnce(tx: Tx, context: AuditContext, cause: AwaitedCause): Promise<Settled> {
  const bucket = bucketOf(cause.personId);
  await lockHours(tx, bucket, cause.personId);
  const verdict = cause.kind === 'identity-check' ? await findVerdict(tx, bucket, cause) : null;
  if (verdict === undefined) return 'open';
  let settled: Settled = (await mayStillPark(tx, bucket, cause)) ? 'later' : 'done';
  const bySession = Map.groupBy(await findAwaited(tx, cause), (one) => one.sessionId);
  for (const [sessionId, awaited] of bySession) {
    const ruling = await ruleOn(tx, bucket, cause, verdict, awaited);
    if (ruling === undefined) {
      if (settled === 'done') settled = 'open';
      continue;
    }
    const session = await findDecidedSession(tx, sessionId);
    if (!session) throw new RangeError(`hours wait in a session that is not there: ${sessionId}`);
    const hours = await lockSessionHours(tx, session);
    // A running session of the lesson does not know what is awarded now and could credit it a second time.
    if (hours.running?.lessonVersionId === session.lessonVersionId) {
      settled = 'later';
      continue;
    }
    const decision = await writeDecision(tx, hours, {
      ...ruling,
      media: ruling.kind === 'award' ? awardableOf(ruling.media, hours.lesson) : ruling.media,
      causeKind: cause.kind,
      causeId: cause.id,
      decidedBy: SYSTEM,
      nowMs: context.now().getTime(),
    });
    await recordAudit(tx, context, {
      action: 'review.hours-settled',
      object: { kind: 'person', id: cause.personId },
      detail: {
        [cause.kind === 'quiz' ? 'quizRoundId' : 'identityCheckId']: cause.id,
        sessionId,
        decisionId: decision.id,
        kind: decision.kind,
        seconds: decision.seconds,
      },
    });
  }
  return settled;
}

/** What is decided about the hours of one session; undefined while something that they wait for is open. */
async function ruleOn(
  tx: Tx,
  bucket: number,
  { kind, id }: AwaitedCause,
  verdict: CheckVerdict | null,
  awaited: readonly Awaited[],
): Promise<Pick<Ruling, 'kind' | 'media' | 'reason'> | undefined> {
  const gateId = kind === 'quiz' ? id : (awaited[0]?.gateId ?? null);
  const gate = gateId === null ? 'none' : ((await quizKeeper().holdGate(tx, bucket, gateId))?.state ?? 'open');
  const check: CheckOfAwaited = verdict === null ? 'none' : verdict.state;
  // The round's end awards what waits for nothing else; a check that is open decides about its own seconds later.
  const own = kind === 'quiz' && gate === 'passed' ? awaited.filter((one) => one.checkId === null) : awaited;
  if (own.length === 0) return undefined;
  const media = unite(...own.map((one) => one.media));
  switch (settleAwaited(check, gate)) {
    case 'open':
      return undefined;
    case 'award':
      return { kind: 'award', media, reason: kind === 'quiz' ? QUIZ_PASSED : APPROVED };
    case 'refused-identity':
      return { kind: 'refuse', media, reason: verdict?.reason ? `${REJECTED}：${verdict.reason}` : REJECTED };
    case 'refused-quiz':
      // A refusal for the quiz is the round's to write, whatever asked.
      return kind === 'quiz' ? { kind: 'refuse', media, reason: QUIZ_FAILED } : undefined;
  }
}

type CheckVerdict = { state: 'approved' | 'rejected'; reason: string | null };

/** What people decided, and why they did not confirm; undefined while they have not. */
async function findVerdict(tx: Tx, bucket: number, { id, personId }: AwaitedCause): Promise<CheckVerdict | undefined> {
  const { rows } = await tx.query<{ state: string; refusal: string | null }>(
    `select r.state, (select v.reason from identity_review_vote v
       where v.bucket = r.bucket and v.review_id = r.id and not v.approve order by v.at limit 1) as refusal
     from identity_review r where r.bucket = $1 and r.id = $2 and r.person_id = $3`,
    [bucket, id, personId],
  );
  const [row] = rows;
  if (!row || row.state === 'open') return undefined;
  return row.state === 'approved' ? { state: 'approved', reason: null } : { state: 'rejected', reason: row.refusal };
}

/** Whether the person's running session has hours that wait for this and are not written yet. */
async function mayStillPark(tx: Tx, bucket: number, { id, personId }: AwaitedCause): Promise<boolean> {
  const { rows } = await tx.query(
    'select from live_study_session where bucket = $1 and person_id = $2 and position($3 in state) > 0',
    [bucket, personId, id],
  );
  return rows.length > 0;
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
       and exists (select from hour_awaiting w where w.bucket = r.bucket and w.identity_check_id = r.id and ${UNDECIDED})
     order by r.bucket, r.id limit ${limit}`,
    [new Date(sinceMs), after.bucket, after.id],
  );
  return rows;
}
