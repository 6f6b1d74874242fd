import type { DemoAnswer, Me } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../../platform/testing/index.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts';
import { DEMO_LEARNERS } from './demo-people.ts';
import { sessionCacheOf } from './session-cache.ts';
import { type PeopleTest, signInAs, startPeopleTest } from './testing.ts';
import { currentTotp } from './totp.ts';

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
});
afterAll(() => people.close());

const signIn = (client: TestClient, login: string, password = DEMO_PASSWORD) =>
  client.post<{ next?: string; error?: { code: string; details: Record<string, unknown> } }>('/api/auth/sign-in', {
    login,
    password,
  });
const codeOf = (login: string): string => {
  const secret = DEMO_ACCOUNTS.find((account) => account.login === login)?.totpSecret ?? '';
  return currentTotp(secret, people.test.clock.nowMs()).code;
};
const idNumberOf = (index: number): string => DEMO_LEARNERS[index]?.idNumber.normalised ?? '';
const MINUTE_MS = 60_000;

describe('Signing in', () => {
  it('opens a session for a learner by user name and tells who it is', async () => {
    const driver = await people.as('driver');
    const { body, status } = await driver.get<Me>('/api/auth/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ displayName: '林守诚', roles: ['learner'], account: { login: 'driver' } });
    expect(body.organisation?.name).toBe('广州岭澜客运有限公司');
    expect(body.region).toMatchObject({ code: '440104', level: 'county' });
    expect(body.account.personId).not.toBeNull();
  });

  it('takes the ID number, with a small x too, in place of a user name', async () => {
    const withX = DEMO_LEARNERS.findIndex(({ idNumber, login }) => login === null && idNumber.normalised.endsWith('X'));
    expect((await signIn(people.test.client(), idNumberOf(withX).toLowerCase())).body.next).toBe('done');
  });

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const { headers } = await signIn(people.test.client(), 'driver');
    expect(headers['set-cookie']).toMatch(/antu_session=[\w-]{45}; Path=\/; HttpOnly; SameSite=Strict/);
  });

  it('gives another token every time and ends the session of the browser before', async () => {
    const client = people.test.client();
    await signIn(client, 'driver');
    const first = client.cookies.get('antu_session') ?? '';
    await signIn(client, 'driver');
    expect(client.cookies.get('antu_session')).not.toBe(first);
    const thief = people.test.client();
    thief.cookies.set('antu_session', first);
    expect((await thief.get('/api/auth/me')).status).toBe(401);
  });

  it('stores only the hash of the token and of the password', async () => {
    const client = people.test.client();
    await signIn(client, 'driver');
    const token = client.cookies.get('antu_session') ?? '';
    const { rows } = await people.database.owner.query<{ dump: string }>(
      `select (select string_agg(s::text, ' ') from login_session s) || (select string_agg(a::text, ' ') from account a) as dump`,
    );
    expect(rows[0]?.dump).not.toContain(token.slice(2));
    expect(rows[0]?.dump).not.toContain(DEMO_PASSWORD);
    expect(rows[0]?.dump).toContain('$argon2id$');
  });

  it('answers unknown logins like wrong passwords, lock included', async () => {
    const answers = [];
    for (const login of ['nobody-here', idNumberOf(3)]) {
      for (let tries = 1; tries <= 6; tries += 1)
        answers.push((await signIn(people.test.client(), login, 'wrong')).body.error?.code);
    }
    expect(answers.slice(0, 6)).toEqual(answers.slice(6));
    expect(answers.slice(0, 6)).toEqual([
      'auth.wrong_credentials',
      'auth.wrong_credentials',
      'auth.wrong_credentials_last_tries',
      'auth.wrong_credentials_last_tries',
      'auth.locked',
      'auth.locked',
    ]);
  });
});

describe('Lock-out after five failures', () => {
  it('refuses the right password too, says until when, and opens after 15 minutes', async () => {
    const login = idNumberOf(4);
    for (let tries = 1; tries <= 5; tries += 1) await signIn(people.test.client(), login, 'wrong');
    const locked = await signIn(people.test.client(), login);
    expect(locked.status).toBe(423);
    expect(locked.body.error?.details.until).toBe('16:15');
    people.test.clock.advance(15 * MINUTE_MS - 1);
    expect((await signIn(people.test.client(), login)).status).toBe(423);
    people.test.clock.advance(1);
    expect((await signIn(people.test.client(), login)).body.next).toBe('done');
  });

  it('counts tries sent at the same moment one by one', async () => {
    const login = idNumberOf(5);
    const tries = Array.from({ length: 10 }, () => signIn(people.test.client(), login, 'wrong'));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([401, 401, 401, 401, 423, 423, 423, 423, 423, 423]);
  });

  it('never locks an address: a colleague next door signs in', async () => {
    for (let tries = 1; tries <= 6; tries += 1) await signIn(people.test.client(), idNumberOf(6), 'wrong');
    expect((await signIn(people.test.client(), idNumberOf(7))).body.next).toBe('done');
  });

  it('starts anew after a success', async () => {
    const login = idNumberOf(8);
    for (let round = 0; round < 2; round += 1) {
      for (let tries = 1; tries <= 4; tries += 1) await signIn(people.test.client(), login, 'wrong');
      expect((await signIn(people.test.client(), login)).body.next).toBe('done');
    }
  });
});

describe('Second factor for staff', () => {
  it('is asked before anything opens', async () => {
    const client = people.test.client();
    expect((await signIn(client, 'officer-city')).body.next).toBe('totp');
    expect((await client.get('/api/auth/me')).status).toBe(401);
    expect((await client.get('/api/people')).status).toBe(401);
    const halfway = client.cookies.get('antu_session');
    expect((await client.post('/api/auth/totp', { code: codeOf('officer-city') })).body.next).toBe('done');
    expect(client.cookies.get('antu_session')).not.toBe(halfway);
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  it('refuses a code that was used, even for another session', async () => {
    people.test.clock.advance(2 * MINUTE_MS);
    const code = codeOf('manager');
    const first = people.test.client();
    await signIn(first, 'manager');
    expect((await first.post('/api/auth/totp', { code })).body.next).toBe('done');
    const second = people.test.client();
    await signIn(second, 'manager');
    expect((await second.post('/api/auth/totp', { code })).body.error).toMatchObject({ code: 'auth.totp_used' });
  });

  it('locks after five wrong codes', async () => {
    const client = people.test.client();
    await signIn(client, 'teacher');
    const codes = [];
    for (let tries = 1; tries <= 6; tries += 1) {
      codes.push(
        (await client.post<{ error: { code: string } }>('/api/auth/totp', { code: '000000' })).body.error.code,
      );
    }
    expect(codes).toEqual([...Array.from({ length: 4 }, () => 'auth.totp_wrong'), 'auth.locked', 'auth.locked']);
  });

  it('must be finished within ten minutes', async () => {
    const client = people.test.client();
    await signIn(client, 'officer-county');
    people.test.clock.advance(10 * MINUTE_MS);
    expect((await client.post('/api/auth/totp', { code: codeOf('officer-county') })).body.error).toMatchObject({
      code: 'auth.step_missing',
    });
  });
});

describe('First sign-in', () => {
  it('changes the password before anything else, and the old one ends', async () => {
    const client = people.test.client();
    expect((await signIn(client, 'newdriver')).body.next).toBe('change-password');
    expect((await client.get('/api/auth/me')).status).toBe(401);
    const change = (newPassword: string) =>
      client.post<{ next?: string; error?: { details: { problems: string[] } } }>('/api/auth/change-password', {
        currentPassword: DEMO_PASSWORD,
        newPassword,
      });
    expect((await change('short')).body.error?.details.problems).toEqual(['too-short', 'too-few-classes']);
    expect((await change(DEMO_PASSWORD)).body.error?.details.problems).toEqual(['used-before']);
    expect((await change('Neu-begin-1')).body.next).toBe('done');
    expect((await client.get('/api/auth/me')).status).toBe(200);
    expect((await signIn(people.test.client(), 'newdriver')).status).toBe(401);
    expect((await signIn(people.test.client(), 'newdriver', 'Neu-begin-1')).body.next).toBe('done');
  });

  it('lets none of the last five passwords come back', async () => {
    const login = idNumberOf(10);
    const client = people.test.client();
    await signIn(client, login);
    let current = DEMO_PASSWORD;
    const change = async (newPassword: string) => {
      people.test.clock.advance(1000);
      const { status } = await client.post('/api/auth/change-password', { currentPassword: current, newPassword });
      if (status === 200) current = newPassword;
      return status;
    };
    for (const n of [1, 2, 3, 4]) expect(await change(`Wechsel-${n}`)).toBe(200);
    expect(await change(DEMO_PASSWORD)).toBe(422);
    expect(await change('Wechsel-5')).toBe(200);
    expect(await change('Wechsel-1')).toBe(422);
    expect(await change(DEMO_PASSWORD)).toBe(200);
  });

  it('ends every other session when the password changes', async () => {
    const login = idNumberOf(11);
    const [here, there] = [people.test.client(), people.test.client()];
    await signIn(here, login);
    await signIn(there, login);
    expect((await there.get('/api/auth/me')).status).toBe(200);
    await here.post('/api/auth/change-password', { currentPassword: DEMO_PASSWORD, newPassword: 'Anders-als-1' });
    expect((await there.get('/api/auth/me')).status).toBe(401);
    expect((await here.get('/api/auth/me')).status).toBe(200);
  });
});

describe('A session', () => {
  it('goes idle after 30 minutes for a learner, and not before', async () => {
    const client = await signInAs(people.test, idNumberOf(12));
    people.test.clock.advance(30 * MINUTE_MS - 1);
    expect((await client.get('/api/auth/me')).status).toBe(200);
    people.test.clock.advance(30 * MINUTE_MS);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  it('is not kept alive by what a page asks by itself', async () => {
    const client = await signInAs(people.test, idNumberOf(13));
    people.test.clock.advance(20 * MINUTE_MS);
    const background = { headers: { 'x-antu-background': '1' } };
    expect((await client.get('/api/auth/me', background)).status).toBe(200);
    people.test.clock.advance(10 * MINUTE_MS);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  it('ends after 12 hours however busy', async () => {
    const client = await signInAs(people.test, idNumberOf(14));
    for (let quarter = 0; quarter < 47; quarter += 1) {
      people.test.clock.advance(15 * MINUTE_MS);
      expect((await client.get('/api/auth/me')).status).toBe(200);
    }
    people.test.clock.advance(15 * MINUTE_MS);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  it('wants its CSRF token on everything that is not a GET', async () => {
    const client = await signInAs(people.test, 'manager-sz');
    const right = client.csrf;
    client.csrf = 'wrong';
    expect((await client.post('/api/people', {})).body.error).toMatchObject({ code: 'platform.csrf_mismatch' });
    client.csrf = right;
    expect((await client.post('/api/people', {})).body.error).toMatchObject({ code: 'platform.bad_input' });
  });

  it('ends by signing out, at once', async () => {
    const client = await signInAs(people.test, idNumberOf(15));
    const token = client.cookies.get('antu_session') ?? '';
    expect((await client.post('/api/auth/sign-out')).body).toEqual({ signedOut: true });
    expect(client.cookies.has('antu_session')).toBe(false);
    client.cookies.set('antu_session', token);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  it('writes its activity down at intervals, not at every request', async () => {
    const client = await signInAs(people.test, idNumberOf(16));
    const cache = sessionCacheOf(people.test.platform);
    const lastSeen = async () => {
      await cache.flush();
      const { rows } = await people.database.owner.query<{ last_seen_at: Date }>(
        'select last_seen_at from login_session where token_hash = sha256($1)',
        [Buffer.from(client.cookies.get('antu_session') ?? '')],
      );
      return rows[0]?.last_seen_at.getTime();
    };
    const startedMs = people.test.clock.nowMs();
    people.test.clock.advance(MINUTE_MS - 1);
    for (let n = 0; n < 20; n += 1) await client.get('/api/auth/me');
    expect(await lastSeen()).toBe(startedMs);
    people.test.clock.advance(1);
    await client.get('/api/auth/me');
    expect(await lastSeen()).toBe(startedMs + MINUTE_MS);
  });
});

describe('The demo page', () => {
  it('shows accounts and codes that work', async () => {
    const { body } = await people.test.client().get<DemoAnswer>('/api/demo');
    expect(body.accounts.map(({ login }) => login)).toContain('driver');
    const officer = body.accounts.find(({ login }) => login === 'officer-province');
    expect(officer?.totpCode).toMatch(/^\d{6}$/);
    const client = people.test.client();
    await signIn(client, 'officer-province', officer?.password);
    expect((await client.post('/api/auth/totp', { code: officer?.totpCode ?? '' })).body.next).toBe('done');
  });
});
