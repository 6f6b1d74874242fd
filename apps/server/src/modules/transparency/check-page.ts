import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { rootDir } from '../../platform/paths.ts';

const builtPage = join(rootDir, 'apps/learner-web/dist/check-page.html');

/** The page on which everybody checks certificates by themselves: one file, with today's keys in it, that may be kept. */
export function registerCheckPage(app: FastifyInstance, file = builtPage): void {
  route(app, {
    method: 'GET',
    url: '/check',
    policy: 'public',
    summary: 'Page that checks certificates in the browser, without a network',
    schema: { answer: 'raw' },
    handler: async ({ platform, reply }) => {
      const page = await readFile(file, 'utf8').catch(() => undefined);
      if (page === undefined) throw new AppError('platform.not_found');
      const keys = platform.signing
        .published()
        .filter(({ purpose }) => purpose === 'document' || purpose === 'log')
        .map(({ keyId, purpose, algorithm, publicKey }) => ({ keyId, purpose, algorithm, publicKey }));
      const pinned = page.replace('id="pinned">null<', () => `id="pinned">${JSON.stringify(keys)}<`);
      return reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': policyOf(pinned),
          'cache-control': 'public, max-age=3600',
        })
        .send(pinned);
    },
  });
}

/** Its one script may run and nothing may be loaded or sent, whatever the script says. */
function policyOf(page: string): string {
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
