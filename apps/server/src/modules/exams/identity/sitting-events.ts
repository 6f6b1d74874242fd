import type { BoardRow } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { noteExamEvents } from '../sittings/exam-events.ts';

/** What is noted around who sits there; each is a fact in `exam_event`. */
export type WatchEvent =
  | 'identity'
  | 'identity-confirmed'
  | 'identity-approved'
  | 'identity-rejected'
  | 'unwatched'
  | 'picture'
  | 'picture-missing'
  | 'picture-other'
  | 'picture-two'
  | 'picture-none'
  | 'picture-repeated';

export interface NewEvent {
  readonly kind: WatchEvent;
  readonly atMs: number;
  /** For people; null where the kind says it all. */
  readonly detail: string | null;
}

/** Adds facts to a sitting. @param nowMs when they came to be known, epoch ms */
export async function addEvents(tx: Tx, sittingId: string, events: readonly NewEvent[], nowMs: number): Promise<void> {
  await noteExamEvents(
    tx,
    events.map(({ kind, atMs, detail }) => ({ sittingId, kind, receivedAtMs: nowMs, happenedAtMs: atMs, detail })),
  );
}

/** Shows something to the invigilator; a second time changes nothing. @returns whether there is such a sitting */
export async function raiseAlerts(
  tx: Tx,
  sittingId: string,
  alerts: readonly BoardRow['alerts'][number][],
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update exam_sitting set alerts = array(select distinct unnest(alerts || $3::text[])) where bucket = $1 and id = $2`,
    [bucketOf(sittingId), sittingId, alerts],
  );
  return rowCount === 1;
}

/** Whether an invigilator has confirmed the candidate since an instant, epoch ms. */
export async function wasConfirmedOnSite(db: Queryable, sittingId: string, notBeforeMs: number): Promise<boolean> {
  const { rows } = await db.query<{ confirmed: boolean }>(
    `select exists (select from exam_event where bucket = $1 and sitting_id = $2 and kind = 'identity-confirmed' and happened_at >= $3)
       as confirmed`,
    [bucketOf(sittingId), sittingId, new Date(notBeforeMs)],
  );
  return rows[0]?.confirmed ?? false;
}
