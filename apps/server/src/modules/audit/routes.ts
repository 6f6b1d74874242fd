import { checkAudit, listAudit } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import { serve } from '../../platform/http/route.ts';
import { checkAuditChains } from './check-chains.ts';
import { type AuditPosition, findAuditEntries } from './queries.ts';
import { recordAudit } from './record-audit.ts';

/** The audit operator's view of the log. Reading it is itself a row. */
export function registerAuditRoutes(app: FastifyInstance): void {
  serve(app, listAudit, {
    policy: 'audit.read',
    summary: 'Search the audit log',
    handler: async (ctx, { query }) => {
      const { cursor, limit, ...filter } = query;
      const { items, total } = await findAuditEntries(ctx.pool, filter, cursor ? readCursor(cursor) : undefined, limit);
      await recordAudit(ctx.pool, ctx, {
        action: 'audit.read',
        object: { kind: 'audit', id: filter.personId ?? null },
        detail: { filter, shown: items.length, total },
      });
      const last = items.length === limit ? items.at(-1) : undefined;
      return { items, total, nextCursor: last ? writeCursor({ at: last.at, ...last.chain }) : null };
    },
  });
  serve(app, checkAudit, {
    policy: 'audit.read',
    summary: 'Recompute the hash chains of the audit log',
    handler: async (ctx) => {
      const { rowsChecked, breaks } = await checkAuditChains(ctx.pool);
      await recordAudit(ctx.pool, ctx, {
        action: 'audit.check',
        object: { kind: 'audit', id: null },
        detail: { rowsChecked, breaks: breaks.length },
      });
      return { rowsChecked, intact: breaks.length === 0, breaks: [...breaks] };
    },
  });
}

const writeCursor = ({ at, bucket, seq }: AuditPosition): string =>
  Buffer.from(`${at}|${bucket}|${seq}`).toString('base64url');

function readCursor(cursor: string): AuditPosition {
  const match = /^([\d:.TZ-]{24})\|(\d{1,2})\|(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[1]) throw new AppError('people.bad_cursor');
  return { at: match[1], bucket: Number(match[2]), seq: Number(match[3]) };
}
