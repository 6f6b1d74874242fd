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
import type { ExamRow } from './exam-rows.ts';
import { prepareExams } from './jobs.ts';
import { getExamInReach } from './manage-exams.ts';
import { takePlaceFor } from './take-place.ts';

type Answer = z.input<(typeof registerCandidates)['answer']>;

/**
 * Registers people of the roster until the exam begins. One after the other, each in a transaction of its own: who gets the last
 * place is the first of the list, and what was done stays done when a later one is refused. Somebody who is not on the roster stops it
 * before it begins.
 */
export async function registerPeople(
  ctx: RouteContext<'exams.manage'>,
  examId: string,
  personIds: readonly string[],
): Promise<Answer> {
  const wanted = [...new Set(personIds)];
  let exam = await getExamInReach(ctx, 'exams.manage', examId);
  const [roster, unmetOf] = await Promise.all([
    selectRoster(ctx.pool, exam, 'p.id = any($3::uuid[])', [wanted]),
    readRegistrationConditions(ctx.pool, wanted, exam),
  ]);
  const rowOf = new Map(roster.map((row) => [row.id, row]));
  const people = wanted.map((personId) => {
    const row = rowOf.get(personId);
    if (!row) throw new AppError('people.not_found');
    return row;
  });
  const refused: Answer['refused'] = [];
  let registered = 0;
  for (const row of people) {
    const personId = row.id;
    if (!row.is_booked) {
      let unmet = unmetOf(personId, { exam, nowMs: ctx.nowMs() });
      if (unmet.length === 0 && !(await register(ctx, exam, personId))) {
        // Somebody else took the last place, or the exam began meanwhile.
        exam = await getExamInReach(ctx, 'exams.manage', examId);
        unmet = unmetOf(personId, { exam, nowMs: ctx.nowMs() });
        if (unmet.length === 0) throw new AppError('exams.booking_closed');
      }
      if (unmet.length > 0) {
        refused.push({ personId, nameMasked: openMaskedName(ctx.platform.keys, row.name_sealed, personId), unmet });
        continue;
      }
      exam = { ...exam, booked: exam.booked + 1 };
    }
    registered += 1;
  }
  // Who is registered shortly before the bell does not wait for the next round of the job.
  await addJob(ctx.pool, prepareExams, {});
  return { registered, refused };
}

/** @returns false when there is no place, or none is given any more */
async function register(ctx: RouteContext<'exams.manage'>, exam: ExamRow, personId: string): Promise<boolean> {
  try {
    await transaction(ctx.pool, async (tx) => {
      const booked = await takePlaceFor(tx, { personId, exam, states: ['planned', 'frozen'], now: ctx.now() });
      await recordAudit(tx, ctx, {
        action: 'exams.register',
        object: { kind: 'exam', id: exam.id },
        detail: { personId, bookingId: booked.id },
      });
    });
    return true;
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'exams.booking_closed') return false;
    throw cause;
  }
}
