import type { confirmExamIdentity } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { getExamInReach } from '../dates/manage-exams.ts';
import { addEvents } from './sitting-events.ts';

type Body = z.output<(typeof confirmExamIdentity)['body']>;

/**
 * Takes down that the invigilator has compared the candidate with the ID card: the sitting may be begun for the minutes that the rules
 * give, and no longer waits for other people. Nobody does this for themself.
 */
export async function confirmOnSite(
  ctx: RouteContext<'exams.invigilate'>,
  examId: string,
  { sittingId, reason }: Body,
): Promise<{ confirmedAt: string }> {
  await getExamInReach(ctx, 'exams.invigilate', examId);
  await transaction(ctx.pool, async (tx) => {
    const { rows } = await tx.query<{ person_id: string }>(
      `update exam_sitting set identity_awaits = '{}', alerts = array(
         select one from unnest(alerts) as one where one not in ('awaits-review', 'identity', 'unwatched'))
       where bucket = $1 and id = $2 and exam_id = $3 and state in ('frozen', 'running', 'submitted', 'timed-out') returning person_id`,
      [bucketOf(sittingId), sittingId, examId],
    );
    const [sitting] = rows;
    if (!sitting) throw new AppError('exams.sitting_not_found');
    if (sitting.person_id === ctx.actor.personId) throw new AppError('platform.not_allowed');
    const nowMs = ctx.nowMs();
    await addEvents(tx, sittingId, [{ kind: 'identity-confirmed', atMs: nowMs, detail: reason }], nowMs);
    await recordAudit(tx, ctx, {
      action: 'exams.identity',
      object: { kind: 'exam-sitting', id: sittingId },
      detail: { examId, personId: sitting.person_id, reason },
    });
  });
  return { confirmedAt: ctx.now().toISOString() };
}
