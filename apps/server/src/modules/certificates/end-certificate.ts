import type { CertificateView } from '@antu/contract';
import { z } from 'zod';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import { changeDocument, loadDocument } from '../documents/index.ts';
import { type CertificateRow, findCertificate, lockStanding } from './certificate-rows.ts';
import { getCourseInReach } from './course-in-reach.ts';
import { type IssueContext, type Issued, writeCertificate } from './issue-certificate.ts';

/** What a replacement reads of the basis of the one before; everything else is carried over as it is. */
const oldBasis = z.looseObject({ facts: z.looseObject({ creditedSeconds: z.int() }) });

/** A new certificate in place of one: same course and basis, name and number as they are registered now. */
export async function reissueCertificate(
  ctx: IssueContext,
  certificateId: string,
  { cause, reason }: { cause: 'lost' | 'damaged' | 'correction'; reason: string },
): Promise<Issued> {
  const row = await getOwnIssue(ctx, certificateId);
  const course = await getCourseInReach(ctx, row.course_id);
  return transaction(ctx.pool, async (tx) => {
    await endStanding(tx, row, 'replaced');
    const old = await loadDocument(ctx.platform, tx, { bucket: row.bucket, id: row.document_id });
    if (!old) throw new AppError('certificates.not_found');
    return writeCertificate(tx, ctx, {
      course,
      personId: row.person_id,
      courseVersionId: row.course_version_id,
      ruleSetId: old.ruleSetId,
      basis: { ...oldBasis.parse(old.basis), cause },
      replaces: { bucket: row.bucket, id: row.document_id, reason },
    });
  });
}

/** Takes a certificate back; whoever scans it reads that it was revoked, and since when. */
export async function revokeCertificate(
  ctx: IssueContext,
  certificateId: string,
  reason: string,
): Promise<{ state: CertificateView['state'] }> {
  const row = await getOwnIssue(ctx, certificateId);
  await transaction(ctx.pool, async (tx) => {
    await endStanding(tx, row, 'revoked');
    await changeDocument(tx, ctx, {
      bucket: row.bucket,
      id: row.document_id,
      // 撤销: a training body takes back what should not have been issued; a penalty is the authority's.
      status: 'withdrawn',
      reason,
      at: ctx.now(),
    });
    await recordAudit(tx, ctx, {
      action: 'certificates.revoke',
      object: { kind: 'person', id: row.person_id },
      detail: { certificateId },
    });
  });
  return { state: 'revoked' };
}

async function getOwnIssue(ctx: IssueContext, certificateId: string): Promise<CertificateRow> {
  const row = await findCertificate(ctx.pool, certificateId);
  if (!row) throw new AppError('certificates.not_found');
  await getCourseInReach(ctx, row.course_id);
  return row;
}

async function endStanding(tx: Tx, row: CertificateRow, standing: 'replaced' | 'revoked'): Promise<void> {
  if ((await lockStanding(tx, row)) !== 'in-force') throw new AppError('certificates.not_in_force');
  await tx.query('update training_certificate set standing = $3 where bucket = $1 and document_id = $2', [
    row.bucket,
    row.document_id,
    standing,
  ]);
}
