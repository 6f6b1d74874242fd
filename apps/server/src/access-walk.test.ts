import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type Permission, permissionRule, ROLES, type Role } from '@antu/contract';
import { ROLE_RULES } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAccessWorld, type SignedInWorld } from './modules/people/testing-access-world.ts';
import { csrfHeader } from './platform/http/actor.ts';
import type { RouteEntry } from './platform/http/route.ts';
import type { AccessRequest, AccessSample } from './platform/testing/access-sample.ts';
import {
  buildTestApp,
  createTestDatabase,
  fixedClock,
  type TestApp,
  type TestClient,
  type TestDatabase,
} from './platform/testing/index.ts';

type Side = 'inside' | 'outside';
type Expected = 'given' | 'refused';

let database: TestDatabase;
let test: TestApp;
let walk: SignedInWorld;
const samples = new Map<string, AccessSample>();

beforeAll(async () => {
  database = await createTestDatabase();
  // Near the real time, for there are the partitions, and after the day from which work-safety asks for identity.
  const clock = fixedClock(new Date(Math.max(Date.now(), Date.parse('2026-11-26T02:00:00Z'))));
  test = await buildTestApp({ database, access: 'real', clock });
  walk = await buildAccessWorld(test);
  for await (const file of glob('modules/*/access-samples.ts', { cwd: import.meta.dirname })) {
    const module = (await import(join(import.meta.dirname, file))) as { accessSamples: readonly AccessSample[] };
    for (const sample of module.accessSamples) samples.set(sample.route, sample);
  }
});
afterAll(async () => {
  await test.close();
  await database.close();
});

const nameOf = ({ method, url }: RouteEntry): string => `${method} ${url}`;
const isPermission = (policy: RouteEntry['policy']): policy is Permission =>
  policy !== 'public' && policy !== 'signed-in';

/** Routes whose answer depends on where the thing lies: only a sample can ask them properly. */
const isScoped = ({ policy, url }: RouteEntry): boolean => {
  if (!isPermission(policy)) return false;
  const { scope } = permissionRule(policy);
  return scope === 'scoped' || (scope === 'self' && url.includes('/:'));
};

/** Whether the role holds the route's permission at all: only then may a refusal pretend that there is nothing. */
const mayHold = ({ policy }: RouteEntry, role: Role): boolean =>
  !isPermission(policy) || permissionRule(policy).roles.includes(role);

/** What the policy alone says must happen. */
function expectationOf({ policy }: RouteEntry, role: Role, side: Side): Expected {
  if (!isPermission(policy)) return 'given';
  const rule = permissionRule(policy);
  if (!rule.roles.includes(role)) return 'refused';
  if (rule.scope === 'unscoped' || side === 'inside' || ROLE_RULES[role].reach === 'platform') return 'given';
  return 'refused';
}

const NOBODYS_ID = '00000000-0000-7000-8000-000000000000';

/** How long an answer that never ends (a live view) is read. */
const STREAM_MS = 300;

async function send(client: TestClient, route: RouteEntry, request: AccessRequest) {
  const path = route.url
    .replaceAll(/:(\w+)/g, (_, name: string) => request.params?.[name] ?? NOBODYS_ID)
    .replace('*', (star) => request.params?.[star] ?? star);
  const query = new URLSearchParams(request.query).toString();
  const answer = await test.app.inject({
    method: route.method,
    url: query ? `${path}?${query}` : path,
    headers: { ...(client.csrf === undefined ? {} : { [csrfHeader]: client.csrf }), ...request.headers },
    cookies: Object.fromEntries(client.cookies),
    ...(route.method === 'GET' ? {} : { payload: request.body ?? {} }),
    payloadAsStream: true,
  });
  const text = await readFor(answer.stream(), STREAM_MS);
  const isJson = String(answer.headers['content-type'] ?? '').includes('json') && text !== '';
  return { status: answer.statusCode, text, body: isJson ? (JSON.parse(text) as unknown) : undefined };
}

/** The text of a stream until it ends, or until `ms` passed without its end. */
async function readFor(stream: Readable, ms: number): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => stream.once('end', resolve).once('error', () => resolve()));
  await Promise.race([ended, setTimeout(ms)]);
  stream.destroy();
  return Buffer.concat(chunks).toString();
}

const auditRowsOf = async (accountId: string, outcome: string): Promise<number> => {
  const { rows } = await database.owner.query<{ count: number }>(
    'select count(*) from audit_entry where account_id = $1 and outcome = $2',
    [accountId, outcome],
  );
  return rows[0]?.count ?? 0;
};

/** Asks one route as one role about one side; gives a sentence if the answer is not what the policy says. */
async function problemOf(route: RouteEntry, role: Role, side: Side): Promise<string | undefined> {
  const actor = walk.clients.get(role);
  if (!actor) return `nobody walks as ${role}`;
  const sample = samples.get(nameOf(route));
  const place = walk.world[side];
  // Who does not hold the permission is refused before the request is looked at, so it needs no real thing.
  const request = sample && mayHold(route, role) ? await sample.build(walk.world, place, role) : {};
  const deniedBefore = await auditRowsOf(actor.accountId, 'denied');
  const seenBefore = await auditRowsOf(actor.accountId, 'done');
  const { status, body, text } = await send(actor.client, route, request);
  const what = `${nameOf(route)} as ${role}, ${side}: ${status} ${text.slice(0, 200)}`;
  if (status >= 500) return what;
  if (status === 403 && (await auditRowsOf(actor.accountId, 'denied')) !== deniedBefore + 1)
    return `${what} left no audit row`;
  if (expectationOf(route, role, side) === 'refused') {
    const hidden = status < 300 && sample?.showsNothing?.(body, place) === true && mayHold(route, role);
    return status === 403 || (status === 404 && mayHold(route, role)) || hidden
      ? undefined
      : `${what}, must be refused`;
  }
  if (status === 401 || status === 403) return `${what}, must be given`;
  if (!sample) return undefined;
  const given = status < 300 || sample.alsoGiven?.includes(status) === true;
  if (!given) return `${what}, the sample proves nothing`;
  const shows = isPermission(route.policy) && permissionRule(route.policy).learnerData && status < 300;
  const seen = await auditRowsOf(actor.accountId, 'done');
  return shows && seen === seenBefore ? `${what} showed learners' data without an audit row` : undefined;
}

describe('Access walk: every route as every role, inside and outside the reach', () => {
  it('finds a sample for every scoped route, and a route for every sample', () => {
    const scoped = test.app.routeTable.filter(isScoped).map(nameOf);
    expect(scoped.filter((name) => !samples.has(name))).toEqual([]);
    const all = new Set(test.app.routeTable.map(nameOf));
    expect([...samples.keys()].filter((name) => !all.has(name))).toEqual([]);
  });

  it('answers nobody with 401 unless the route is public', async () => {
    const problems: string[] = [];
    for (const route of test.app.routeTable) {
      const { status } = await send(test.client(), route, {});
      if (route.policy === 'public' ? status >= 500 : status !== 401) problems.push(`${nameOf(route)}: ${status}`);
    }
    expect(problems).toEqual([]);
  });

  it.each(ROLES)(
    'gives %s what the role holds, within its reach and nowhere else',
    async (role) => {
      const problems: (string | undefined)[] = [];
      for (const route of test.app.routeTable) {
        if (route.policy === 'public') continue;
        // A scoped route without a sample fails above; here it can only be asked by those who do not hold it.
        if (isScoped(route) && !samples.has(nameOf(route)) && mayHold(route, role)) continue;
        const sides: Side[] = isScoped(route) && mayHold(route, role) ? ['inside', 'outside'] : ['inside'];
        for (const side of sides) problems.push(await problemOf(route, role, side));
      }
      expect(problems.filter(Boolean)).toEqual([]);
    },
    120_000,
  );

  it('wants the CSRF token of every route that changes something', async () => {
    const problems: string[] = [];
    for (const route of test.app.routeTable) {
      if (route.policy === 'public' || route.method === 'GET') continue;
      const actor = walk.clients.get(
        isPermission(route.policy) ? (permissionRule(route.policy).roles[0] ?? 'learner') : 'learner',
      );
      const client = test.client();
      for (const [name, value] of actor?.client.cookies ?? []) client.cookies.set(name, value);
      const { text } = await send(client, route, {});
      if (!text.includes('platform.csrf_mismatch')) problems.push(`${nameOf(route)}: ${text.slice(0, 200)}`);
    }
    expect(problems).toEqual([]);
  }, 120_000);
});
