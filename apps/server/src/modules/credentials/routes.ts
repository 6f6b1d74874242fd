import { getOwnCredential } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { route, serve } from '../../platform/http/route.ts';
import { didDocumentOf } from './did-of.ts';
import { ownCredential } from './own-credential.ts';

export function registerCredentialRoutes(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/.well-known/did.json',
    policy: 'public',
    summary: 'The issuer of credentials with its keys (did:web)',
    schema: { answer: 'raw' },
    handler: ({ platform, reply }) =>
      reply
        .headers({
          'content-type': 'application/did+json',
          'cache-control': 'public, max-age=300',
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
        })
        .send(JSON.stringify(didDocumentOf(platform.settings.publicUrl, platform.signing.published()))),
  });
  serve(app, getOwnCredential, {
    policy: 'hours.own',
    summary: 'A document of one’s own as W3C Verifiable Credential 2.0',
    handler: (ctx, { params }) => ownCredential(ctx, params.code),
  });
}
