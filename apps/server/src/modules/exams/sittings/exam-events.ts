import { bucketOf } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { WatchEvent } from '../identity/sitting-events.ts';

/** What a page reports, what the server and the invigilator do, and what is noted around who sits there. */
export type ExamEventKind =
  | 'left'
  | 'back'
  | 'copy'
  | 'paste'
  | 'print'
  | 'offline'
  | 'online'
  | 'started'
  | 'resumed'
  | 'device'
  | 'extended'
  | 'voided'
  | 'reinstated'
  | WatchEvent;

export interface ExamEvent {
  readonly sittingId: string;
  readonly kind: ExamEventKind;
  /** Null: not of a device of the candidate. */
  readonly deviceId?: string | null;
  /** Epoch ms. */
  readonly receivedAtMs: number;
  /** Epoch ms; the moment of receipt unless a device tells otherwise. */
  readonly happenedAtMs?: number;
  /** For people; null where the kind says it all. */
  readonly detail?: string | null;
}

/** Adds facts about sittings in one statement. Kinds and devices are the caller's to know; nothing is checked. */
export async function noteExamEvents(tx: Tx, events: readonly ExamEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ sittingId, kind, deviceId = null, receivedAtMs, happenedAtMs, detail = null }) => ({
    bucket: bucketOf(sittingId),
    sitting_id: sittingId,
    id: uuidv7(receivedAtMs),
    kind,
    device_id: deviceId,
    happened_at: new Date(happenedAtMs ?? receivedAtMs),
    received_at: new Date(receivedAtMs),
    detail,
  }));
  await tx.query({
    name: 'exams-note-events',
    text: `insert into exam_event (bucket, sitting_id, id, kind, device_id, happened_at, received_at, detail)
      select bucket, sitting_id, id, kind, device_id, happened_at, received_at, detail
      from jsonb_to_recordset($1::jsonb) as r(bucket smallint, sitting_id uuid, id uuid, kind text, device_id uuid,
        happened_at timestamptz, received_at timestamptz, detail text)`,
    values: [JSON.stringify(rows)],
  });
}
