import { mkdir, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { createUpload as endpoint, UploadView } from '@antu/contract';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { type CourseContext, rowsOf } from '../context.ts';
import { requireOrganisation } from '../policy.ts';
import { originalKey } from './media-queries.ts';
import { storedPath } from './stored-path.ts';
import { findUpload, presentUpload } from './upload-queries.ts';

/** An upload nobody goes on with is thrown away after this time. */
export const UPLOAD_LIFE_MS = 24 * 3_600_000;
const MOST_OPEN_UPLOADS = 20;
const MIB = 1024 * 1024;

export type NewUpload = z.output<(typeof endpoint)['body']>;

/** Starts a resumable upload. Says before the first byte if the file is too big or the disk too small. */
export async function createUpload(ctx: CourseContext, input: NewUpload): Promise<UploadView> {
  requireOrganisation(ctx.actor, 'media.upload', input.organisationId);
  const limitMib = ctx.platform.settings.maxUploadMib;
  if (input.sizeBytes > limitMib * MIB) throw new AppError('courses.upload_too_big', { limitMib });
  const now = ctx.now();
  const uploadId = uuidv7(now.getTime());
  await checkFreeDisk(storedPath(ctx.platform.storage, originalKey(uploadId)), input.sizeBytes);
  await transaction(ctx.pool, async (tx) => {
    const [open] = await rowsOf<{ count: number }>(
      tx,
      `select count(*)::int as count from upload where account_id = $1 and state = 'receiving' and expires_at > $2`,
      [ctx.actor.accountId, now],
    );
    if ((open?.count ?? 0) >= MOST_OPEN_UPLOADS) throw new AppError('courses.too_many_uploads');
    await tx.query(
      `insert into upload (id, organisation_id, account_id, file_name, content_type, size_bytes, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        uploadId,
        input.organisationId,
        ctx.actor.accountId,
        input.fileName,
        input.contentType,
        input.sizeBytes,
        now,
        new Date(now.getTime() + UPLOAD_LIFE_MS),
      ],
    );
    await recordAudit(tx, ctx, {
      action: 'media.start-upload',
      object: { kind: 'upload', id: uploadId },
      detail: { organisationId: input.organisationId, fileName: input.fileName, sizeBytes: input.sizeBytes },
    });
  });
  return getUpload(ctx, uploadId);
}

/** The upload as it stands, for everybody who may upload in its organisation: a colleague can finish it. */
export async function getUpload(ctx: CourseContext, uploadId: string): Promise<UploadView> {
  const row = await findUpload(ctx.pool, uploadId);
  if (!row) throw new AppError('courses.upload_not_found', { uploadId });
  requireOrganisation(ctx.actor, 'media.upload', row.organisation_id);
  return presentUpload(row);
}

/** The original and what is made from it need about twice its size. */
async function checkFreeDisk(path: string, sizeBytes: number): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < sizeBytes * 2) throw new AppError('courses.disk_full');
}
