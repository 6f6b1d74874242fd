import { consistencyPath, toBase64 } from '@antu/proof';
import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import { type RouteContext, route } from '../../platform/http/route.ts';
import { findLatestCheckpoint } from './checkpoints.ts';
import { hashOf } from './hash.ts';
import { parseTileName, TILE_WIDTH, widthWithin } from './tile-names.ts';
import { readLogFile, TileReader } from './tile-reader.ts';

/** The log as everybody may read it (C2SP tlog-tiles). Nothing beyond the last checkpoint is shown, so a tile never changes. */
export function registerLogRoutes(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/log/checkpoint',
    policy: 'public',
    summary: 'Signed state of the transparency log (C2SP tlog-checkpoint)',
    schema: { answer: 'raw' },
    handler: async ({ pool, reply }) => {
      const latest = await findLatestCheckpoint(pool);
      if (!latest) throw new AppError('platform.not_found');
      return open(reply)
        .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' })
        .send(latest.note);
    },
  });
  route(app, {
    method: 'GET',
    url: '/log/tile/*',
    policy: 'public',
    summary: 'Tile of hashes or entries of the transparency log (C2SP tlog-tiles)',
    schema: { params: z.object({ '*': z.string().max(120) }), answer: 'raw' },
    handler: async ({ pool, reply, platform }, { params }) => {
      const name = `tile/${params['*']}`;
      const tile = parseTileName(name);
      const size = tile ? ((await findLatestCheckpoint(pool))?.size ?? 0) : 0;
      if (!tile || widthWithin(tile.level, tile.index, size) < tile.width) throw new AppError('platform.not_found');
      const bytes = await readLogFile(platform.storage, name);
      if (!bytes) throw new AppError('platform.not_found');
      const keptSeconds = tile.width === TILE_WIDTH ? 31_536_000 : 86_400;
      return open(reply)
        .headers({
          'content-type': 'application/octet-stream',
          'cache-control': `public, max-age=${keptSeconds}, immutable`,
        })
        .send(bytes);
    },
  });
  route(app, {
    method: 'GET',
    url: '/log/consistency/:oldSize/:size',
    policy: 'public',
    summary: 'Proof that the log of so many leaves continues an older one (RFC 9162 section 2.1.4), hashes in base64',
    schema: {
      params: z.object({ oldSize: z.coerce.number().int().min(0), size: z.coerce.number().int().min(0) }),
      answer: z.object({ oldSize: z.number(), size: z.number(), path: z.array(z.base64()) }),
    },
    handler: async ({ pool, platform, reply }, { params: { oldSize, size } }) => {
      const published = (await findLatestCheckpoint(pool))?.size ?? 0;
      if (oldSize > size || size > published) throw new AppError('platform.not_found');
      open(reply).header('cache-control', 'public, max-age=86400, immutable');
      const path = await consistencyPath(new TileReader(platform.storage, size).node, oldSize, size, hashOf);
      return { oldSize, size, path: path.map(toBase64) };
    },
  });
}

/** Verifiers of other sites may read the log from a browser. */
const open = (reply: RouteContext['reply']) =>
  reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
