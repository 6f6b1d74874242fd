import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonDetail, PersonListItem } from '@antu/contract';
import { idNumberCheckCharacter } from '@antu/domain';
import { DEMO_PASSWORD } from './demo-accounts.ts';
import { DEMO_ORGANISATIONS } from './demo-organisations.ts';
import { DEMO_LEARNERS } from './demo-people.ts';
import { seedDemoPeople } from './seed-demo.ts';
import { type PeopleTest, startPeopleTest } from './testing.ts';

type Page = { items: PersonListItem[]; total: number; nextCursor: string | null };
type Refusal = { error: { code: string; details: Record<string, unknown> } };

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
});
afterAll(() => people.close());

const { linglan, pengtu, lingxue } = DEMO_ORGANISATIONS;
/** The newest row of one who acted: each has a chain of their own. */
const lastAudit = async (login: string, action: string) => {
  const { rows } = await people.database.owner.query(
    'select * from audit_entry where login = $1 and action = $2 order by seq desc limit 1',
    [login, action],
  );
  return rows[0] as Record<string, unknown> & { detail: Record<string, unknown> };
};
const firstPersonOf = async (login: string): Promise<string> =>
  (await (await people.as(login)).get<Page>('/api/people?limit=1')).body.items[0]?.id ?? '';
const synthetic = (first17: string): string => first17 + idNumberCheckCharacter(first17);

describe('The list of people', () => {
  it.each([
    ['manager', 30],
    ['manager-sz', 16],
    ['trainer', 30],
    ['school', 0],
    ['officer-county', 45],
    ['officer-city', 45],
    ['officer-sz', 16],
    ['officer-province', 60],
  ])('shows %s the %i persons within reach', async (login, total) => {
    const { body } = await (await people.as(login)).get<Page>('/api/people?limit=200');
    expect(body.total).toBe(total);
    expect(body.items).toHaveLength(total);
  });

  it('is masked', async () => {
    const { text, body } = await (await people.as('manager')).get<Page>('/api/people?limit=200');
    for (const { name, idNumber } of DEMO_LEARNERS) {
      expect(text).not.toContain(idNumber.normalised);
      expect(text).not.toContain(`"${name}"`);
    }
    for (const { nameMasked, idNumberMasked } of body.items) {
      expect(nameMasked).toMatch(/^.\*+$/u);
      expect(idNumberMasked).toMatch(/^\d{4}\*{10}\d{3}[\dX]$/);
    }
  });

  it('pages without a gap or a repeat', async () => {
    const officer = await people.as('officer-province');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = (await officer.get<Page>(`/api/people?limit=7${cursor && `&cursor=${cursor}`}`)).body;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  it('finds the whole name and the ID number, whichever way it is typed', async () => {
    const manager = await people.as('manager');
    const learner = DEMO_LEARNERS.find(
      ({ employer, idNumber }) => employer === 'linglan' && idNumber.normalised.endsWith('X'),
    );
    const query = async (text: string) => (await manager.get<Page>(`/api/people?${text}`)).body.total;
    expect(await query(`idNumber=${learner?.idNumber.normalised.toLowerCase()}`)).toBe(1);
    expect(await query(`name=${encodeURIComponent('林守诚')}`)).toBe(1);
    expect(await query(`name=${encodeURIComponent('林守')}`)).toBe(0);
    expect(await query('idNumber=123')).toBe(0);
  });

  it('does not find somebody outside reach by name or number', async () => {
    const stranger = DEMO_LEARNERS.find(({ employer }) => employer === 'pengtu');
    const manager = await people.as('manager');
    expect((await manager.get<Page>(`/api/people?idNumber=${stranger?.idNumber.normalised}`)).body.total).toBe(0);
  });

  it('leaves a row with the filter and the number, without what was searched', async () => {
    const manager = await people.as('manager');
    await manager.get(`/api/people?name=${encodeURIComponent('林守诚')}`);
    const row = await lastAudit('manager', 'people.list');
    expect(row).toMatchObject({ login: 'manager', role: 'enterprise-manager', outcome: 'done', address: '127.0.0.1' });
    expect(row.detail).toMatchObject({ filter: { name: true, idNumber: false }, shown: 1, total: 1 });
    expect(JSON.stringify(row.detail)).not.toContain('林守诚');
  });

  it('refuses filters outside reach and records the attempt', async () => {
    const manager = await people.as('manager');
    expect((await manager.get(`/api/people?organisationId=${pengtu.id}`)).status).toBe(403);
    const officer = await people.as('officer-city');
    expect((await officer.get('/api/people?region=440300')).status).toBe(403);
    expect(await lastAudit('officer-city', 'people.read')).toMatchObject({ outcome: 'denied' });
    expect((await officer.get<Page>('/api/people?region=440104')).body.total).toBe(30);
    expect((await officer.get<Page>(`/api/people?organisationId=${lingxue.id}`)).body.total).toBe(30);
  });
});

describe('One person', () => {
  it('is shown masked to those within reach, and the look is recorded', async () => {
    const id = await firstPersonOf('manager');
    const { body, status } = await (await people.as('officer-county')).get<PersonDetail>(`/api/people/${id}`);
    expect(status).toBe(200);
    expect(body.birthDate).toMatch(/^19\d\d-/);
    expect(await lastAudit('officer-county', 'people.read')).toMatchObject({ object_id: id, outcome: 'done' });
  });

  it('is refused outside reach, and the attempt is recorded', async () => {
    const id = await firstPersonOf('manager-sz');
    expect((await (await people.as('manager')).get(`/api/people/${id}`)).status).toBe(403);
    expect(await lastAudit('manager', 'people.read')).toMatchObject({ object_id: id, outcome: 'denied' });
  });

  it('is never shown to operators', async () => {
    const id = await firstPersonOf('manager');
    for (const login of ['sysadmin', 'secadmin', 'auditor', 'reviewer', 'driver']) {
      expect((await (await people.as(login)).get(`/api/people/${id}`)).status, login).toBe(403);
    }
  });

  it('is revealed in full only for a reason, which is recorded', async () => {
    const manager = await people.as('manager');
    const { body } = await manager.get<Page>(`/api/people?name=${encodeURIComponent('林守诚')}`);
    const id = body.items[0]?.id ?? '';
    expect((await manager.post(`/api/people/${id}/reveal`, { reason: ' ' })).status).toBe(400);
    const full = await manager.post<{ name: string; idNumber: string }>(`/api/people/${id}/reveal`, {
      reason: '核对证件',
    });
    expect(full.body.name).toBe('林守诚');
    expect(full.body.idNumber).toBe(DEMO_LEARNERS[0]?.idNumber.normalised);
    expect(await lastAudit('manager', 'people.reveal')).toMatchObject({
      object_id: id,
      detail: { reason: '核对证件' },
    });
  });
});

describe('Putting somebody on the roster', () => {
  const idNumber = synthetic('44019919850305001');
  const create = async (login: string, body: Record<string, unknown>) =>
    (await people.as(login)).post<{ person: PersonDetail; created: boolean; initialPassword: string | null } & Refusal>(
      '/api/people',
      body,
    );

  it('registers an unknown person with an account whose first sign-in changes the password', async () => {
    const { body, status } = await create('manager', {
      name: '容 新来',
      idNumber: idNumber.toLowerCase(),
      organisationId: linglan.id,
      post: '驾驶员',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      created: true,
      person: { nameMasked: '容***', sex: 'male', birthDate: '1985-03-05', hasAccount: true },
    });
    expect(body.person.region.code).toBe('440104');
    const answer = await people.test
      .client()
      .post('/api/auth/sign-in', { login: idNumber, password: body.initialPassword ?? '' });
    expect(answer.body.next).toBe('change-password');
  });

  it('joins a known person to another organisation without a new password', async () => {
    const { body } = await create('manager-sz', { name: '容 新来', idNumber, organisationId: pengtu.id });
    expect(body).toMatchObject({ created: false, initialPassword: null });
    expect(body.person.affiliations.map(({ organisation }) => organisation.id)).toEqual(
      expect.arrayContaining([linglan.id, pengtu.id]),
    );
  });

  it.each([
    [{ name: '容新来' }, 409, 'people.name_differs'],
    [{}, 409, 'people.already_on_roster'],
    [{ idNumber: '440199198503050019' }, 422, 'people.id_number_invalid'],
    [{ idNumber: synthetic('44019919850230001') }, 422, 'people.id_number_invalid'],
    [{ organisationId: pengtu.id }, 403, 'platform.not_allowed'],
    [{ organisationId: crypto.randomUUID() }, 404, 'people.organisation_not_found'],
    [{ name: '' }, 400, 'platform.bad_input'],
  ])('refuses %j with %i %s', async (change, status, code) => {
    const answer = await create('manager', { name: '容 新来', idNumber, organisationId: linglan.id, ...change });
    expect(answer.body.error.code).toBe(code);
    expect(answer.status).toBe(status);
  });

  it('registers one number once when two ask at the same moment', async () => {
    const number = synthetic('44019919850305002');
    const bodies = [linglan, linglan, linglan].map(({ id }) => ({
      name: '容双',
      idNumber: number,
      organisationId: id,
    }));
    const answers = await Promise.all(bodies.map((body) => create('manager', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('is not for officers', async () => {
    expect((await create('officer-city', { name: '容新', idNumber, organisationId: linglan.id })).status).toBe(403);
  });
});

describe('Resetting a learner’s password', () => {
  it('ends the sessions and lets the new first password in', async () => {
    const manager = await people.as('manager');
    const { idNumber } = DEMO_LEARNERS[20] ?? {};
    const login = idNumber?.normalised ?? '';
    const learner = people.test.client();
    await learner.post('/api/auth/sign-in', { login, password: DEMO_PASSWORD });
    const { body } = await manager.get<Page>(`/api/people?idNumber=${login}`);
    const reset = await manager.post<{ initialPassword: string }>(`/api/people/${body.items[0]?.id}/reset-password`);
    expect(reset.status).toBe(200);
    await expect.poll(async () => (await learner.get('/api/auth/me')).status).toBe(401);
    const answer = await people.test
      .client()
      .post('/api/auth/sign-in', { login, password: reset.body.initialPassword });
    expect(answer.body.next).toBe('change-password');
  });
});

describe('Regions', () => {
  it('are walked from province to county, with cities without counties', async () => {
    const driver = await people.as('driver');
    const get = async (query: string) =>
      (
        await driver.get<{ items: { code: string; name: string; hasChildren: boolean }[]; dataDate: string }>(
          `/api/regions${query}`,
        )
      ).body;
    expect((await get('')).items).toHaveLength(31);
    const cities = await get('?parent=440000');
    expect(cities.items).toHaveLength(21);
    expect(cities.dataDate).toBe('2023-06-30');
    expect(cities.items.find(({ code }) => code === '441900')).toMatchObject({ name: '东莞市', hasChildren: false });
    expect((await get('?parent=440100')).items.find(({ code }) => code === '440104')?.name).toBe('越秀区');
    expect((await get('?parent=441900')).items).toEqual([]);
    expect((await driver.get('/api/regions?parent=999999')).status).toBe(404);
  });
});

describe('Organisations', () => {
  it.each([
    ['manager', 1],
    ['officer-county', 3],
    ['officer-city', 5],
    ['officer-province', 10],
    ['secadmin', 10],
  ])('shows %s %i of them', async (login, total) => {
    const { body } = await (await people.as(login)).get<{ items: { name: string }[]; total: number }>(
      '/api/organisations',
    );
    expect(body.total).toBe(total);
    expect(body.items).toHaveLength(total);
  });

  it('are found by part of the name, by type and by region', async () => {
    const officer = await people.as('officer-province');
    const total = async (query: string) =>
      (await officer.get<{ total: number }>(`/api/organisations?${query}`)).body.total;
    expect(await total(`q=${encodeURIComponent('岭')}`)).toBe(2);
    expect(await total('type=enterprise')).toBe(3);
    expect(await total('region=441900')).toBe(1);
    expect(await total(`q=${linglan.uscc.toLowerCase()}`)).toBe(1);
  });
});

describe('The demo data', () => {
  it('can be written twice', async () => {
    const count = async () =>
      (
        await people.database.owner.query(
          'select (select count(*) from person) p, (select count(*) from account) a, (select count(*) from membership) m',
        )
      ).rows;
    const before = await count();
    await seedDemoPeople(people.test.platform);
    expect(await count()).toEqual(before);
  });
});
