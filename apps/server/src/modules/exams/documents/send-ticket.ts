import { bucketOf, examLimitsOf, getExamRuleSet, maskName } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { openMaskedIdNumber, openName } from '../../people/index.ts';
import { type ExamRow, findExam } from '../dates/exam-rows.ts';
import { getExamInReach } from '../dates/manage-exams.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { sendPdf } from '../../../platform/print/send-pdf.ts';
import { ticketCodeOf } from './ticket-code.ts';
import { writeTicket } from './write-ticket.ts';

interface BookingRow {
  readonly id: string;
  readonly person_id: string;
  readonly exam_id: string;
  readonly ticket_number: string;
  readonly seat: number | null;
  readonly name_sealed: Buffer;
  readonly id_number_sealed: Buffer;
}

/** Bookings that stand. @param where about `b` */
async function findBooking(db: Queryable, where: string, values: unknown[]): Promise<BookingRow> {
  const { rows } = await db.query<BookingRow>(
    `select b.id, b.person_id, b.exam_id, b.ticket_number, b.seat, p.name_sealed, p.id_number_sealed
     from exam_booking b join person p on p.bucket = b.bucket and p.id = b.person_id
     where ${where} and b.state <> 'cancelled'`,
    values,
  );
  const [row] = rows;
  if (!row) throw new AppError('exams.booking_not_found');
  return row;
}

/** The ticket of a booking of one's own. */
export async function sendOwnTicket(ctx: OwnContext, examId: string): Promise<FastifyReply> {
  const personId = requireOwnPerson(ctx.actor);
  const booking = await findBooking(ctx.pool, 'b.bucket = $1 and b.person_id = $2 and b.exam_id = $3', [
    bucketOf(personId),
    personId,
    examId,
  ]);
  const exam = await findExam(ctx.pool, examId);
  if (!exam) throw new AppError('exams.not_found');
  return send(ctx, exam, booking, nameOf(ctx.platform.keys, booking));
}

/** The ticket of a candidate, for those who run the exam; the name masked as everywhere else they see it. */
export async function sendTicketOf(ctx: RouteContext<'exams.invigilate'>, bookingId: string): Promise<FastifyReply> {
  const booking = await findBooking(ctx.pool, 'b.bucket = $1 and b.id = $2', [bucketOf(bookingId), bookingId]);
  const exam = await getExamInReach(ctx, 'exams.invigilate', booking.exam_id);
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.ticket-read',
    object: { kind: 'person', id: booking.person_id },
    detail: { examId: exam.id, bookingId },
  });
  return send(ctx, exam, booking, maskName(nameOf(ctx.platform.keys, booking)));
}

const nameOf = (keys: KeyRing, { name_sealed, person_id }: BookingRow): string =>
  name_sealed.length > 0 ? openName(keys, name_sealed, person_id) : '';

async function send(
  { reply, platform: { keys } }: Pick<RouteContext, 'reply' | 'platform'>,
  exam: ExamRow,
  booking: BookingRow,
  name: string,
): Promise<FastifyReply> {
  const { id_number_sealed: sealed, person_id: personId } = booking;
  const ruleSet = getExamRuleSet(exam.rule_set_id);
  const { durationSeconds, totalPoints, passPoints, mostLeaves, identityAtStart, pledge } = examLimitsOf(ruleSet);
  const bytes = await writeTicket({
    examTitle: exam.title_zh,
    ruleName: ruleSet.nameZh,
    organisationName: exam.organisation_name,
    name,
    idNumberMasked: openMaskedIdNumber(keys, sealed, personId),
    number: booking.ticket_number,
    code: ticketCodeOf(keys, booking.id, booking.ticket_number),
    place: { mode: exam.mode, address: exam.address },
    seat: booking.seat,
    opensAt: exam.opens_at,
    closesAt: exam.closes_at,
    minutes: Math.round(durationSeconds / 60),
    totalPoints,
    passPoints,
    mostLeaves,
    identityAtStart,
    pledge,
  });
  return sendPdf(reply, `准考证-${booking.ticket_number}.pdf`, bytes);
}
