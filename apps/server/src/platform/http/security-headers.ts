import type { FastifyInstance } from 'fastify';

/** Scripts only from our own files. Styles inline too: the component libraries position with style attributes. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=()',
};

/** Data is never a page: it loads nothing and stands in no frame. Short, since it goes out thousands of times a second. */
const dataHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Answers of the API are personal; whoever wants one kept says so in its handler.
  'cache-control': 'no-store',
};

/** Answers to scripts of ours, too many to carry what only a page would need. */
const hotHeaders = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/** Puts the protective headers on every answer. */
export function registerSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.isHot) reply.headers(hotHeaders);
    else {
      reply.headers(request.url.startsWith('/api/') ? dataHeaders : pageHeaders);
      reply.header('x-request-id', request.id);
    }
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    done();
  });
}
