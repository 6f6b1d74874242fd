import { randomBytes } from 'node:crypto';
import type { bookExam } from '@antu/contract';
import { bucketOf, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../audit/index.ts';
import { ticketCodeOf } from '../documents/ticket-code.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { readConditions } from './candidate-facts.ts';
import { bookingUntilMs, findExam, selectExams } from './exam-rows.ts';
import { WITHIN_REACH } from './own-exams.ts';
import { type BookingRow, takePlaceFor } from './take-place.ts';

type Booking = z.input<(typeof bookExam)['answer']>;
const MOST_SIGNATURE_BYTES = 100 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const present = ({ platform }: OwnContext, row: BookingRow): Booking => ({
  id: row.id,
  examId: row.exam_id,
  state: row.state,
  ticketNumber: row.ticket_number,
  ticketCode: ticketCodeOf(platform.keys, row.id, row.ticket_number),
  seat: row.seat === null ? null : String(row.seat),
  sittingId: null,
});

/** Books a place. A second booking is answered as the first. */
export async function bookPlace(ctx: OwnContext, examId: string): Promise<Booking> {
  const personId = requireOwnPerson(ctx.actor);
  const before = await findBooking(ctx.pool, personId, examId);
  if (before) return present(ctx, before);
  const [exam] = await selectExams(ctx.pool, `${WITHIN_REACH} and e.id = $3`, [bucketOf(personId), personId, examId]);
  if (!exam) throw new AppError('exams.not_found');
  const conditionsOf = await readConditions(ctx.pool, personId, [exam]);
  const unmet = conditionsOf(exam, ctx.nowMs()).filter(({ met }) => !met);
  if (unmet.length > 0) {
    throw new AppError('exams.not_eligible', {
      conditions: unmet,
      summary: unmet.map(({ zh }) => zh).join('；'),
      summaryEn: unmet.map(({ en }) => en).join('; '),
    });
  }
  const row = await transaction(ctx.pool, async (tx) => {
    const booked = await takePlaceFor(tx, { personId, exam, states: ['planned'], now: ctx.now() });
    await recordAudit(tx, ctx, {
      action: 'exams.book',
      object: { kind: 'exam', id: examId },
      detail: { bookingId: booked.id },
    });
    return booked;
  });
  return present(ctx, row);
}

async function findBooking(db: OwnContext['pool'], personId: string, examId: string): Promise<BookingRow | undefined> {
  const { rows } = await db.query<BookingRow>(
    `select id, exam_id, state, ticket_number, seat from exam_booking
     where bucket = $1 and person_id = $2 and exam_id = $3 and state <> 'cancelled'`,
    [bucketOf(personId), personId, examId],
  );
  return rows[0];
}

/** Gives a place back, as long as booking is open. */
export async function giveBack(ctx: OwnContext, examId: string): Promise<Booking> {
  const personId = requireOwnPerson(ctx.actor);
  const exam = await findExam(ctx.pool, examId);
  if (!exam) throw new AppError('exams.not_found');
  if (ctx.nowMs() >= bookingUntilMs(exam)) throw new AppError('exams.booking_closed');
  const row = await transaction(ctx.pool, async (tx) => {
    const { rows } = await tx.query<BookingRow>(
      `update exam_booking set state = 'cancelled', cancelled_at = $4
       where bucket = $1 and person_id = $2 and exam_id = $3 and state = 'booked' returning id, exam_id, state, ticket_number, seat`,
      [bucketOf(personId), personId, examId, ctx.now()],
    );
    const [cancelled] = rows;
    if (!cancelled) throw new AppError('exams.booking_not_found');
    const left = await tx.query(`update exam set booked = booked - 1 where id = $1 and state = 'planned'`, [examId]);
    if (left.rowCount !== 1) throw new AppError('exams.booking_closed');
    await recordAudit(tx, ctx, {
      action: 'exams.cancel-booking',
      object: { kind: 'exam', id: examId },
      detail: { bookingId: cancelled.id },
    });
    return cancelled;
  });
  return present(ctx, row);
}

/** Keeps the signature under the pledge, encrypted. Signed once; a second signature is answered as the first. */
export async function keepPledge(ctx: OwnContext, examId: string, signaturePng: string): Promise<{ signedAt: string }> {
  const personId = requireOwnPerson(ctx.actor);
  const picture = Buffer.from(signaturePng.replace(/^data:image\/png;base64,/, ''), 'base64');
  if (picture.length > MOST_SIGNATURE_BYTES || !picture.subarray(0, PNG.length).equals(PNG)) {
    throw new AppError('exams.pledge_bad');
  }
  const booking = await findBooking(ctx.pool, personId, examId);
  if (!booking) throw new AppError('exams.booking_not_found');
  const key = `pledges/${booking.id}/${randomBytes(8).toString('hex')}`;
  const { storage, keys } = ctx.platform;
  await storage.put(key, keys.encrypt('exams.pledge', picture, booking.id));
  const { rows } = await ctx.pool.query<{ pledge_at: Date }>(
    `update exam_booking set pledge_key = coalesce(pledge_key, $3), pledge_at = coalesce(pledge_at, $4)
     where bucket = $1 and id = $2 returning pledge_at`,
    [bucketOf(booking.id), booking.id, key, ctx.now()],
  );
  return { signedAt: (rows[0]?.pledge_at ?? ctx.now()).toISOString() };
}

/** Whether the pledge that the rules ask for is missing. */
export async function isPledgeMissing(ctx: OwnContext, personId: string, examId: string): Promise<boolean> {
  const exam = await findExam(ctx.pool, examId);
  if (!exam || !examLimitsOf(getExamRuleSet(exam.rule_set_id)).pledge) return false;
  const { rows } = await ctx.pool.query(
    `select from exam_booking where bucket = $1 and person_id = $2 and exam_id = $3 and state <> 'cancelled' and pledge_at is not null`,
    [bucketOf(personId), personId, examId],
  );
  return rows.length === 0;
}
