import type { AccountView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from './demo-accounts.ts';
import { DEMO_ORGANISATIONS } from './demo-organisations.ts';
import { type PeopleTest, signInAs, startPeopleTest } from './testing.ts';
import { currentTotp } from './totp.ts';

type Created = { account: AccountView; initialPassword: string; error: { code: string } };

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
});
afterAll(() => people.close());

const { linglan, guangzhou, yuexiu, lingxue, platform } = DEMO_ORGANISATIONS;
const create = async (login: string, memberships: { role: string; organisationId: string }[]) =>
  (await people.as('secadmin')).post<Created>('/api/accounts', { login, displayName: '方测试', memberships });
const accountOf = async (login: string): Promise<AccountView> => {
  const { body } = await (await people.as('secadmin')).get<{ items: AccountView[] }>(`/api/accounts?q=${login}`);
  const found = body.items.find((account) => account.login === login);
  if (!found) throw new Error(`no account ${login}`);
  return found;
};

describe('Staff accounts', () => {
  it('are listed for the security operator, learners are not', async () => {
    const { body, text } = await (await people.as('secadmin')).get<{ items: AccountView[]; total: number }>(
      '/api/accounts',
    );
    expect(body.total).toBe(14);
    expect(body.items.map(({ login }) => login)).not.toContain('driver');
    expect(text).not.toContain('林守诚');
    for (const login of ['sysadmin', 'auditor', 'officer-province', 'manager', 'driver']) {
      expect((await (await people.as(login)).get('/api/accounts')).status, login).toBe(403);
    }
  });

  it('begin with a password to change and a second factor to enrol', async () => {
    const { body, status } = await create('fang.new', [{ role: 'teacher', organisationId: lingxue.id }]);
    expect(status).toBe(201);
    const client = people.test.client();
    const first = await client.post('/api/auth/sign-in', { login: 'FANG.new', password: body.initialPassword });
    expect(first.body.next).toBe('change-password');
    const change = (newPassword: string) =>
      client.post('/api/auth/change-password', { currentPassword: body.initialPassword, newPassword });
    expect((await change('Kurz-1234')).status).toBe(422);
    expect((await change('Lang-genug-123')).body.next).toBe('enrol-totp');
    const offer = await client.post<{ secret: string; otpauthUri: string }>('/api/auth/totp/enrol', {});
    expect(offer.body.otpauthUri).toContain('otpauth://totp/Antu:fang.new?');
    expect((await client.post('/api/auth/totp/enrol', { code: '000000' })).status).toBe(401);
    const { code } = currentTotp(offer.body.secret, people.test.clock.nowMs());
    expect((await client.post('/api/auth/totp/enrol', { code })).body.next).toBe('done');
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  it.each([
    [
      'two operators in one',
      [
        { role: 'system-operator', organisationId: platform.id },
        { role: 'audit-operator', organisationId: platform.id },
      ],
      'people.role_conflict',
    ],
    [
      'operator and officer',
      [
        { role: 'security-operator', organisationId: platform.id },
        { role: 'officer-city', organisationId: guangzhou.id },
      ],
      'people.role_conflict',
    ],
    ['a county officer at a city', [{ role: 'officer-county', organisationId: guangzhou.id }], 'people.role_misplaced'],
    ['an officer in an enterprise', [{ role: 'officer-county', organisationId: linglan.id }], 'people.role_misplaced'],
    ['a learner without ID number', [{ role: 'learner', organisationId: linglan.id }], 'people.role_misplaced'],
    [
      'an unknown organisation',
      [{ role: 'teacher', organisationId: crypto.randomUUID() }],
      'people.organisation_not_found',
    ],
  ])('are refused: %s', async (_what, memberships, code) => {
    expect((await create('fang.refused', memberships)).body.error.code).toBe(code);
  });

  it('have a user name of their own', async () => {
    expect((await create('driver', [{ role: 'teacher', organisationId: lingxue.id }])).body.error.code).toBe(
      'people.login_taken',
    );
  });

  it('change what they may do at once, also while signed in', async () => {
    const secadmin = await people.as('secadmin');
    const officer = await people.as('officer-county');
    expect((await officer.get('/api/people')).status).toBe(200);
    const { id } = await accountOf('officer-county');
    const change = (role: string, organisationId: string) =>
      secadmin.put(`/api/accounts/${id}/memberships`, { memberships: [{ role, organisationId }] });
    expect((await change('teacher', lingxue.id)).status).toBe(200);
    await expect.poll(async () => (await officer.get('/api/people')).status).toBe(403);
    expect((await change('officer-county', yuexiu.id)).status).toBe(200);
    await expect.poll(async () => (await officer.get('/api/people')).status).toBe(200);
  });

  it('are shut out at once when disabled, with the right password too', async () => {
    const teacher = await people.as('teacher');
    const { id } = await accountOf('teacher');
    const secadmin = await people.as('secadmin');
    expect((await secadmin.put(`/api/accounts/${id}/disabled`, { disabled: true })).body).toMatchObject({
      disabled: true,
    });
    await expect.poll(async () => (await teacher.get('/api/auth/me')).status).toBe(401);
    const refused = await people.test.client().post('/api/auth/sign-in', { login: 'teacher', password: DEMO_PASSWORD });
    expect(refused.body.error).toMatchObject({ code: 'auth.disabled' });
    await secadmin.put(`/api/accounts/${id}/disabled`, { disabled: false });
    people.test.clock.advance(60_000);
    expect((await (await signInAs(people.test, 'teacher')).get('/api/auth/me')).status).toBe(200);
  });

  it('get a new password and a new second factor from the security operator', async () => {
    const secadmin = await people.as('secadmin');
    const { id } = await accountOf('school');
    const { body } = await secadmin.post<Created>(`/api/accounts/${id}/reset-password`);
    expect((await secadmin.post(`/api/accounts/${id}/reset-totp`)).body).toMatchObject({
      hasTotp: false,
      mustChangePassword: true,
    });
    const answer = await people.test
      .client()
      .post('/api/auth/sign-in', { login: 'school', password: body.initialPassword });
    expect(answer.body.next).toBe('change-password');
  });

  it('cannot be their own masters', async () => {
    const secadmin = await people.as('secadmin');
    const { id } = await accountOf('secadmin');
    expect((await secadmin.put(`/api/accounts/${id}/disabled`, { disabled: true })).body).toMatchObject({
      error: { code: 'people.own_account' },
    });
  });

  it('do not open a learner’s account to the security operator', async () => {
    const { rows } = await people.database.owner.query<{ id: string }>(
      `select id from account where login_name = 'driver'`,
    );
    const secadmin = await people.as('secadmin');
    expect((await secadmin.post(`/api/accounts/${rows[0]?.id}/reset-password`)).status).toBe(404);
  });

  it('are kept apart by the database too', async () => {
    const { rows } = await people.database.owner.query<{ bucket: number; id: string }>(
      `select bucket, id from account where login_name = 'auditor'`,
    );
    await expect(
      people.database.owner.query(
        `insert into membership (bucket, account_id, role, organisation_id, granted_at) values ($1, $2, 'system-operator', $3, now())`,
        [rows[0]?.bucket, rows[0]?.id, platform.id],
      ),
    ).rejects.toThrow('an operator account holds one role only');
  });
});
