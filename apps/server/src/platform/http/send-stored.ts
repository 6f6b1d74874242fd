import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { AppError } from '../errors.ts';
import type { ByteRange } from '../storage/storage.ts';
import { holdBackEnd } from './hold-back.ts';
import type { RouteContext } from './route.ts';

export type SendOptions = {
  contentType: string;
  /** How long the signed-in browser may keep it; 0: ask each time. */
  cacheSeconds?: number;
  /** Offers the file for saving under this name. */
  downloadName?: string;
  /** False: send it even to a browser that says it has it. */
  mayRevalidate?: boolean;
  /**
   * Called with what is being sent when all but its last bytes have left; those wait for it. Never for a HEAD, an answer
   * without a body, or when the other side has gone. An error breaks the answer off.
   */
  beforeEnd?: (sent: ByteRange & { sizeBytes: number }) => Promise<void>;
};

/** Answers with a stored file, whole or the one range asked for. For routes with `answer: 'raw'`. */
export async function sendStored(
  { platform, request, reply }: Pick<RouteContext, 'platform' | 'request' | 'reply'>,
  key: string,
  { contentType, cacheSeconds = 0, downloadName, mayRevalidate = true, beforeEnd }: SendOptions,
): Promise<FastifyReply> {
  const info = await platform.storage.stat(key);
  if (!info) throw new AppError('platform.not_found');
  const etag = `"${info.sizeBytes.toString(36)}-${info.changedAt.getTime().toString(36)}"`;
  reply.headers({
    'content-type': contentType,
    'accept-ranges': 'bytes',
    'cache-control': cacheSeconds > 0 ? `private, max-age=${cacheSeconds}` : 'private, no-cache',
    etag,
  });
  if (downloadName) {
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(downloadName)}`);
  }
  if (mayRevalidate && request.headers['if-none-match'] === etag) return reply.code(304).send();
  const { sizeBytes } = info;
  const range = parseRange(request.headers.range, sizeBytes);
  const sent = range ?? { startByte: 0, endByte: sizeBytes - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${range.startByte}-${range.endByte}/${sizeBytes}`);
  reply.header('content-length', sent.endByte - sent.startByte + 1);
  // The framework would read the body of a HEAD to its end and throw it away.
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  const file = await platform.storage.get(key, range);
  if (!file) throw new AppError('platform.not_found');
  return reply.send(beforeEnd ? holdBackEnd(file.stream, () => beforeEnd({ ...sent, sizeBytes })) : file.stream);
}

/**
 * One range of RFC 9110 section 14. Undefined: send everything (none asked, several asked, or not understood).
 * Throws if it lies beyond the file.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!parts || (parts[1] === '' && parts[2] === '')) return undefined;
  const startByte = parts[1] === '' ? Math.max(0, sizeBytes - Number(parts[2])) : Number(parts[1]);
  const endByte = parts[1] === '' || parts[2] === '' ? sizeBytes - 1 : Math.min(Number(parts[2]), sizeBytes - 1);
  if (startByte >= sizeBytes || startByte > endByte)
    throw new AppError('platform.range_not_satisfiable', { sizeBytes });
  return { startByte, endByte };
}
