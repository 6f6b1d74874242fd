import { OWN_CERTIFICATE_PATH, type SittingResult } from '@antu/contract';
import { examLimitsOf, getExamRuleSet } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import { readOwnAppeals } from '../appeals/appeal-rows.ts';
import { findAppealUntilMs } from '../appeals/make-appeal.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { findOwnSitting } from '../sittings/sitting-rows.ts';
import { getResit } from './get-resit.ts';
import { readReview } from './read-review.ts';
import { findResult } from './result-rows.ts';

/** What a sitting of one's own earned; questions and answers as far as the rules show them, and never before it was marked. */
export async function getOwnResult(ctx: OwnContext, sittingId: string): Promise<SittingResult> {
  const row = await findOwnSitting(ctx.pool, requireOwnPerson(ctx.actor), sittingId);
  if (!row) throw new AppError('exams.sitting_not_found');
  const limits = examLimitsOf(getExamRuleSet(row.rule_set_id));
  const result = row.state === 'marked' ? await findResult(ctx.pool, sittingId) : undefined;
  const [review, appealUntilMs, appeals, resit] = await Promise.all([
    result ? readReview(ctx, sittingId, result.earned) : null,
    findAppealUntilMs(ctx.pool, row, ctx.nowMs()),
    readOwnAppeals(ctx.pool, sittingId),
    result && !result.passed && row.kind === 'formal' ? getResit(ctx, row) : null,
  ]);
  return {
    sittingId,
    kind: row.kind,
    titleZh: row.title_zh,
    state: row.state === 'voided' ? 'voided' : result ? 'marked' : 'waiting',
    identityAwaits: !result && row.identity_awaits.length > 0,
    points: result ? result.centipoints / 100 : null,
    totalPoints: limits.totalPoints,
    passPoints: limits.passPoints,
    passed: result?.passed ?? null,
    version: result?.version ?? 0,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    voidReason: row.void_reason,
    topics: review?.topics ?? [],
    items: row.kind === 'mock' || limits.itemReview === 'all' ? (review?.items ?? null) : null,
    appealUntil: appealUntilMs === null ? null : new Date(appealUntilMs).toISOString(),
    resit,
    certificateUrl: result && row.kind === 'formal' ? OWN_CERTIFICATE_PATH.replace(':sittingId', sittingId) : null,
    appeals,
  };
}
