import type { Pool } from '../../../platform/database/pool.ts';
import { bookingUntilMs, selectExams } from './exam-rows.ts';

const DAY_MS = 86_400_000;

/**
 * Gives everybody a place in the room once booking has ended, in the order of booking: from then on nobody comes or goes, so a
 * second run changes nothing.
 * @returns exams whose places were given out
 */
export async function assignSeats(pool: Pool, nowMs: number): Promise<number> {
  const soon = await selectExams(
    pool,
    `e.mode = 'place' and e.state in ('planned', 'frozen', 'open') and e.opens_at < $1 and exists (
       select from exam_booking b where b.exam_id = e.id and b.state = 'booked' and b.seat is null)`,
    [new Date(nowMs + DAY_MS)],
  );
  const due = soon.filter((exam) => bookingUntilMs(exam) <= nowMs);
  for (const { id } of due) {
    await pool.query(
      `update exam_booking b set seat = numbered.seat
       from (select bucket, id, row_number() over (order by booked_at, ticket_number) as seat
         from exam_booking where exam_id = $1 and state = 'booked') numbered
       where b.bucket = numbered.bucket and b.id = numbered.id and b.seat is null`,
      [id],
    );
  }
  return due.length;
}
