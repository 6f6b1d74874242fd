import { getLearningHome } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyStudy } from '../../verify/verify-study.ts';
import { learner } from '../testing/actors.ts';
import { buildWorld, type World } from '../testing/world.ts';
import { findPersonIdByLogin } from '../../../people/index.ts';
import { seedDemoHistory } from './seed-demo-history.ts';

let world: World;

beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world.close());

const count = async (sql: string): Promise<number> =>
  (await world.database.owner.query<{ n: number }>(sql)).rows[0]?.n ?? 0;

describe('the demo history', () => {
  it('holds against every rule: verify finds no difference', async () => {
    const found: unknown[] = [];
    const verdict = await verifyStudy(world.database.pool, undefined, (difference) => found.push(difference));
    expect(found).toEqual([]);
    expect(verdict.sessions).toBeGreaterThan(80);
    expect(verdict.creditedSeconds).toBeGreaterThan(40 * 160);
  });

  it('shows every kind of end and refusal', async () => {
    const ends = await world.database.owner.query<{ reason: string }>(
      `select distinct detail::json ->> 'reason' as reason from study_evidence where kind = 4`,
    );
    expect(ends.rows.map((row) => row.reason).sort()).toEqual([
      'finished',
      'left',
      'no-presence',
      'taken-over',
      'vanished',
    ]);
    expect(await count(`select count(*) as n from study_evidence where kind = 3`)).toBeGreaterThan(0);
  });

  it('has sessions on the desk for suspicious hours, each with its reason', async () => {
    const { rows } = await world.database.owner.query<{ people: number; reasons: string }>(
      'select count(distinct person_id)::int as people, string_agg(reasons::text, $1) as reasons from review_case',
      [' '],
    );
    expect(rows[0]?.people).toBe(2);
    expect(rows[0]?.reasons).toContain('impossible-travel');
  });

  it('owes everybody something and fakes nobody who studies now', async () => {
    const learners = await count('select count(*) as n from account a where person_id is not null');
    expect(await count('select count(distinct person_id) as n from training_assignment')).toBe(learners);
    expect(await count('select count(*) as n from live_study_session')).toBe(0);
    expect(await count('select count(distinct person_id) as n from study_session')).toBeGreaterThanOrEqual(40);
  });

  it('changes nothing when written again', async () => {
    const before = await count('select count(*) as n from study_evidence');
    await seedDemoHistory(world.test.platform);
    expect(await count('select count(*) as n from study_evidence')).toBe(before);
  });

  it('gives the driver one course half done, one not started and one done', async () => {
    const personId = await findPersonIdByLogin(world.database.pool, world.test.platform.keys, 'driver');
    const answer = await world.test.as(learner(personId ?? '')).get('/api/learning/home');
    const home = getLearningHome.answer.parse(answer.body);
    expect(home.displayName).toBe('林守诚');
    expect(home.standing.mayWork).toBe(true);
    expect(home.doneThisYear.length + home.obligations.length).toBe(3);
    const parts = [...home.obligations, ...home.doneThisYear].map((one) => one.creditedSeconds / one.requiredSeconds);
    expect(parts.filter((part) => part === 0)).toHaveLength(1);
    expect(parts.filter((part) => part === 1)).toHaveLength(1);
    expect(parts.filter((part) => part > 0.2 && part < 0.8)).toHaveLength(1);
  });
});
