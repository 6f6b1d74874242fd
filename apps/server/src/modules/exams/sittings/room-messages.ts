import type { Queryable } from '../../../platform/database/pool.ts';

export interface RoomMessage {
  readonly at: string;
  readonly text: string;
}

/** Every save carries the latest word of its room: one look for all candidates of a room in this time. */
const BELIEVED_MS = 2_000;

export interface RoomMessages {
  latest(examId: string | null): Promise<RoomMessage | null>;
}

/** Remembers the latest word of each room for a moment. */
export function roomMessages(db: Queryable, nowMs: () => number): RoomMessages {
  const known = new Map<string, { readAtMs: number; message: Promise<RoomMessage | null> }>();
  return {
    async latest(examId) {
      if (examId === null) return null;
      const before = known.get(examId);
      if (before && nowMs() - before.readAtMs < BELIEVED_MS) return before.message;
      const message = findRoomMessage(db, examId);
      known.set(examId, { readAtMs: nowMs(), message });
      message.catch(() => known.delete(examId));
      return message;
    },
  };
}

/** Latest word of a room. */
export async function findRoomMessage(db: Queryable, examId: string | null): Promise<RoomMessage | null> {
  if (examId === null) return null;
  const { rows } = await db.query<{ text: string; sent_at: Date }>(
    'select text, sent_at from exam_message where exam_id = $1 order by id desc limit 1',
    [examId],
  );
  const [row] = rows;
  return row ? { at: row.sent_at.toISOString(), text: row.text } : null;
}
