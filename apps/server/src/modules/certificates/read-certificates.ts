import type { CertificateCandidate, CertificateDetail, CertificateView, OwnCertificate } from '@antu/contract';
import { bucketOf, certificateLimitsOf, chinaDateAt, findCertificateRuleSet, unmetForCertificate } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { sendPdf } from '../../platform/print/send-pdf.ts';
import { recordAudit } from '../audit/index.ts';
import { documentPdf, verifyUrlOf } from '../documents/index.ts';
import { findPersonNames, getReachablePerson, personInReach, requireOwnPerson, scopeOf } from '../people/index.ts';
import { findCertificate, presentCertificates, selectCertificates } from './certificate-rows.ts';
import { readCourseLearners } from './course-facts.ts';
import { getCourseInReach } from './course-in-reach.ts';
import type { IssueContext } from './issue-certificate.ts';

const PAGE = 30;
type ReadContext = RouteContext<'certificates.read'>;
type Page<Item> = { items: Item[]; nextCursor: string | null };

function withoutDocument<View extends { readonly document: unknown }>(one: View): Omit<View, 'document'> {
  const { document: _, ...view } = one;
  return view;
}

/** Certificates of people within reach, newest first; looking leaves one row. */
export async function listCertificates(ctx: ReadContext, cursor: string | undefined): Promise<Page<CertificateView>> {
  const within = personInReach(scopeOf(ctx.actor, 'certificates.read'), 'p', 2, ctx.actor.personId);
  const rows = await selectCertificates(
    ctx.pool,
    `($1::uuid is null or t.document_id < $1) and ${within.sql}`,
    [cursor ?? null, ...within.values],
    `order by t.document_id desc limit ${PAGE + 1}`,
  );
  const shown = rows.slice(0, PAGE);
  await recordAudit(ctx.pool, ctx, {
    action: 'certificates.list',
    object: { kind: 'certificate', id: null },
    detail: { shown: shown.length },
  });
  return {
    items: (await presentCertificates(ctx.platform, shown)).map(withoutDocument),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.document_id ?? null) : null,
  };
}

/** One certificate with what was decided about it. */
export async function readCertificate(ctx: ReadContext, id: string): Promise<CertificateDetail> {
  const row = await findCertificate(ctx.pool, id);
  if (!row) throw new AppError('certificates.not_found');
  await getReachablePerson(ctx.pool, ctx.actor, 'certificates.read', row.person_id);
  const [view] = await presentCertificates(ctx.platform, [row]);
  if (!view) throw new AppError('certificates.not_found');
  await recordAudit(ctx.pool, ctx, {
    action: 'certificates.read',
    object: { kind: 'person', id: row.person_id },
    detail: { certificateId: id },
  });
  const { document } = view;
  return {
    ...withoutDocument(view),
    ruleSetId: document.ruleSetId,
    replacesId: document.replacesId,
    replacedById: document.replacedBy?.id ?? null,
    events: document.events.map(({ status, reason, at }) => ({ status, reason, at: at.toISOString() })),
  };
}

/** Learners of a course with everything that stands against a certificate. */
export async function listCandidates(
  ctx: IssueContext,
  courseId: string,
  cursor: string | undefined,
): Promise<Page<CertificateCandidate>> {
  const course = await getCourseInReach(ctx, courseId);
  const rules = findCertificateRuleSet(course.scheme, course.region_code, chinaDateAt(ctx.nowMs()));
  if (!rules) throw new AppError('certificates.no_rules');
  const limits = certificateLimitsOf(rules);
  const learners = await readCourseLearners(ctx.pool, courseId, { after: cursor ?? null, limit: PAGE + 1 });
  const shown = learners.slice(0, PAGE);
  const names = await findPersonNames(
    ctx.pool,
    ctx.platform.keys,
    shown.map(({ personId }) => personId),
  );
  await recordAudit(ctx.pool, ctx, {
    action: 'certificates.candidates-list',
    object: { kind: 'course', id: courseId },
    detail: { shown: shown.length },
  });
  return {
    items: shown.map(({ personId, facts }) => ({
      personId,
      nameMasked: names.get(personId)?.nameMasked ?? '',
      idNumberMasked: names.get(personId)?.idNumberMasked ?? '',
      unmet: unmetForCertificate(limits, facts),
    })),
    nextCursor: learners.length > PAGE ? (shown.at(-1)?.personId ?? null) : null,
  };
}

/** The caller's own certificates, newest first. */
export async function listOwnCertificates(ctx: RouteContext<'certificates.own'>): Promise<{ items: OwnCertificate[] }> {
  const personId = requireOwnPerson(ctx.actor);
  const rows = await selectCertificates(
    ctx.pool,
    't.bucket = $1 and t.person_id = $2',
    [bucketOf(personId), personId],
    'order by t.document_id desc',
  );
  const views = await presentCertificates(ctx.platform, rows);
  return {
    items: views.map((view) => ({ ...withoutDocument(view), verifyUrl: verifyUrlOf(ctx.platform, view.code) })),
  };
}

/** The paper of a certificate of one's own. */
export async function sendOwnCertificate(ctx: RouteContext<'certificates.own'>, id: string): Promise<FastifyReply> {
  const row = await findCertificate(ctx.pool, id);
  if (row?.person_id !== requireOwnPerson(ctx.actor)) throw new AppError('certificates.not_found');
  const pdf = await documentPdf(ctx.platform, { bucket: row.bucket, id });
  if (!pdf) throw new AppError('certificates.not_found');
  if (pdf.state === 'being-recorded') throw new AppError('certificates.being_recorded');
  return sendPdf(ctx.reply, '培训证明.pdf', pdf.bytes);
}
