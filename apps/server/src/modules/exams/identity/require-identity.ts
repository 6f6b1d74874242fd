import { examLimitsOf, getExamRuleSet } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import { findCheckIdentity, type Verdict } from '../../identity/index.ts';
import { findExam } from '../dates/exam-rows.ts';
import type { OwnContext } from '../own-context.ts';
import type { SittingDoor } from '../sittings/sitting-door.ts';
import type { SittingRow } from '../sittings/sitting-rows.ts';
import { wasConfirmedOnSite } from './sitting-events.ts';

/** On what a start rests. `on-site`: an invigilator has just compared person and ID card. */
export type Opening = Pick<Verdict, 'id' | 'outcome' | 'method'> | 'on-site';

/**
 * Refuses the start unless it was shown for this very sitting, in this sign-in and a short while ago, who the candidate is: neither the
 * check of a sign-in nor that of another exam opens it. What people still have to look at opens it, too, and holds the result back.
 */
export async function requireExamIdentity(
  ctx: OwnContext,
  { findCheck }: Pick<SittingDoor, 'findCheck'>,
  sitting: SittingRow,
): Promise<Opening> {
  const { identityFreshSeconds } = examLimitsOf(getExamRuleSet(sitting.rule_set_id));
  const notBeforeMs = ctx.nowMs() - identityFreshSeconds * 1000;
  const check = await findCheck({
    personId: sitting.person_id,
    purposes: ['exam'],
    sessionId: sitting.id,
    loginSessionId: ctx.actor.sessionId,
    notBeforeMs,
  });
  if (check?.outcome === 'passed' && (await isFromWhoMay(ctx, sitting, check))) return check;
  if (await wasConfirmedOnSite(ctx.pool, sitting.id, notBeforeMs)) return 'on-site';
  if (!check) throw new AppError('exams.identity_needed');
  if (check.outcome === 'passed') throw new AppError('exams.code_not_valid');
  return check;
}

/** Faces speak for themselves; whose code counts is a matter of the rules. */
async function isFromWhoMay(
  { pool }: Pick<OwnContext, 'pool'>,
  sitting: SittingRow,
  { id, method }: Pick<Verdict, 'id' | 'method'>,
): Promise<boolean> {
  if (method !== 'on-site' || examLimitsOf(getExamRuleSet(sitting.rule_set_id)).codesFrom === 'anybody') return true;
  const [given, exam] = await Promise.all([
    findCheckIdentity(pool, id),
    sitting.exam_id === null ? undefined : findExam(pool, sitting.exam_id),
  ]);
  // Training bodies hold exams and enterprises employ: whoever gives codes in the name of the organiser invigilates there.
  return exam !== undefined && given?.check.detail.organisationId === exam.organisation_id;
}
