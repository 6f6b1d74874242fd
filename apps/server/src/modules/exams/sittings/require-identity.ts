import { findStudyRuleSet, chinaDateOf, limitsOf } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import { findFreshSignInCheck } from '../../identity/index.ts';
import type { OwnContext } from '../own-context.ts';
import type { SittingRow } from './sitting-rows.ts';

/**
 * Refuses the start unless a check of this sign-in was passed a short while ago: the same check that stands for the start of study.
 * A check that people still have to look at is none: an exam cannot wait for them, the invigilator confirms on site instead.
 */
export async function requireFreshIdentity(ctx: OwnContext, personId: string, sitting: SittingRow): Promise<void> {
  const nowMs = ctx.nowMs();
  const { rows } = await ctx.pool.query<{ scheme: 'road-transport'; region_code: string }>(
    'select scheme, region_code from exam where id = $1',
    [sitting.exam_id],
  );
  const [exam] = rows;
  if (!exam) throw new AppError('exams.not_found');
  const { identityFreshSeconds } = limitsOf(findStudyRuleSet(exam.scheme, exam.region_code, chinaDateOf(nowMs)));
  const notBeforeMs = nowMs - identityFreshSeconds * 1000;
  const check = await findFreshSignInCheck(ctx.pool, personId, ctx.actor.sessionId, notBeforeMs);
  if (check?.outcome !== 'passed') throw new AppError('exams.identity_needed');
}
