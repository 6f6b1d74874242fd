import type { FastifyReply } from 'fastify';
import { AppError } from '../../../../platform/errors.ts';
import type { RouteContext } from '../../../../platform/http/route.ts';
import { sendStored } from '../../../../platform/http/send-stored.ts';
import { requireOrganisation } from '../banks.ts';
import { type BankContext, rowsOf } from '../context.ts';
import { isOurAddress } from './signed-address.ts';
import { type FileRow, fileColumns } from './store-file.ts';

type ServeContext = BankContext & Pick<RouteContext, 'request' | 'reply'>;

/** Files never change: the browser may keep them. */
const CACHE_SECONDS = 24 * 3600;

/** Answers somebody who reads the questions of the organisation. */
export async function serveQuestionFile(ctx: ServeContext, fileId: string): Promise<FastifyReply> {
  const file = await getFile(ctx, fileId);
  requireOrganisation(ctx.actor, 'questions.read', file.organisation_id);
  return sendStored(ctx, file.storage_key, { contentType: file.content_type, cacheSeconds: CACHE_SECONDS });
}

/** Answers the one to whom `questionFileUrl` was given, until its time is over. */
export async function serveShownFile(
  ctx: ServeContext,
  fileId: string,
  { until: untilMs, mac }: { until: number; mac: string },
): Promise<FastifyReply> {
  const { accountId } = ctx.actor;
  const isGood = isOurAddress(ctx.platform.keys, { fileId, accountId, untilMs, mac });
  if (!isGood || ctx.now().getTime() > untilMs) throw new AppError('questions.link_expired');
  const file = await getFile(ctx, fileId);
  return sendStored(ctx, file.storage_key, { contentType: file.content_type, cacheSeconds: CACHE_SECONDS });
}

async function getFile({ pool }: BankContext, fileId: string): Promise<FileRow> {
  const [row] = await rowsOf<FileRow>(pool, `select ${fileColumns} from question_file where id = $1`, [fileId]);
  if (!row) throw new AppError('questions.file_not_found', { fileId });
  return row;
}
