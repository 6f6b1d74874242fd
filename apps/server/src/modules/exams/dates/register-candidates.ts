import type { registerCandidates } from '@antu/contract';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { addJob } from '../../../platform/jobs.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { openMaskedName } from '../../people/index.ts';
import { readRegistrationConditions } from './candidate-facts.ts';
import { selectRoster } from './candidates.ts';
import { prepareExams } from './jobs.ts';
import { getExamInReach } from './manage-exams.ts';
import { takePlaceFor } from './take-place.ts';

type Answer = z.input<(typeof registerCandidates)['answer']>;

/**
 * Registers people of the roster until the exam begins. One after the other, each in a transaction of its own: who gets the last
 * place is the first of the list, and what was done stays done when a later one is refused.
 */
export async function registerPeople(
  ctx: RouteContext<'exams.manage'>,
  examId: string,
  personIds: readonly string[],
): Promise<Answer> {
  const refused: Answer['refused'] = [];
  let registered = 0;
  for (const personId of new Set(personIds)) {
    // Read anew for each: the one before has taken a place.
    const exam = await getExamInReach(ctx, 'exams.manage', examId);
    const [row] = await selectRoster(ctx.pool, exam, 'p.id = $3', [personId]);
    if (!row) throw new AppError('people.not_found');
    const unmet = row.is_booked ? [] : await readRegistrationConditions(ctx.pool, personId, exam, ctx.nowMs());
    if (unmet.length > 0) {
      refused.push({ personId, nameMasked: openMaskedName(ctx.platform.keys, row.name_sealed, personId), unmet });
      continue;
    }
    registered += 1;
    if (row.is_booked) continue;
    await transaction(ctx.pool, async (tx) => {
      const booked = await takePlaceFor(tx, { personId, exam, states: ['planned', 'frozen'], now: ctx.now() });
      await recordAudit(tx, ctx, {
        action: 'exams.register',
        object: { kind: 'exam', id: examId },
        detail: { personId, bookingId: booked.id },
      });
    });
  }
  // Who is registered shortly before the bell does not wait for the next round of the job.
  await addJob(ctx.pool, prepareExams, {});
  return { registered, refused };
}
