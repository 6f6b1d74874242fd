import { compareDocumentName, verifyDocument } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/route.ts';
import { compareName } from './compare-name.ts';
import { makeLimits } from './limits.ts';
import { makeIntegrityCache } from './remember-integrity.ts';
import { verifyByCode } from './verify-by-code.ts';

export function registerVerificationRoutes(app: FastifyInstance): void {
  const limits = makeLimits();
  const integrity = makeIntegrityCache(app.platform);
  serve(app, verifyDocument, {
    policy: 'public',
    summary: 'State of an issued document and what is printed on it, by the code of its QR code',
    isHot: true,
    handler: (ctx, { params, query }) => verifyByCode(ctx, { limits, integrity }, params.code, query.t),
  });
  serve(app, compareDocumentName, {
    policy: 'public',
    summary: 'Whether a name is the one printed on a document',
    handler: (ctx, { params, body }) => compareName(ctx, limits, params.code, body.name),
  });
}
