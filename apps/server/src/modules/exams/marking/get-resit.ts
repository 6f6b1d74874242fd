import type { SittingResult } from '@antu/contract';
import { chinaDateOf, examLimitsOf, findExamRuleSets, getExamRuleSet, resitOf } from '@antu/domain';
import type { OwnContext } from '../own-context.ts';
import { readCountedAttempts } from '../sittings/attempts.ts';
import type { SittingRow } from '../sittings/sitting-rows.ts';

/** Whether, and from when, somebody who has failed may sit again: by the rules of today, over all attempts at this exam. */
export async function getResit(
  ctx: Pick<OwnContext, 'pool' | 'nowMs'>,
  sitting: SittingRow,
): Promise<SittingResult['resit']> {
  const own = getExamRuleSet(sitting.rule_set_id);
  const attempts = await readCountedAttempts(ctx.pool, sitting.person_id);
  const { rows } = await ctx.pool.query<{ region_code: string }>('select region_code from exam where id = $1', [
    sitting.exam_id,
  ]);
  const inForce = findExamRuleSets(own.scheme, rows[0]?.region_code ?? '', chinaDateOf(ctx.nowMs()));
  const rules = inForce.find(({ exam }) => exam === own.exam) ?? own;
  const resit = resitOf(
    examLimitsOf(rules),
    attempts.filter(({ ruleSetId }) => getExamRuleSet(ruleSetId).exam === own.exam),
  );
  if (resit.state !== 'possible') return { state: resit.state, from: null, attemptsLeft: null };
  return {
    state: 'possible',
    from: new Date(`${resit.fromDay}T00:00:00+08:00`).toISOString(),
    attemptsLeft: resit.attemptsLeft,
  };
}
