import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from './platform/errors.ts';
import { route } from './platform/http/route.ts';
import type { ServerModule } from './platform/module.ts';
import {
  buildTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from './platform/testing/index.ts';

let database: TestDatabase;
let test1: TestApp;

const sample: ServerModule = {
  name: 'sample',
  register: (app) => {
    route(app, {
      method: 'POST',
      url: '/api/sample/:sampleId',
      policy: 'signed-in',
      schema: {
        params: z.object({ sampleId: z.coerce.number().int() }),
        body: z.object({ name: z.string().min(2), idNumber: z.string().optional() }),
        answer: z.object({ id: z.number(), name: z.string() }),
      },
      handler: (_ctx, { params, body }) => ({ id: params.sampleId, name: body.name, secret: 'not in the schema' }),
    });
    route(app, {
      method: 'GET',
      url: '/api/sample/fail/:how',
      policy: 'public',
      schema: { params: z.object({ how: z.string() }), answer: z.object({}) },
      handler: async (ctx, { params }) => {
        if (params.how === 'known') throw new AppError('platform.conflict', { what: 'sample' });
        if (params.how === 'constraint') await ctx.pool.query("insert into seeded_module (name) values ('a'), ('a')");
        throw new Error('the password of the database is hunter2');
      },
    });
  },
  constraints: { seeded_module__pkey: 'platform.conflict' },
};

beforeAll(async () => {
  database = await createTestDatabase();
  test1 = await buildTestApp({ database, modules: [sample] });
});

afterAll(async () => {
  await test1.close();
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
      'Route GET /api/careless has no policy: declare it with route().',
    );
  });

  test('every route below /api stands in the route table', () => {
    expect(test1.app.routeTable.map(({ method, url, policy }) => `${method} ${url} ${policy}`)).toEqual([
      'GET /api/metrics public',
      'GET /api/health public',
      'POST /api/sample/:sampleId signed-in',
      'GET /api/sample/fail/:how public',
      'GET /api/openapi.json public',
    ]);
  });

  test('what the answer schema does not name stays inside', async () => {
    const answer = await test1.as(testActor()).post('/api/sample/7', { name: 'ab' });
    expect(answer).toMatchObject({ status: 200, body: { id: 7, name: 'ab' } });
    expect(answer.text).not.toContain('secret');
  });
});
