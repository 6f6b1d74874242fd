import { Readable } from 'node:stream';
import { IMPORT_FILE_MIB, type QuestionImportView } from '@antu/contract';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { addJob } from '../../../platform/jobs.ts';
import { recordAudit } from '../../audit/index.ts';
import { getBank } from '../bank/banks.ts';
import { type BankContext, rowsOf } from '../bank/context.ts';
import { CHECK_QUEUE, checkImport } from './check-import.ts';
import { listImportTopics } from './check-context.ts';
import { viewImport } from './import-rows.ts';

export const MOST_IMPORT_BYTES = IMPORT_FILE_MIB * 1024 * 1024;
/** Files on which nobody decided, of one bank. */
const MOST_OPEN = 10;

/** Takes a file to storage as it comes, never the whole of it in memory, and has it checked. */
export async function uploadImport(
  ctx: BankContext,
  bankId: string,
  { fileName, topicId }: { fileName: string; topicId?: string | undefined },
  body: unknown,
): Promise<QuestionImportView> {
  const bank = await getBank(ctx.pool, ctx.actor, 'questions.write', bankId);
  if (topicId !== undefined) {
    const topics = await listImportTopics(ctx.pool, bank.scheme);
    if (!topics.some(({ id }) => id === topicId)) throw new AppError('questions.topic_foreign');
  }
  const [open] = await rowsOf<{ count: number }>(
    ctx.pool,
    `select count(*)::int as count from question_import where bank_id = $1 and state in ('checking', 'checked')`,
    [bankId],
  );
  if ((open?.count ?? 0) >= MOST_OPEN) throw new AppError('imports.too_many_open', { most: MOST_OPEN });
  if (!(body instanceof Readable)) throw new AppError('imports.empty');
  const importId = uuidv7(ctx.now().getTime());
  const storageKey = `question-imports/${importId}`;
  const { storage } = ctx.platform;
  const sizeBytes = await storage.put(storageKey, Readable.from(bounded(body)));
  try {
    if (sizeBytes === 0) throw new AppError('imports.empty');
    await transaction(ctx.pool, async (tx) => {
      await tx.query(
        `insert into question_import (id, bank_id, file_name, size_bytes, state, default_topic_id, storage_key, created_by, created_at)
         values ($1, $2, $3, $4, 'checking', $5, $6, $7, $8)`,
        [importId, bankId, fileName, sizeBytes, topicId ?? null, storageKey, ctx.actor.accountId, ctx.now()],
      );
      await addJob(tx, checkImport, { importId }, { queueName: CHECK_QUEUE, maxAttempts: 5 });
      await recordAudit(tx, ctx, {
        action: 'questions.upload-import',
        object: { kind: 'question-import', id: importId },
        detail: { bankId, fileName, sizeBytes },
      });
    });
  } catch (error) {
    await storage.delete(storageKey);
    throw error;
  }
  return viewImport(ctx, importId);
}

async function* bounded(body: Readable): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const part of body) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_IMPORT_BYTES) throw new AppError('imports.too_big', { most: IMPORT_FILE_MIB });
    yield bytes;
  }
}
