import { bucketOf, examLimitsOf, getExamRuleSet, maskName } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { openMaskedIdNumber, openName } from '../../people/index.ts';
import { getExamInReach } from '../dates/manage-exams.ts';
import { findResult } from '../marking/result-rows.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { sendPdf } from '../../../platform/print/send-pdf.ts';
import { certificateNumberOf } from './certificate-number.ts';
import { writeCertificate } from './write-certificate.ts';

interface SatRow {
  readonly id: string;
  readonly person_id: string;
  readonly exam_id: string;
  readonly title_zh: string;
  readonly rule_set_id: string;
  readonly ended_at: Date;
  readonly ticket_number: string | null;
  readonly organisation_name: string;
  readonly name_sealed: Buffer;
  readonly id_number_sealed: Buffer;
}

/** A formal sitting that was marked; one that was not, or is void, proves nothing. */
async function findMarked(db: Queryable, sittingId: string): Promise<SatRow> {
  const { rows } = await db.query<SatRow>(
    `select s.id, s.person_id, s.exam_id, s.title_zh, s.rule_set_id, s.ended_at, b.ticket_number, o.name as organisation_name,
       p.name_sealed, p.id_number_sealed
     from exam_sitting s join exam e on e.id = s.exam_id join organisation o on o.id = e.organisation_id
       join person p on p.bucket = s.bucket and p.id = s.person_id
       left join exam_booking b on b.bucket = s.bucket and b.person_id = s.person_id and b.exam_id = s.exam_id and b.state <> 'cancelled'
     where s.bucket = $1 and s.id = $2 and s.state = 'marked'`,
    [bucketOf(sittingId), sittingId],
  );
  const [row] = rows;
  if (!row) throw new AppError('exams.sitting_not_found');
  return row;
}

/** The printed result of a sitting of one's own. */
export async function sendOwnCertificate(ctx: OwnContext, sittingId: string): Promise<FastifyReply> {
  const sat = await findMarked(ctx.pool, sittingId);
  if (sat.person_id !== requireOwnPerson(ctx.actor)) throw new AppError('exams.sitting_not_found');
  return send(ctx, sat, nameOf(ctx.platform.keys, sat));
}

/** The printed result of a candidate, for those who run the exam; the name masked as everywhere else they see it. */
export async function sendCertificateOf(
  ctx: RouteContext<'exams.invigilate'>,
  sittingId: string,
): Promise<FastifyReply> {
  const sat = await findMarked(ctx.pool, sittingId);
  await getExamInReach(ctx, 'exams.invigilate', sat.exam_id);
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.certificate-read',
    object: { kind: 'person', id: sat.person_id },
    detail: { examId: sat.exam_id, sittingId },
  });
  return send(ctx, sat, maskName(nameOf(ctx.platform.keys, sat)));
}

const nameOf = (keys: KeyRing, { name_sealed, person_id }: SatRow): string =>
  name_sealed.length > 0 ? openName(keys, name_sealed, person_id) : '';

async function send(
  { reply, pool, platform: { keys } }: Pick<RouteContext, 'reply' | 'pool' | 'platform'>,
  sat: SatRow,
  name: string,
): Promise<FastifyReply> {
  const result = await findResult(pool, sat.id);
  if (!result) throw new AppError('exams.sitting_not_found');
  const ruleSet = getExamRuleSet(sat.rule_set_id);
  const number = certificateNumberOf(result);
  const bytes = await writeCertificate({
    number,
    examTitle: sat.title_zh,
    ruleName: ruleSet.nameZh,
    organisationName: sat.organisation_name,
    name,
    idNumberMasked: openMaskedIdNumber(keys, sat.id_number_sealed, sat.person_id),
    ticketNumber: sat.ticket_number ?? '',
    satAt: sat.ended_at,
    points: result.centipoints / 100,
    totalPoints: examLimitsOf(ruleSet).totalPoints,
    passPoints: result.passCentipoints / 100,
    passed: result.passed,
    version: result.version,
    decidedAt: new Date(result.decidedAtMs),
  });
  return sendPdf(reply, `成绩证明-${number}.pdf`, bytes);
}
