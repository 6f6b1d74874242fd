import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { route } from './route.ts';

const keysAnswer = z.object({
  keys: z.array(
    z.object({
      keyId: z.string(),
      purpose: z.enum(['document', 'log', 'pdf', 'credential', 'token']),
      algorithm: z.enum(['Ed25519', 'SM2', 'ES256']),
      /** base64 */
      publicKey: z.string(),
      madeAt: z.iso.datetime(),
      retiredAt: z.iso.datetime().nullable(),
    }),
  ),
});

/** `GET /.well-known/antu-keys.json`: every key that ever signed, for whoever checks by himself. */
export function registerSigningKeys(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/.well-known/antu-keys.json',
    policy: 'public',
    summary: 'Public keys of this instance, retired ones too',
    schema: { answer: keysAnswer },
    handler: ({ platform, reply }) => {
      reply.headers({ 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' });
      return { keys: [...platform.signing.published()] };
    },
  });
}
