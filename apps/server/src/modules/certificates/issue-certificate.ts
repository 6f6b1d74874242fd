import {
  bucketOf,
  certificateLimitsOf,
  chinaDateAt,
  findCertificateRuleSet,
  findStudyRuleSet,
  type SchemeCode,
  studyHoursOf,
  unmetForCertificate,
} from '@antu/domain';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { issueDocument, type PrintedField } from '../documents/index.ts';
import { findPersonName } from '../people/index.ts';
import { type CourseOfCertificates, getCourseInReach } from './course-in-reach.ts';
import { readBasis, readCourseLearners } from './course-facts.ts';
import { TRAINING_CERTIFICATE } from './print-certificate.ts';

export type IssueContext = RouteContext<'certificates.issue'>;
export interface Issued {
  readonly certificateId: string;
  readonly number: string;
  readonly code: string;
}
/** Code of the number series of training certificates. */
const SERIES = 'PX';

/** Issues the certificate of a course to one learner, or says everything that stands against it. */
export async function issueCertificate(ctx: IssueContext, courseId: string, personId: string): Promise<Issued> {
  const course = await getCourseInReach(ctx, courseId);
  const ruleSet = findCertificateRuleSet(course.scheme, course.region_code, chinaDateAt(ctx.nowMs()));
  if (!ruleSet) throw new AppError('certificates.no_rules');
  return transaction(ctx.pool, async (tx) => {
    // Two at once must not both find that there is none.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 20))', [`${courseId}/${personId}`]);
    const [learner] = await readCourseLearners(tx, courseId, { personId, limit: 1 });
    if (!learner) throw new AppError('certificates.not_assigned');
    const limits = certificateLimitsOf(ruleSet);
    const unmet = unmetForCertificate(limits, learner.facts);
    if (unmet.length > 0)
      throw new AppError('certificates.unmet', {
        summary: unmet.map(({ zh }) => zh).join('；'),
        summaryEn: unmet.map(({ en }) => en).join('; '),
        unmet,
      });
    const { courseVersionId, facts } = learner;
    const rests = await readBasis(tx, { bucket: bucketOf(personId), personId, courseId, courseVersionId });
    const basis = { courseId, courseVersionId, limits, facts, ...rests };
    return writeCertificate(tx, ctx, { course, personId, courseVersionId, ruleSetId: ruleSet.id, basis });
  });
}

export interface CertificateToWrite {
  readonly course: CourseOfCertificates;
  readonly personId: string;
  readonly courseVersionId: string;
  readonly ruleSetId: string;
  readonly basis: { readonly facts: { readonly creditedSeconds: number }; readonly [name: string]: unknown };
  readonly replaces?: { readonly bucket: number; readonly id: string; readonly reason: string };
}

/** Issues the document, and the row that says which course it stands for. */
export async function writeCertificate(tx: Tx, ctx: IssueContext, wanted: CertificateToWrite): Promise<Issued> {
  const { course, personId, courseVersionId, ruleSetId, basis, replaces } = wanted;
  const now = ctx.now();
  const printed = await fieldsOf(tx, ctx, wanted);
  const { bucket, id, number, code } = await issueDocument(tx, ctx, {
    kind: TRAINING_CERTIFICATE,
    personId,
    issuerId: course.organisation_id,
    series: { code: SERIES },
    fields: (given) => [{ key: 'number', label: '证书编号', value: given, show: 'public' }, ...printed],
    basis,
    ruleSetId,
    issuedAt: now,
    validFrom: now,
    validUntil: null,
    replaces,
  });
  await tx.query(
    `insert into training_certificate (bucket, document_id, person_id, course_id, course_version_id, organisation_id, standing, issued_at)
     values ($1, $2, $3, $4, $5, $6, 'in-force', $7)`,
    [bucket, id, personId, course.id, courseVersionId, course.organisation_id, now],
  );
  await recordAudit(tx, ctx, {
    action: replaces ? 'certificates.replace' : 'certificates.issue',
    object: { kind: 'person', id: personId },
    detail: { certificateId: id, courseId: course.id, number, replaces: replaces?.id ?? null },
  });
  return { certificateId: id, number, code };
}

async function fieldsOf(
  tx: Tx,
  ctx: IssueContext,
  { course, personId, basis }: CertificateToWrite,
): Promise<PrintedField[]> {
  const person = await findPersonName(tx, ctx.platform.keys, personId);
  if (!person) throw new AppError('people.not_found');
  const today = chinaDateAt(ctx.nowMs());
  const { limits } = findStudyRuleSet(course.scheme as SchemeCode, course.region_code, today);
  const hours = studyHoursOf(basis.facts.creditedSeconds, limits.studyHourSeconds.value);
  const plain = (key: string, label: string, value: string): PrintedField => ({ key, label, value, show: 'public' });
  return [
    { key: 'name', label: '姓名', value: person.name, show: 'masked', maskedValue: person.nameMasked },
    { key: 'idNumber', label: '证件号', value: person.idNumber, show: 'masked', maskedValue: person.idNumberMasked },
    plain('course', '培训课程', course.title_zh),
    plain('hours', '学时', hours.toFixed(1)),
    plain('issuer', '培训机构', course.organisation_name),
    plain('issuedOn', '出具日期', today),
  ];
}
