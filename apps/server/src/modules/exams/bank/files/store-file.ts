import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { QUESTION_PICTURE_MIB, QUESTION_VIDEO_MIB, questionFilePath, type QuestionFileView } from '@antu/contract';
import { transaction } from '../../../../platform/database/pool.ts';
import { AppError } from '../../../../platform/errors.ts';
import { uuidv7 } from '../../../../platform/ids.ts';
import { recordAudit } from '../../../audit/index.ts';
import { requireOrganisation } from '../banks.ts';
import { type BankContext, rowsOf } from '../context.ts';
import { keepable, sniffKind } from './sniff-file.ts';

const MIB = 1024 * 1024;
export const MOST_FILE_BYTES = QUESTION_VIDEO_MIB * MIB;

export interface FileRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly kind: 'picture' | 'video';
  readonly content_type: string;
  readonly storage_key: string;
  readonly size_bytes: number;
}

export const fileColumns = 'id, organisation_id, kind, content_type, storage_key, size_bytes';

const tooBig = () =>
  new AppError('questions.file_too_big', { pictureMib: QUESTION_PICTURE_MIB, videoMib: QUESTION_VIDEO_MIB });

/** Takes the body of an upload. */
export async function receiveQuestionFile(
  ctx: BankContext,
  organisationId: string,
  body: unknown,
): Promise<QuestionFileView> {
  requireOrganisation(ctx.actor, 'questions.write', organisationId);
  if (!(body instanceof Readable)) throw new AppError('questions.file_empty');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_FILE_BYTES) throw tooBig();
    parts.push(bytes);
  }
  return storeQuestionFile(ctx, organisationId, Buffer.concat(parts));
}

/**
 * Keeps a picture or short video for the questions of an organisation; the same bytes a second time are the same file.
 * Pictures are drawn anew without what a camera wrote into them. Errors: `questions.file_unknown`, `…_broken`, `…_too_big`, `…_empty`
 */
export async function storeQuestionFile(
  ctx: BankContext,
  organisationId: string,
  bytes: Buffer,
): Promise<QuestionFileView> {
  requireOrganisation(ctx.actor, 'questions.write', organisationId);
  if (bytes.length === 0) throw new AppError('questions.file_empty');
  const sha256 = createHash('sha256').update(bytes).digest();
  const known = await findByHash(ctx, organisationId, sha256);
  if (known) return presentFile(known);
  const limitMib = sniffKind(bytes)?.kind === 'video' ? QUESTION_VIDEO_MIB : QUESTION_PICTURE_MIB;
  if (bytes.length > limitMib * MIB) throw tooBig();
  const kept = await keepable(bytes);
  const id = uuidv7(ctx.now().getTime());
  const storageKey = `question-files/${organisationId}/${id}`;
  await ctx.platform.storage.put(storageKey, kept.bytes);
  await transaction(ctx.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into question_file (id, organisation_id, kind, content_type, storage_key, sha256, size_bytes, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (organisation_id, sha256) do nothing`,
      [
        id,
        organisationId,
        kept.kind,
        kept.contentType,
        storageKey,
        sha256,
        kept.bytes.length,
        ctx.actor.accountId,
        ctx.now(),
      ],
    );
    // Somebody else brought the same bytes meanwhile: theirs is kept.
    if (rowCount === 0) return;
    await recordAudit(tx, ctx, {
      action: 'questions.add-file',
      object: { kind: 'question-file', id },
      detail: { organisationId, kind: kept.kind, contentType: kept.contentType, sizeBytes: kept.bytes.length },
    });
  });
  const stored = await findByHash(ctx, organisationId, sha256);
  if (!stored) throw new AppError('questions.file_not_found', { fileId: id });
  if (stored.id !== id) await ctx.platform.storage.delete(storageKey);
  return presentFile(stored);
}

async function findByHash({ pool }: BankContext, organisationId: string, sha256: Buffer): Promise<FileRow | undefined> {
  const [row] = await rowsOf<FileRow>(
    pool,
    `select ${fileColumns} from question_file where organisation_id = $1 and sha256 = $2`,
    [organisationId, sha256],
  );
  return row;
}

const presentFile = ({ id, kind, content_type, size_bytes }: FileRow): QuestionFileView => ({
  id,
  kind,
  contentType: content_type,
  sizeBytes: size_bytes,
  url: questionFilePath(id),
});
