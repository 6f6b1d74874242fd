import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ErrorAnswer } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from './platform/errors.ts';
import { route } from './platform/http/route.ts';
import { sendStored } from './platform/http/send-stored.ts';
import type { ServerModule } from './platform/module.ts';
import { openPool } from './platform/database/pool.ts';
import {
  buildTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from './platform/testing/index.ts';

const sample: ServerModule = {
  name: 'sample',
  register: (app) => {
    route(app, {
      method: 'POST',
      url: '/api/sample/:sampleId',
      policy: 'signed-in',
      schema: {
        params: z.object({ sampleId: z.coerce.number().int() }),
        body: z.object({ name: z.string().min(2), birthDate: z.iso.date().optional() }),
        answer: z.object({ id: z.number(), name: z.string() }),
      },
      handler: (_ctx, { params, body }) => ({ id: params.sampleId, name: body.name, secret: 'not in the schema' }),
    });
    route(app, {
      method: 'GET',
      url: '/api/sample/reviews',
      policy: 'audit.read',
      schema: { answer: z.object({}) },
      handler: () => ({}),
    });
    route(app, {
      method: 'GET',
      url: '/api/sample/fail/:how',
      policy: 'public',
      schema: { params: z.object({ how: z.string() }), answer: z.object({ expected: z.string() }) },
      handler: async (ctx, { params }) => {
        if (params.how === 'known') throw new AppError('platform.conflict', { what: 'sample' });
        if (params.how === 'constraint') await ctx.pool.query("insert into seeded_module (name) values ('a'), ('a')");
        if (params.how === 'answer') return JSON.parse('{"unexpected": true}');
        throw new Error('the password of the database is hunter2');
      },
    });
    route(app, {
      method: 'PUT',
      url: '/api/sample/upload',
      policy: 'public',
      schema: { answer: z.object({ length: z.number() }) },
      handler: async (_ctx, { body }) => ({ length: body instanceof Readable ? (await text(body)).length : -1 }),
    });
    route(app, {
      method: 'GET',
      url: '/api/sample/file',
      policy: 'public',
      schema: { answer: 'raw' },
      handler: (ctx) => sendStored(ctx, 'sample/file.txt', { contentType: 'text/plain' }),
    });
  },
  constraints: { seeded_module__pkey: 'platform.conflict' },
};

let database: TestDatabase;
let sampleApp: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  sampleApp = await buildTestApp({ database, modules: [sample] });
  await sampleApp.platform.storage.put('sample/file.txt', '0123456789');
});
afterAll(async () => {
  await sampleApp.close();
  await database.close();
});

describe('routes', () => {
  test('a route without a policy is refused at registration', async () => {
    const careless: ServerModule = {
      name: 'careless',
      register: (app) => {
        app.get('/api/careless', () => ({}));
      },
    };
    await expect(buildTestApp({ database, modules: [careless] })).rejects.toThrow(
      'Route GET /api/careless has no policy',
    );
  });

  test('every route below /api stands in the route table', () => {
    const listed = sampleApp.app.routeTable.map(({ method, url }) => `${method} ${url}`).toSorted();
    expect(listed).toContain('POST /api/sample/:sampleId');
    const described = Object.entries(sampleApp.app.swagger().paths ?? {}).flatMap(([url, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${url.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(listed).toEqual(described.toSorted());
  });

  test('what the answer schema does not name stays inside', async () => {
    const answer = await sampleApp.as(testActor()).post('/api/sample/7', { name: 'ab' });
    expect(answer).toMatchObject({ status: 200, body: { id: 7, name: 'ab' } });
    expect(answer.text).not.toContain('secret');
  });

  test('uploads arrive as a stream, beyond the limit of other bodies', async () => {
    const body = Buffer.alloc(2_000_000, 'x');
    const headers = { 'content-type': 'application/offset+octet-stream' };
    expect(await sampleApp.client().put('/api/sample/upload', body, { headers })).toMatchObject({
      body: { length: 2_000_000 },
    });
  });

  test('the OpenAPI document is version 3.1 and names the schemas', async () => {
    const { body } = await sampleApp.client().get<{ openapi: string; paths: object }>('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(JSON.stringify(body.paths)).toContain('birthDate');
  });
});

describe('access', () => {
  const refused = async (answer: Promise<{ status: number; body: ErrorAnswer }>) => {
    const { status, body } = await answer;
    return `${status} ${body.error.code}`;
  };

  test('nobody signed in', async () => {
    expect(await refused(sampleApp.client().post('/api/sample/7', { name: 'ab' }))).toBe('401 platform.not_signed_in');
  });

  test('a wrong, an empty and a missing CSRF token', async () => {
    for (const csrf of ['wrong', '', undefined]) {
      const client = sampleApp.as(testActor());
      client.csrf = csrf;
      expect(await refused(client.post('/api/sample/7', { name: 'ab' }))).toBe('403 platform.csrf_mismatch');
    }
  });

  test('a permission that the actor has, and has not', async () => {
    expect(await refused(sampleApp.as(testActor()).get('/api/sample/reviews'))).toBe('403 platform.not_allowed');
    expect(await sampleApp.as(testActor({ permissions: ['audit.read'] })).get('/api/sample/reviews')).toMatchObject({
      status: 200,
    });
  });

  test('refusal comes before the body is looked at', async () => {
    expect(
      await refused(
        sampleApp.client().post('/api/sample/7', '{broken', { headers: { 'content-type': 'application/json' } }),
      ),
    ).toBe('401 platform.not_signed_in');
  });

  test('metrics are for this machine, not for strangers behind a proxy of this machine', async () => {
    const client = sampleApp.client();
    expect((await client.get('/api/metrics')).text).toContain('antu_http_request_seconds_bucket');
    expect((await client.get('/api/metrics', { remoteAddress: '10.1.1.1' })).status).toBe(401);
    expect((await client.get('/api/metrics', { headers: { 'x-forwarded-for': '10.1.1.1' } })).status).toBe(401);
  });
});

describe('errors', () => {
  const fail = (how: string) => sampleApp.client().get<ErrorAnswer>(`/api/sample/fail/${how}`);

  test('a known one has code, Chinese text, details and the request id', async () => {
    const { status, body, headers } = await fail('known');
    expect(status).toBe(409);
    expect(body.error).toEqual({
      code: 'platform.conflict',
      message: '内容已被他人修改或重复提交，请刷新后重试。',
      details: { what: 'sample' },
      requestId: headers['x-request-id'],
    });
  });

  test('an unknown one says nothing but the request id', async () => {
    for (const how of ['unknown', 'answer']) {
      const { status, body, text: sent, headers } = await fail(how);
      expect(status).toBe(500);
      expect(body.error).toMatchObject({ code: 'platform.internal', details: {}, requestId: headers['x-request-id'] });
      expect(sent).not.toMatch(/hunter2|unexpected|stack/);
    }
  });

  test('a broken constraint becomes the code its module names', async () => {
    expect(await fail('constraint')).toMatchObject({ status: 409, body: { error: { code: 'platform.conflict' } } });
  });

  test('bad input names every field in Chinese', async () => {
    const answer = await sampleApp.as(testActor()).post<ErrorAnswer>('/api/sample/7', { name: 'a', birthDate: 'soon' });
    expect(answer.status).toBe(400);
    const { code, message, details } = answer.body.error;
    expect(code).toBe('platform.bad_input');
    expect(details).toMatchObject({ part: 'body', fields: [{ field: 'name' }, { field: 'birthDate' }] });
    expect(message).toBe('提交的内容有误：name：至少 2 个字符；birthDate：应为日期，例如 2026-01-31');
  });

  test('English for browsers that ask for it', async () => {
    const { body } = await sampleApp
      .client()
      .get<ErrorAnswer>('/api/nothing', { headers: { 'accept-language': 'en-GB,zh;q=0.5' } });
    expect(body.error).toMatchObject({ code: 'platform.not_found', message: 'Nothing was found here.' });
  });

  test.each([
    ['{broken', 'application/json', '400 platform.body_unreadable'],
    ['a,b', 'text/csv', '415 platform.media_type'],
    [JSON.stringify({ name: 'x'.repeat(1_100_000) }), 'application/json', '413 platform.too_large'],
  ])('body %.10s of type %s', async (body, type, expected) => {
    const client = sampleApp.as(testActor());
    const answer = await client.post<ErrorAnswer>('/api/sample/7', body, { headers: { 'content-type': type } });
    expect(`${answer.status} ${answer.body.error.code}`).toBe(expected);
  });
});

describe('health', () => {
  test('ok if the database answers and every migration has run', async () => {
    expect(await sampleApp.client().get('/api/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  test('503 while a migration is missing, and names it', async () => {
    const migrations = [{ name: '9999-later.sql', sql: '', sha256: '' }];
    const waiting = await buildTestApp({ database, modules: [], migrations });
    const { status, body } = await waiting.client().get<ErrorAnswer>('/api/health');
    expect(status).toBe(503);
    expect(body.error.details).toMatchObject({ pendingMigrations: ['9999-later.sql'] });
    await waiting.close();
  });

  test('503 while the database is away', async () => {
    const pool = openPool({ url: 'postgresql://antu_app@127.0.0.1:1/antu' });
    const lonely = await buildTestApp({ database: { ...database, pool }, modules: [sample] });
    expect(await lonely.client().get('/api/health')).toMatchObject({ status: 503 });
    expect(await lonely.client().get('/api/sample/fail/constraint')).toMatchObject({
      status: 503,
      body: { error: { code: 'platform.not_ready' } },
    });
    await lonely.close();
    await pool.end();
  });
});

describe('stored files', () => {
  const get = (headers: Record<string, string>) => sampleApp.client().get('/api/sample/file', { headers });

  test.each([
    [undefined, 200, '0123456789'],
    ['bytes=2-4', 206, '234'],
    ['bytes=7-', 206, '789'],
    ['bytes=-2', 206, '89'],
    ['bytes=0-99', 206, '0123456789'],
    ['bytes=0-1,4-5', 200, '0123456789'],
  ])('range %s', async (range, status, expected) => {
    expect(await get(range ? { range } : {})).toMatchObject({ status, text: expected });
  });

  test('a range beyond the end is refused; what the browser has is not sent again', async () => {
    expect((await get({ range: 'bytes=10-' })).status).toBe(416);
    const { headers } = await get({});
    expect((await get({ 'if-none-match': headers['etag'] ?? '' })).status).toBe(304);
  });
});

test('every answer carries the protective headers', async () => {
  for (const url of ['/', '/enterprise/x']) {
    const { headers } = await sampleApp.client().get(url);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['strict-transport-security']).toBeUndefined();
  }
  for (const url of ['/api/health', '/api/nothing']) {
    const { headers } = await sampleApp.client().get(url);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  }
});
