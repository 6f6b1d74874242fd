import type { BoardRow, getExamBoard } from '@antu/contract';
import { type SittingStateName } from '@antu/domain';
import type { z } from 'zod';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { openMaskedIdNumber, openMaskedName } from '../../people/index.ts';
import { ticketCodeOf } from '../documents/ticket-code.ts';
import { presentExams } from '../dates/exam-rows.ts';
import { getExamInReach } from '../dates/manage-exams.ts';
import { isFirstLook } from './first-look.ts';

type Ctx = RouteContext<'exams.watch'>;
type Board = z.input<(typeof getExamBoard)['answer']>;

interface Row {
  booking_id: string;
  person_id: string;
  ticket_number: string;
  seat: number | null;
  device: BoardRow['device'];
  organisation_name: string | null;
  sitting_id: string | null;
  state: SittingStateName | null;
  answered: number;
  question_count: number | null;
  leaves: number | null;
  alerts: string[] | null;
  last_seen_at: Date | null;
  ends_at: Date | null;
  extra_seconds: number | null;
  name_sealed: Buffer;
  id_number_sealed: Buffer;
}

/** Nothing heard of a running candidate for this long is a sign that something is wrong. */
const SILENT_MS = 120_000;

/** Everybody of an exam, as the invigilator needs to know it. Light enough to be asked for every three seconds. */
export async function readBoard(ctx: Ctx, examId: string): Promise<Board> {
  const exam = await getExamInReach(ctx, 'exams.watch', examId);
  const nowMs = ctx.nowMs();
  const [{ rows }, messages, [view]] = await Promise.all([
    ctx.pool.query<Row>(
      `select b.id as booking_id, b.person_id, b.ticket_number, b.seat, o.name as organisation_name, s.id as sitting_id, s.state, s.device,
         coalesce(a.answered, 0)::int as answered, p.question_count, s.leaves, s.alerts, greatest(s.last_seen_at, a.saved_at) as last_seen_at,
         s.ends_at, s.extra_seconds, person.name_sealed, person.id_number_sealed
       from exam_booking b join person on person.bucket = b.bucket and person.id = b.person_id
         left join exam_sitting s on s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id
         left join exam_paper p on p.bucket = s.bucket and p.sitting_id = s.id
         left join organisation o on o.id = b.organisation_id
         left join lateral (
           select count(distinct one ->> 'item') as answered, max(v.received_at) as saved_at
           from exam_save v cross join jsonb_array_elements(v.answers::jsonb) as one
           where v.bucket = s.bucket and v.sitting_id = s.id and v.counts and s.state = 'running'
         ) a on true
       where b.exam_id = $1 and b.state <> 'cancelled' order by b.ticket_number`,
      [examId],
    ),
    ctx.pool.query<{ sent_at: Date; text: string }>(
      'select sent_at, text from exam_message where exam_id = $1 order by id desc limit 20',
      [examId],
    ),
    presentExams(ctx.pool, [exam]),
  ]);
  if (!view) throw new RangeError(`no exam ${examId}`);
  const shown = rows.map((row) => presentRow(ctx.platform, row, nowMs));
  if (isFirstLook(ctx, `exams.board ${examId}`))
    await recordAudit(ctx.pool, ctx, {
      action: 'exams.board',
      object: { kind: 'exam', id: examId },
      detail: { shown: shown.length },
    });
  const count = (...states: BoardRow['state'][]): number => shown.filter(({ state }) => states.includes(state)).length;
  return {
    now: new Date(nowMs).toISOString(),
    exam: view,
    counts: {
      booked: shown.length,
      running: count('running'),
      submitted: count('submitted', 'timed-out'),
      marked: count('marked'),
      voided: count('voided'),
      absent: count('absent', 'frozen'),
    },
    rows: shown,
    messages: messages.rows.map(({ sent_at, text }) => ({ at: sent_at.toISOString(), text })),
  };
}

function presentRow({ keys }: Ctx['platform'], row: Row, nowMs: number): BoardRow {
  const isSilent =
    row.state === 'running' && row.last_seen_at !== null && nowMs - row.last_seen_at.getTime() > SILENT_MS;
  return {
    bookingId: row.booking_id,
    sittingId: row.sitting_id,
    personId: row.person_id,
    nameMasked: openMaskedName(keys, row.name_sealed, row.person_id),
    idNumberMasked: openMaskedIdNumber(keys, row.id_number_sealed, row.person_id),
    ticketNumber: row.ticket_number,
    ticketCode: ticketCodeOf(keys, row.booking_id, row.ticket_number),
    organisationName: row.organisation_name,
    state: row.state ?? 'absent',
    answered: row.answered,
    questions: row.question_count ?? 0,
    leaves: row.leaves ?? 0,
    alerts: [...((row.alerts ?? []) as BoardRow['alerts']), ...(isSilent ? ['silent' as const] : [])],
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    endsAt: row.ends_at?.toISOString() ?? null,
    extraSeconds: row.extra_seconds ?? 0,
    device: row.device,
    seat: row.seat === null ? null : String(row.seat),
  };
}
