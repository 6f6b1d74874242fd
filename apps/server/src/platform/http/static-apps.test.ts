import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSettings } from '../settings.ts';
import { registerStaticApps } from './static-apps.ts';

let root: string;
let app: FastifyInstance;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'antu-static-'));
  await mkdir(join(root, 'learner/assets'), { recursive: true });
  await writeFile(join(root, 'learner/index.html'), '<p>learner</p>');
  await writeFile(join(root, 'learner/assets/app-B1c2D3e4.js'), 'plain');
  await writeFile(join(root, 'learner/assets/app-B1c2D3e4.js.br'), 'brotli');
  await writeFile(join(root, 'learner/assets/app-B1c2D3e4.js.gz'), 'gzip');
  await writeFile(join(root, 'secret.txt'), 'secret');
  app = Fastify();
  const settings = loadSettings({ APPS: 'learner,enterprise' });
  app.decorate('platform', { settings } as FastifyInstance['platform']);
  registerStaticApps(app, (name) => join(root, name));
});
afterAll(async () => {
  await app.close();
  await rm(root, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

test('the smallest form that the browser takes', async () => {
  const url = '/assets/app-B1c2D3e4.js';
  const sent = async (accept?: string) => {
    const { body, headers } = await get(url, accept ? { 'accept-encoding': accept } : {});
    return [body, headers['content-encoding'], headers['content-type']];
  };
  expect(await sent('gzip, br')).toEqual(['brotli', 'br', 'text/javascript; charset=utf-8']);
  expect(await sent('gzip')).toEqual(['gzip', 'gzip', 'text/javascript; charset=utf-8']);
  expect(await sent()).toEqual(['plain', undefined, 'text/javascript; charset=utf-8']);
});

test('files named after their content are kept for a year, the page is asked for anew', async () => {
  expect((await get('/assets/app-B1c2D3e4.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const page = await get('/');
  expect(page.headers['cache-control']).toBe('no-cache');
  expect((await get('/', { 'if-none-match': String(page.headers['etag']) })).statusCode).toBe(304);
});

test('a path of the app gets its page, a missing script does not', async () => {
  expect((await get('/courses/7')).body).toBe('<p>learner</p>');
  expect((await get('/assets/gone-12345678.js')).statusCode).toBe(404);
});

test('an app that is switched off or not built says so in a page', async () => {
  const off = await get('/supervision/live');
  expect([off.statusCode, off.body.includes('此处未开放')]).toEqual([404, true]);
  const unbuilt = await get('/enterprise/');
  expect([unbuilt.statusCode, unbuilt.body.includes('页面尚未构建')]).toEqual([503, true]);
  expect((await get('/enterprise')).headers['location']).toBe('/enterprise/');
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%00',
  '/assets/%E0%A4%A',
])('nothing outside the app is sent: %s', async (url) => {
  const { body } = await get(url);
  expect(body).not.toContain('secret');
});
