import type { CaseReasonView, ReviewCaseDetail } from '@antu/contract';
import { bucketOf, creditableSecondsOf, lengthOf, restorableOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findPersonNames, scopeOf } from '../../people/index.ts';
import { sessionTaughtOrInRegion } from './case-scope.ts';
import { judgeSessions, SELECT_SESSION, type SessionRow, summaryOf } from '../views/sessions.ts';
import { findAppeals, presentAppeal } from './appeal-rows.ts';
import { type CaseRow, parseReasons, presentCases, SELECT_CASE } from './case-rows.ts';
import { requireCaseInReach } from './case-scope.ts';
import { type DecisionRow, findDecisions, presentDecisions } from './decision-views.ts';
import { findCaptures } from './identity-signs.ts';
import { pairsOf, readLessonCount, readSessionCount } from './session-hours.ts';

type Ctx = RouteContext<'review.read'> | RouteContext<'review.decide'>;

/** A case with its decisions, appeals and pictures. */
export async function readCase(ctx: RouteContext<'review.read'>, caseId: string): Promise<ReviewCaseDetail> {
  await requireCaseInReach(ctx.pool, ctx.actor, 'review.read', caseId);
  const detail = await describeCase(ctx, caseId);
  await recordAudit(ctx.pool, ctx, {
    action: 'review.case-read',
    object: { kind: 'person', id: detail.personId },
    detail: { caseId, sessionId: detail.sessionId },
  });
  return detail;
}

/** Everything about a case. The caller has checked that the actor reaches it. */
export async function describeCase(ctx: Ctx, caseId: string): Promise<ReviewCaseDetail> {
  const { pool, platform, actor } = ctx;
  const { rows } = await pool.query<CaseRow>(`${SELECT_CASE} where c.bucket = $1 and c.id = $2`, [
    bucketOf(caseId),
    caseId,
  ]);
  const [row] = rows;
  const [line] = await presentCases(platform, pool, rows);
  if (!row || !line) throw new AppError('review.case_not_found', { caseId });
  const session = { bucket: row.bucket, id: row.session_id, personId: row.person_id };
  const decided = (await findDecisions(pool, [session])).get(session.id) ?? [];
  const count = await readSessionCount(pool, session);
  const { lessonVersionId, ...course } = await readCourse(pool, session);
  const lesson = await readLessonCount(pool, { ...session, lessonVersionId });
  return {
    ...line,
    ...course,
    reasons: await nameOthers(ctx, row, line.reasons),
    mayAnswerAppeal: !isLastDecider(decided, actor.accountId),
    restorableSeconds: lengthOf(restorableOf(count, lesson)),
    decisions: await presentDecisions(platform, pool, decided),
    appeals: (await findAppeals(pool, session)).map(presentAppeal),
    countedMediaSeconds: pairsOf(count.now),
    captures: await findCaptures(pool, session.id),
  };
}

/** Whether an account took the last decision about a session that was not the answer to an appeal. */
function isLastDecider(decisions: readonly DecisionRow[], accountId: string): boolean {
  return decisions.findLast((one) => one.cause_kind === 'case')?.decided_by === accountId;
}

/** The session as the rules see it: its end and its stretches, and how long its lesson is. */
async function readCourse(
  db: Queryable,
  session: { bucket: number; id: string },
): Promise<Pick<ReviewCaseDetail, 'endedAt' | 'lessonSeconds' | 'stretches'> & { lessonVersionId: string }> {
  const { rows } = await db.query<SessionRow>(`${SELECT_SESSION} where s.bucket = $1 and s.id = $2`, [
    session.bucket,
    session.id,
  ]);
  const [judged] = await judgeSessions(db, rows);
  if (!judged) throw new AppError('study.session_not_found', { sessionId: session.id });
  return {
    endedAt: summaryOf(judged).endedAt,
    lessonSeconds: creditableSecondsOf(judged.row.duration_ms),
    stretches: [...(judged.judged?.sums.stretches ?? [])],
    lessonVersionId: judged.row.lesson_version_id,
  };
}

/** The other sessions that reasons are about, as far as the actor may know of them. */
async function nameOthers(
  { pool, platform, actor }: Ctx,
  row: CaseRow,
  reasons: readonly CaseReasonView[],
): Promise<CaseReasonView[]> {
  const stored = parseReasons(row.reasons).reasons;
  const ids = [...new Set(stored.flatMap((one) => one.sessionIds ?? []))];
  const reached = sessionTaughtOrInRegion(scopeOf(actor, 'review.read'), 3);
  const { rows } = await pool.query<{ id: string; person_id: string; opened_at: Date }>(
    `select s.id, s.person_id, s.opened_at from study_session s join course on course.id = s.course_id
       join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, id) on wanted.bucket = s.bucket and wanted.id = s.id
     where ${reached.sql} order by s.id`,
    [ids.map(bucketOf), ids, ...reached.values],
  );
  const names = await findPersonNames(
    pool,
    platform.keys,
    rows.map((one) => one.person_id),
  );
  return reasons.map((reason, at) => ({
    ...reason,
    sessions: rows
      .filter((one) => stored[at]?.sessionIds?.includes(one.id))
      .map((one) => ({
        sessionId: one.id,
        nameMasked: names.get(one.person_id)?.nameMasked ?? '—',
        openedAt: one.opened_at.toISOString(),
      })),
  }));
}
