import type { SittingView } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { addJob } from '../../../platform/jobs.ts';
import { markOneSitting } from '../marking/jobs.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { hashOfToken } from './device-token.ts';
import { whyNot } from './save-answers.ts';
import type { SittingDoor } from './sitting-door.ts';
import { findOwnSitting, presentSitting, type SittingRow, sittingColumns } from './sitting-rows.ts';

/** Hands in, in one transaction with the job that marks. A second time is answered as the first. */
export async function submitOwnSitting(
  ctx: OwnContext,
  { messages }: Pick<SittingDoor, 'messages'>,
  sittingId: string,
  deviceToken: string,
): Promise<SittingView> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const row = await transaction(ctx.pool, async (tx) => {
    const { rows } = await tx.query<SittingRow>(
      `update exam_sitting s set state = 'submitted', ended_at = $5, last_seen_at = $5
       where s.bucket = $1 and s.id = $2 and s.person_id = $3 and s.device_hash = $4 and s.state = 'running'
       returning ${sittingColumns}`,
      [bucketOf(sittingId), sittingId, personId, hashOfToken(deviceToken), new Date(nowMs)],
    );
    const [handedIn] = rows;
    if (handedIn) await addJob(tx, markOneSitting, { sittingId });
    return handedIn ?? findOwnSitting(tx, personId, sittingId);
  });
  if (!row || row.state === 'frozen' || row.state === 'running' || row.state === 'voided') {
    throw await whyNot(ctx, personId, sittingId);
  }
  return presentSitting(row, nowMs, await messages.latest(row.exam_id));
}
