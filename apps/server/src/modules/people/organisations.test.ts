import type { OrganisationView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addFirstOperator } from './add-first-operator.ts';
import { DEMO_ORGANISATIONS } from './demo-organisations.ts';
import { type PeopleTest, startPeopleTest } from './testing.ts';

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
});
afterAll(() => people.close());

const create = async (login: string, change: Record<string, unknown> = {}) =>
  (await people.as(login)).post<OrganisationView & { error: { code: string } }>('/api/organisations', {
    name: '广州容新客运有限公司',
    type: 'enterprise',
    uscc: '91440106MA0000015E',
    regionCode: '440106',
    ...change,
  });

describe('Registering an organisation', () => {
  it.each([
    ['officer-county', { regionCode: '440106' }, 403, 'platform.not_allowed'],
    ['officer-city', { regionCode: '440305' }, 403, 'platform.not_allowed'],
    ['manager', {}, 403, 'platform.not_allowed'],
    ['officer-city', { uscc: '91440101MA59T0QY6H' }, 422, 'people.uscc_invalid'],
    ['officer-city', { regionCode: '440199' }, 404, 'people.region_not_found'],
    ['officer-city', { uscc: DEMO_ORGANISATIONS.linglan.uscc }, 409, 'people.uscc_taken'],
  ])('is refused to %s with %j: %i %s', async (login, change, status, code) => {
    const answer = await create(login, change);
    expect(answer.body.error.code).toBe(code);
    expect(answer.status).toBe(status);
  });

  it('is done by the officer of the city, and found afterwards', async () => {
    const { status, body } = await create('officer-city', { uscc: '91440106ma0000015e' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ uscc: '91440106MA0000015E', region: { name: '天河区', level: 'county' } });
    const found = await (await people.as('officer-province')).get<{ items: OrganisationView[] }>(
      '/api/organisations?q=容新',
    );
    expect(found.body.items.map(({ id }) => id)).toEqual([body.id]);
  });
});

describe('The first security operator', () => {
  const run = async (...args: string[]) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const code = await addFirstOperator(people.test.platform, args);
    const text = [...write.mock.calls, ...error.mock.calls].map(([line]) => String(line)).join('');
    write.mockRestore();
    error.mockRestore();
    return { code, text };
  };
  const args = ['first.sec', '安守门', '粤试平台有限公司', '91310115000000019M', '440106'] as const;

  it('is made from the command line, once', async () => {
    expect(await run(...args)).toMatchObject({ code: 1 });
    await people.database.owner.query(`delete from membership where role = 'security-operator'`);
    const { code, text } = await run(...args);
    expect(code).toBe(0);
    const password = /first password: (\S+)/.exec(text)?.[1] ?? '';
    const answer = await people.test.client().post('/api/auth/sign-in', { login: 'first.sec', password });
    expect(answer.body.next).toBe('change-password');
    expect((await run(...args)).code).toBe(1);
  });

  it('says how to ask when asked wrongly', async () => {
    expect(await run('x')).toMatchObject({ code: 2, text: expect.stringContaining('usage:') });
  });
});
