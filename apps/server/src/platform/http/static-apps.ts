import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import { rootDir } from '../paths.ts';
import type { AppName } from '../settings.ts';
import { answerError } from './error-handler.ts';
import { noticePage } from './notice-page.ts';

const prefixes: readonly { app: AppName; prefix: string }[] = [
  { app: 'enterprise', prefix: '/enterprise/' },
  { app: 'supervision', prefix: '/supervision/' },
  { app: 'learner', prefix: '/' },
];

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Serves the built web apps; a path without a file gets the app's page, whose router knows it. */
export function registerStaticApps(app: FastifyInstance, distOf: (name: AppName) => string = defaultDist): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = decodePath(request.url);
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && path !== undefined;
    if (!isPage || path === '/api' || path.startsWith('/api/')) {
      return answerError(reply, request, new AppError('platform.not_found'));
    }
    if (path === '/enterprise' || path === '/supervision') return reply.redirect(`${path}/`, 308);
    const found = prefixes.find(({ prefix }) => path.startsWith(prefix)) ?? { app: 'learner' as const, prefix: '/' };
    if (!app.platform.settings.apps.includes(found.app)) {
      return sendNotice(reply, 404, '此处未开放', '本实例不提供这个入口，请向管理员索取正确的网址。');
    }
    return sendFrom(distOf(found.app), path.slice(found.prefix.length), request, reply);
  });
}

function defaultDist(name: AppName): string {
  return join(rootDir, 'apps', `${name}-web`, 'dist');
}

async function sendFrom(
  dist: string,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wanted = normalize(join(dist, path));
  if (!wanted.startsWith(dist + sep) && wanted !== dist) throw new AppError('platform.not_found');
  if (/\.(br|gz)$/.test(wanted)) throw new AppError('platform.not_found');
  if (path !== '' && (await isFile(wanted))) return sendFile(wanted, request, reply);
  // A missing script is an error, not a page: browsers would try to run the page.
  if (extname(path) !== '' && extname(path) !== '.html')
    return answerError(reply, request, new AppError('platform.not_found'));
  const page = join(dist, 'index.html');
  if (await isFile(page)) return sendFile(page, request, reply);
  return sendNotice(reply, 503, '页面尚未构建', '请运行 npm start，它会先构建网页再启动。');
}

async function sendFile(file: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const variants = [
    { encoding: 'br', suffix: '.br' },
    { encoding: 'gzip', suffix: '.gz' },
  ];
  let chosen: { encoding?: string; path: string } = { path: file };
  for (const { encoding, suffix } of variants) {
    if (accepted.includes(encoding) && (await isFile(file + suffix))) {
      chosen = { encoding, path: file + suffix };
      break;
    }
  }
  const info = await stat(chosen.path);
  const etag = `"${info.size.toString(36)}-${Math.trunc(info.mtimeMs).toString(36)}"`;
  // Vite names these after their content, so they never change; all other files are asked for anew.
  const isHashed = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(file);
  reply.headers({
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    etag,
  });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  reply.code(200).header('content-length', info.size);
  if (chosen.encoding) reply.header('content-encoding', chosen.encoding);
  if (request.method === 'HEAD') return reply.send();
  return reply.send(createReadStream(chosen.path));
}

function sendNotice(reply: FastifyReply, status: number, title: string, text: string): FastifyReply {
  return reply.code(status).header('content-type', 'text/html; charset=utf-8').send(noticePage(title, text));
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}

function decodePath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split('?')[0] ?? '/');
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}
