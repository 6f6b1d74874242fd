import type { IdentityChallenge } from '@antu/contract';
import { examLimitsOf, getExamRuleSet } from '@antu/domain';
import { AppError, assertThat } from '../../../platform/errors.ts';
import { openChallenge } from '../../identity/index.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { findOwnSitting } from '../sittings/sitting-rows.ts';
import { findExamPlace } from './exam-place.ts';

/**
 * Begins the check that opens a sitting. It is good for this sitting and this sign-in alone: no other exam, and no other device. Not
 * before a check could still be fresh at the bell.
 * Errors: `exams.sitting_not_found`, `exams.no_check_needed`, `exams.voided`, `exams.over`, `exams.not_yet`, `exams.window_closed`
 */
export async function beginCheckOfExam(ctx: OwnContext, sittingId: string): Promise<IdentityChallenge> {
  const personId = requireOwnPerson(ctx.actor);
  const sitting = await findOwnSitting(ctx.pool, personId, sittingId);
  assertThat(sitting, 'exams.sitting_not_found');
  const { identityAtStart, identityFreshSeconds } = examLimitsOf(getExamRuleSet(sitting.rule_set_id));
  assertThat(sitting.exam_id !== null && identityAtStart, 'exams.no_check_needed');
  assertThat(sitting.state !== 'voided', 'exams.voided');
  assertThat(sitting.state === 'frozen' || sitting.state === 'running', 'exams.over');
  const nowMs = ctx.nowMs();
  if (nowMs < sitting.opens_at.getTime() - identityFreshSeconds * 1000) {
    throw new AppError('exams.not_yet', { opensAt: sitting.opens_at.toISOString() });
  }
  assertThat(sitting.state === 'running' || nowMs < sitting.closes_at.getTime(), 'exams.window_closed');
  return openChallenge(ctx.platform, ctx, {
    personId,
    purpose: 'exam',
    sessionId: sittingId,
    // Another try, here or on another device, ends this one.
    checkId: sittingId,
    loginSessionId: ctx.actor.sessionId,
    ...(await findExamPlace(ctx.pool, sitting.exam_id)),
  });
}
