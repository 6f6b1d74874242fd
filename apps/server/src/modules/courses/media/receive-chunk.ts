import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { errorMessage, UPLOAD_CHUNK_BYTES, type UploadView } from '@antu/contract';
import { CONTAINER_HEAD_BYTES, detectVideoContainer } from '@antu/domain';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { addJob } from '../../../platform/jobs.ts';
import { recordAudit } from '../../audit/index.ts';
import type { CourseContext } from '../context.ts';
import { requireOrganisation } from '../policy.ts';
import { UPLOAD_LIFE_MS } from './create-upload.ts';
import { isDiskFull } from './media-problem.ts';
import { originalKey } from './media-queries.ts';
import { storedPath } from './stored-path.ts';
import { transcodeKey, transcodeVideo } from './transcode-job.ts';
import { findUpload, lockUpload, presentUpload, type UploadRow } from './upload-queries.ts';

/** Twice what our own pages send, so that another client may choose its own size. */
export const MOST_CHUNK_BYTES = 2 * UPLOAD_CHUNK_BYTES;

/**
 * Takes the next bytes of an upload. They are read before the row is locked, then written at their offset and only then is
 * the offset moved: a crash in between leaves the old offset, and the same bytes land in the same place again.
 * What arrived before a connection broke is kept.
 */
export async function receiveChunk(
  ctx: CourseContext,
  uploadId: string,
  offsetBytes: number,
  body: unknown,
): Promise<UploadView> {
  const before = await findUpload(ctx.pool, uploadId);
  if (!before) throw new AppError('courses.upload_not_found', { uploadId });
  requireOrganisation(ctx.actor, 'media.upload', before.organisation_id);
  checkOffset(before, offsetBytes, ctx.now());
  if (!(body instanceof Readable)) throw new AppError('courses.upload_header');
  const bytes = await readChunk(body, Math.min(MOST_CHUNK_BYTES, before.size_bytes - offsetBytes));
  const row = await transaction(ctx.pool, async (tx) => {
    const upload = await lockUpload(tx, uploadId);
    if (!upload) throw new AppError('courses.upload_not_found', { uploadId });
    checkOffset(upload, offsetBytes, ctx.now());
    if (bytes.length === 0) return upload;
    return writeChunk(tx, ctx, upload, bytes);
  });
  if (row.state === 'refused') {
    await rm(storedPath(ctx.platform.storage, originalKey(uploadId)), { force: true });
    throw new AppError('courses.not_a_video');
  }
  return presentUpload(row);
}

function checkOffset(upload: UploadRow, offsetBytes: number, now: Date): void {
  if (upload.state !== 'receiving' || upload.expires_at <= now) {
    throw new AppError('courses.upload_closed', { state: upload.state });
  }
  if (upload.offset_bytes !== offsetBytes) {
    throw new AppError('courses.upload_offset', { offsetBytes: upload.offset_bytes });
  }
}

async function readChunk(body: Readable, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of body) {
      const bytes = Buffer.from(part);
      size += bytes.length;
      if (size > mostBytes) throw new AppError('courses.chunk_too_big', { mostBytes });
      parts.push(bytes);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The connection broke: what came is in order and stays, so that a bad line still moves on.
  }
  return Buffer.concat(parts);
}

async function writeChunk(tx: Tx, ctx: CourseContext, upload: UploadRow, bytes: Buffer): Promise<UploadRow> {
  const path = storedPath(ctx.platform.storage, originalKey(upload.id));
  const offsetBytes = upload.offset_bytes + bytes.length;
  const head = await writeAt(path, upload.offset_bytes, bytes);
  const headIsKnown = offsetBytes >= Math.min(CONTAINER_HEAD_BYTES, upload.size_bytes);
  if (headIsKnown && upload.offset_bytes < CONTAINER_HEAD_BYTES && detectVideoContainer(head) === null) {
    return refuse(tx, ctx, upload);
  }
  if (offsetBytes === upload.size_bytes) return finish(tx, ctx, upload);
  const expiresAt = new Date(ctx.now().getTime() + UPLOAD_LIFE_MS);
  await tx.query('update upload set offset_bytes = $2, expires_at = $3 where id = $1', [
    upload.id,
    offsetBytes,
    expiresAt,
  ]);
  return { ...upload, offset_bytes: offsetBytes };
}

/** Writes through to the disk. @returns the first bytes of the file */
async function writeAt(path: string, offsetBytes: number, bytes: Buffer): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    await mkdir(dirname(path), { recursive: true });
    file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o640);
    await file.write(bytes, 0, bytes.length, offsetBytes);
    // Bytes beyond the offset can only be left over from a crash.
    await file.truncate(offsetBytes + bytes.length);
    await file.datasync();
    const head = Buffer.alloc(CONTAINER_HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } catch (error) {
    if (isDiskFull(error)) throw new AppError('courses.disk_full', {}, { cause: error });
    throw error;
  } finally {
    await file?.close();
  }
}

async function refuse(tx: Tx, ctx: CourseContext, upload: UploadRow): Promise<UploadRow> {
  const failure = errorMessage('courses.not_a_video');
  await tx.query(`update upload set state = 'refused', failure = $2 where id = $1`, [upload.id, failure]);
  await recordAudit(tx, ctx, {
    action: 'media.refuse-upload',
    object: { kind: 'upload', id: upload.id },
    outcome: 'failed',
    detail: { fileName: upload.file_name },
  });
  return { ...upload, state: 'refused', failure };
}

/** The last byte is there: the media and the job that makes it playable come to be together. */
async function finish(tx: Tx, ctx: CourseContext, upload: UploadRow): Promise<UploadRow> {
  const now = ctx.now();
  const mediaId = uuidv7(now.getTime());
  await tx.query(
    `insert into media_asset (id, organisation_id, state, progress_at, file_name, original_key, original_bytes, created_by,
       created_at) values ($1, $2, 'processing', $3, $4, $5, $6, $7, $3)`,
    [
      mediaId,
      upload.organisation_id,
      now,
      upload.file_name,
      originalKey(upload.id),
      upload.size_bytes,
      ctx.actor.accountId,
    ],
  );
  await tx.query(`update upload set state = 'received', offset_bytes = size_bytes, media_id = $2 where id = $1`, [
    upload.id,
    mediaId,
  ]);
  await addJob(tx, transcodeVideo, { mediaId }, { jobKey: transcodeKey(mediaId) });
  await recordAudit(tx, ctx, {
    action: 'media.finish-upload',
    object: { kind: 'media', id: mediaId },
    detail: { uploadId: upload.id, fileName: upload.file_name, sizeBytes: upload.size_bytes },
  });
  return { ...upload, state: 'received', offset_bytes: upload.size_bytes, media_id: mediaId };
}
