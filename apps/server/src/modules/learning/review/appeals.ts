import type { Appeal, answerAppeal, appealSession } from '@antu/contract';
import { bucketOf, placeInBucket, restorableOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { requireOwnPerson } from '../../people/index.ts';
import { type AppealRow, presentAppeal, SELECT_APPEAL } from './appeal-rows.ts';
import { requireCaseInReach, requireNoInterest } from './case-scope.ts';
import { hasReasons, lockCase, lockHoursOfCase, requireOtherPerson } from './decide-case.ts';
import { ensureCase } from './ensure-case.ts';
import { findDecidedSession, isRunning } from './session-hours.ts';
import { writeDecision } from './write-decision.ts';

type Ctx = RouteContext<'review.decide'>;
type OwnCtx = RouteContext<'appeals.own'>;

/** Asks for another look at an own session that is over. One question at a time. */
export async function appeal(
  ctx: OwnCtx,
  { sessionId, text }: z.output<(typeof appealSession)['body']>,
): Promise<Appeal> {
  const personId = requireOwnPerson(ctx.actor);
  const session = await findDecidedSession(ctx.pool, sessionId);
  if (session?.personId !== personId) throw new AppError('study.session_not_found', { sessionId });
  if (await isRunning(ctx.pool, sessionId)) throw new AppError('review.session_running');
  const id = placeInBucket(uuidv7(ctx.nowMs()), session.bucket);
  await transaction(ctx.pool, async (tx) => {
    await ensureCase(tx, session, ctx.now());
    await tx.query(
      `insert into study_appeal (bucket, id, person_id, session_id, text, at, state) values ($1, $2, $3, $4, $5, $6, 'open')`,
      [session.bucket, id, personId, sessionId, text, ctx.now()],
    );
    await tx.query('update review_case set has_open_appeal = true where bucket = $1 and session_id = $2', [
      session.bucket,
      sessionId,
    ]);
    await recordAudit(tx, ctx, {
      action: 'review.appeal',
      object: { kind: 'person', id: personId },
      detail: { appealId: id, sessionId },
    });
  });
  return readAppeal(ctx, id);
}

/** Own appeals, the newest first. */
export async function listAppeals(ctx: OwnCtx): Promise<{ items: Appeal[] }> {
  const personId = requireOwnPerson(ctx.actor);
  const { rows } = await ctx.pool.query<AppealRow>(
    `${SELECT_APPEAL} where bucket = $1 and person_id = $2 order by id desc`,
    [bucketOf(personId), personId],
  );
  return { items: rows.map(presentAppeal) };
}

/** Answers an appeal. Granting gives back everything voided of the session that was not studied again since. */
export async function answer(
  ctx: Ctx,
  appealId: string,
  body: z.output<(typeof answerAppeal)['body']>,
): Promise<Appeal> {
  const caseId = await findCaseOfAppeal(ctx, appealId);
  await requireCaseInReach(ctx.pool, ctx.actor, 'review.decide', caseId);
  await transaction(ctx.pool, (tx) => answerOnce(tx, ctx, { appealId, caseId, ...body }), { retries: 3 });
  return readAppeal(ctx, appealId);
}

interface AnswerRequest {
  readonly appealId: string;
  readonly caseId: string;
  readonly grant: boolean;
  readonly answer: string;
}

async function answerOnce(tx: Tx, ctx: Ctx, { appealId, caseId, ...body }: AnswerRequest): Promise<void> {
  const hours = await lockHoursOfCase(tx, caseId);
  const found = await lockCase(tx, caseId);
  await requireNoInterest(tx, ctx.actor, found);
  const { rows } = await tx.query<AppealRow>(`${SELECT_APPEAL} where bucket = $1 and id = $2 for update`, [
    found.bucket,
    appealId,
  ]);
  if (rows[0]?.state !== 'open') throw new AppError('review.appeal_answered');
  await requireOtherPerson(tx, found, ctx.actor.accountId);
  let seconds = 0;
  if (body.grant) {
    const media = restorableOf(hours.count, hours.lesson);
    if (media.length === 0) throw new AppError('review.nothing_to_restore');
    // A running session of the lesson does not know that these hours count again and could credit them a second time.
    if (hours.running?.lessonVersionId === hours.session.lessonVersionId) throw new AppError('review.lesson_running');
    const decision = await writeDecision(tx, hours, {
      kind: 'restore',
      causeKind: 'appeal',
      causeId: appealId,
      media,
      reason: body.answer,
      decidedBy: ctx.actor.accountId,
      nowMs: ctx.nowMs(),
    });
    seconds = decision.seconds;
  }
  await tx.query(
    'update study_appeal set state = $3, answer = $4, answered_by = $5, answered_at = $6 where bucket = $1 and id = $2',
    [found.bucket, appealId, body.grant ? 'granted' : 'rejected', body.answer, ctx.actor.accountId, ctx.now()],
  );
  // A case that only the appeal made is over with its answer; one with signs still waits for its decision.
  const isSettled = body.grant || (found.state === 'open' && !hasReasons(found));
  await tx.query(
    `update review_case set has_open_appeal = false, state = case when $3 then 'accepted' else state end,
       decided_at = case when $3 then coalesce(decided_at, $4) else decided_at end
     where bucket = $1 and id = $2`,
    [found.bucket, found.id, isSettled, ctx.now()],
  );
  await recordAudit(tx, ctx, {
    action: 'review.appeal-answer',
    object: { kind: 'person', id: found.personId },
    detail: { appealId, caseId, sessionId: found.sessionId, granted: body.grant, seconds },
  });
}

async function findCaseOfAppeal(ctx: Ctx, appealId: string): Promise<string> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `select c.id from study_appeal a join review_case c on c.bucket = a.bucket and c.session_id = a.session_id
     where a.bucket = $1 and a.id = $2`,
    [bucketOf(appealId), appealId],
  );
  if (!rows[0]) throw new AppError('review.appeal_not_found', { appealId });
  return rows[0].id;
}

async function readAppeal(ctx: OwnCtx | Ctx, appealId: string): Promise<Appeal> {
  const { rows } = await ctx.pool.query<AppealRow>(`${SELECT_APPEAL} where bucket = $1 and id = $2`, [
    bucketOf(appealId),
    appealId,
  ]);
  if (!rows[0]) throw new AppError('review.appeal_not_found', { appealId });
  return presentAppeal(rows[0]);
}
