import type { getOwnExams, OfferedExam } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import { ticketCodeOf } from '../documents/ticket-code.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { listAttempts } from '../sittings/attempts.ts';
import { readConditions } from './candidate-facts.ts';
import { presentExams, selectExams } from './exam-rows.ts';

type Answer = z.input<(typeof getOwnExams)['answer']>;

const OVER = ['submitted', 'timed-out', 'marked', 'voided'] as const;
const MOST_RESULTS_SHOWN = 50;

/** Exams that a person may book in: of their employer or training body, or of their own city. Person as $1 (bucket) and $2. */
export const WITHIN_REACH = `(e.organisation_id in (select pa.organisation_id from person_affiliation pa
    where pa.bucket = $1 and pa.person_id = $2 and pa.to_date is null)
  or substring(e.region_code, 1, 4) in (
    select substring(p.region_code, 1, 4) from person p where p.bucket = $1 and p.id = $2
    union all
    select substring(o.region_code, 1, 4) from person_affiliation pa join organisation o on o.id = pa.organisation_id
    where pa.bucket = $1 and pa.person_id = $2 and pa.to_date is null))`;

/** Those within reach that are not over and belong to a training that the person owes, and every one they have booked. */
const OFFERED = `(e.closes_at > $3 and e.state in ('planned', 'frozen', 'open') and (
    e.id in (select b.exam_id from exam_booking b where b.bucket = $1 and b.person_id = $2 and b.state = 'booked')
    or (${WITHIN_REACH} and e.scheme in (select c.scheme from training_assignment a join course c on c.id = a.course_id
      where a.bucket = $1 and a.person_id = $2))))`;

interface BookingRow {
  id: string;
  exam_id: string;
  state: 'booked' | 'cancelled' | 'sat' | 'missed';
  ticket_number: string;
  seat: number | null;
  sitting_id: string | null;
}

/** What a learner may book, has booked, and how it went. */
export async function listOffered(ctx: OwnContext): Promise<Answer> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const bucket = bucketOf(personId);
  const exams = await selectExams(ctx.pool, OFFERED, [bucket, personId, ctx.now()]);
  const [views, conditionsOf, bookings, spared, results] = await Promise.all([
    presentExams(ctx.pool, exams),
    readConditions(ctx.pool, personId, exams),
    ctx.pool.query<BookingRow>(
      // Who is done has sat, though the date may still run for others.
      `select b.id, b.exam_id, b.ticket_number, b.seat, s.id as sitting_id,
         case when b.state = 'booked' and s.state = any($3::text[]) then 'sat' else b.state end as state
       from exam_booking b
         left join exam_sitting s on s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id
       where b.bucket = $1 and b.person_id = $2 and b.state <> 'cancelled'`,
      [bucket, personId, OVER],
    ),
    readSpared(ctx, bucket, personId),
    listAttempts(ctx.pool, personId, { kind: 'formal', states: OVER, most: MOST_RESULTS_SHOWN }),
  ]);
  const booked = new Map(bookings.rows.map((row) => [row.exam_id, row]));
  const offered = views.map(({ booked: taken, ...view }, at): OfferedExam => {
    const exam = exams[at];
    const booking = booked.get(view.id);
    return {
      ...view,
      placesLeft: view.capacity - taken,
      conditions: exam ? conditionsOf(exam, nowMs) : [],
      booking: booking
        ? {
            id: booking.id,
            examId: booking.exam_id,
            state: booking.state,
            ticketNumber: booking.ticket_number,
            ticketCode: ticketCodeOf(ctx.platform.keys, booking.id, booking.ticket_number),
            seat: booking.seat === null ? null : String(booking.seat),
            sittingId: booking.sitting_id,
          }
        : null,
    };
  });
  return { now: new Date(nowMs).toISOString(), exams: offered, spared, results };
}

/** Places of resits that were given back since the first exam turned out to be passed. */
async function readSpared(ctx: OwnContext, bucket: number, personId: string): Promise<Answer['spared']> {
  const { rows } = await ctx.pool.query<{ id: string; title_zh: string; opens_at: Date; closes_at: Date }>(
    `select e.id, e.title_zh, e.opens_at, e.closes_at from exam_booking b join exam e on e.id = b.exam_id
     where b.bucket = $1 and b.person_id = $2 and b.cancelled_because = 'passed' and e.closes_at > $3 order by e.opens_at, e.id`,
    [bucket, personId, ctx.now()],
  );
  return rows.map((row) => ({
    examId: row.id,
    titleZh: row.title_zh,
    opensAt: row.opens_at.toISOString(),
    closesAt: row.closes_at.toISOString(),
  }));
}
