import { bucketOf } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import type { DecidedReview } from '../../identity/index.ts';
import { addEvents, raiseAlerts } from './sitting-events.ts';

/**
 * What two people say about the check on which a sitting rests. Approved: it is marked as soon as nothing else waits. Rejected: it stays
 * unmarked until somebody who runs the exam confirms the candidate or declares the sitting void; nothing is void by itself.
 */
export async function settleReviewOfExam(
  tx: Tx,
  { sessionId, reviewId, approved, decidedAtMs }: DecidedReview,
): Promise<void> {
  if (sessionId === null) return;
  const { rows } = await tx.query<{ waits: boolean }>(
    `update exam_sitting set identity_awaits = case when $4 then array_remove(identity_awaits, $3) else identity_awaits end
     where bucket = $1 and id = $2 and $3 = any(identity_awaits) returning identity_awaits <> '{}' as waits`,
    [bucketOf(sessionId), sessionId, reviewId, approved],
  );
  const [sitting] = rows;
  if (!sitting) return;
  const kind = approved ? 'identity-approved' : 'identity-rejected';
  await addEvents(tx, sessionId, [{ kind, atMs: decidedAtMs, detail: reviewId }], decidedAtMs);
  if (!approved) await raiseAlerts(tx, sessionId, ['identity']);
  if (sitting.waits && approved) return;
  await tx.query(
    `update exam_sitting set alerts = array_remove(alerts, 'awaits-review') where bucket = $1 and id = $2`,
    [bucketOf(sessionId), sessionId],
  );
}
