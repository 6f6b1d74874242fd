import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from './sessions.ts';
import { type PeopleTest, signInAs, startPeopleTest } from './testing.ts';

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
});
afterAll(() => people.close());

describe('What an instance remembers of sessions', () => {
  it('spares the database a read per request', async () => {
    const client = await signInAs(people.test, 'driver');
    const queries: string[] = [];
    const { pool } = people.test.platform;
    const query = pool.query;
    pool.query = ((...args: Parameters<typeof query>) => {
      const [first] = args as unknown as [string | { text: string }];
      queries.push(typeof first === 'string' ? first : first.text);
      return query.apply(pool, args);
    }) as typeof query;
    for (let n = 0; n < 10; n += 1) expect((await client.get('/api/regions')).status).toBe(200);
    pool.query = query;
    expect(queries.filter((text) => text.includes('login_session'))).toEqual([]);
  });

  it('is forgotten when another instance ends the sessions', async () => {
    const client = await signInAs(people.test, 'driver-sz');
    const { rows } = await people.database.owner.query<{ id: string }>(
      `select id from account where login_name = 'driver-sz'`,
    );
    await endAllSessions(people.database.owner, rows[0]?.id ?? '');
    await expect.poll(async () => (await client.get('/api/auth/me')).status).toBe(401);
  });

  it('is believed for five seconds only while announcements cannot be heard, and longer again afterwards', async () => {
    const client = await signInAs(people.test, 'chemworker');
    const { rows } = await people.database.owner.query<{ id: string }>(
      `select id from account where login_name = 'chemworker'`,
    );
    expect((await client.get('/api/regions')).status).toBe(200);
    const listening = `from pg_stat_activity where datname = current_database() and query like 'listen %'`;
    await people.database.pool.query(`select pg_terminate_backend(pid) ${listening}`);
    await people.database.owner.query('delete from login_session where account_id = $1', [rows[0]?.id]);
    await expect
      .poll(async () => {
        people.test.clock.advance(5_000);
        return (await client.get('/api/regions')).status;
      })
      .toBe(401);
    await expect
      .poll(async () => (await people.database.pool.query(`select 1 ${listening}`)).rowCount, { timeout: 10_000 })
      .toBe(1);
  });
});
