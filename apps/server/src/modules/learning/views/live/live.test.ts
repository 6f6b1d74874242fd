import { getLive, getSessionProof, listLiveSessions, openStudySession } from '@antu/contract';
import { chinaDateOf } from '@antu/domain';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_LEARNERS, DEMO_ORGANISATIONS } from '../../../people/index.ts';
import { actorOf, learner } from '../testing/actors.ts';
import { buildWorld, type World } from '../testing/world.ts';
import { deleteOldOutcomes, deriveOutcomes } from './live-jobs.ts';

let world: World;
const sessions: string[] = [];
const seats = [0, 1, DEMO_LEARNERS.findIndex((one) => one.employer === 'pengtu')];

beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world.close());

const { province, guangzhou, linglan, pengtu } = DEMO_ORGANISATIONS;
const officer = () => world.test.as(actorOf('officer-province', province.id, province.regionCode));
const watch = async (query = '') => getLive.answer.parse((await officer().get(`/api/supervision/live${query}`)).body);

async function openOne(seat: number): Promise<void> {
  const personId = await world.personAt(seat);
  const client = world.test.as(learner(personId));
  // The last course is of the other scheme: assigned to nobody of the road scheme, so give it to them.
  const courseId = world.courses[3]?.courseId ?? '';
  const organisationId = DEMO_LEARNERS[seat]?.employer === 'pengtu' ? pengtu.id : linglan.id;
  await world.database.owner.query(
    `insert into training_assignment (bucket, id, person_id, course_id, organisation_id)
     select bucket, gen_random_uuid(), id, $2, $3 from person where id = $1 on conflict do nothing`,
    [personId, courseId, organisationId],
  );
  const answer = await client.post('/api/study-sessions', {
    lessonVersionId: world.courses[3]?.lessonVersionIds[1] ?? '',
    device: { kind: 'phone', name: 'Android' },
  });
  expect(answer.status, answer.text).toBe(200);
  const { status } = openStudySession.answer.parse(answer.body);
  sessions.push(status.sessionId);
}

async function beat(seat: number, session: number, seq: number, mediaMs: number, activity = 'playing'): Promise<void> {
  const client = world.test.as(learner(await world.personAt(seat)));
  const beats = [{ seq, mediaMs, activity, touched: true, ageMs: 0 }];
  const answer = await client.post(`/api/study-sessions/${sessions[session]}/beats`, { beats });
  expect(answer.status, answer.text).toBe(200);
}

describe('live page', () => {
  it('is honestly empty when nobody studies', async () => {
    const live = await watch();
    expect(live).toMatchObject({ total: 0, counting: 0, organisations: [], schemes: [] });
    expect(live.regions).toHaveLength(21);
    expect(live.regions[0]?.name).toBe('广州市');
    const affiliated = await world.database.owner.query<{ n: number }>(
      `select count(distinct person_id) as n from person_affiliation a join organisation o on o.id = a.organisation_id
       where to_date is null and o.region_code like '4401%'`,
    );
    expect(live.regions[0]?.population).toBe(affiliated.rows[0]?.n);
    const slots =
      (world.test.clock.nowMs() - Date.parse(`${chinaDateOf(world.test.clock.nowMs())}T00:00:00+08:00`)) / 600_000;
    expect(live.curve).toHaveLength(Math.floor(slots) + 1);
  });

  it('counts who studies and whose clock runs, by region, organisation and scheme', async () => {
    for (const seat of seats) await openOne(seat);
    world.test.clock.advance(1_000);
    for (const [at, seat] of seats.entries()) await beat(seat, at, 1, 0);
    world.test.clock.advance(15_000);
    await beat(seats[0] ?? 0, 0, 2, 15_000);
    await beat(seats[1] ?? 0, 1, 2, 15_000, 'hidden');
    await beat(seats[2] ?? 0, 2, 2, 15_000);
    const live = await watch();
    expect(live).toMatchObject({ total: 3, counting: 2 });
    expect(live.regions.slice(0, 2).map((one) => [one.name, one.learners])).toEqual([
      ['广州市', 2],
      ['深圳市', 1],
    ]);
    expect(live.organisations.map((one) => [one.id, one.learners])).toEqual([
      [linglan.id, 2],
      [pengtu.id, 1],
    ]);
    expect(live.schemes).toEqual([{ scheme: 'driver-licence', learners: 3 }]);
    expect((await watch('?region=440100')).total).toBe(2);
    expect((await watch('?scheme=road-transport')).total).toBe(0);
  });

  it('lists the learners masked, within the region only', async () => {
    const all = listLiveSessions.answer.parse((await officer().get('/api/supervision/live/sessions?limit=2')).body);
    expect(all.total).toBe(3);
    expect(all.items).toHaveLength(2);
    const rest = listLiveSessions.answer.parse(
      (await officer().get(`/api/supervision/live/sessions?limit=2&cursor=${all.nextCursor}`)).body,
    );
    expect(new Set([...all.items, ...rest.items].map((one) => one.sessionId))).toEqual(new Set(sessions));
    for (const item of all.items) expect(item.nameMasked).toMatch(/^.\*+$/u);
    const city = world.test.as(actorOf('officer-city', guangzhou.id, guangzhou.regionCode));
    const inCity = listLiveSessions.answer.parse((await city.get('/api/supervision/live/sessions')).body);
    expect(inCity.total).toBe(2);
    expect((await city.get('/api/supervision/live?region=440300')).status).toBe(403);
    expect((await city.get('/api/supervision/live/sessions?region=440000')).status).toBe(403);
    expect(
      (await world.test.as(actorOf('enterprise-manager', linglan.id, linglan.regionCode)).get('/api/supervision/live'))
        .status,
    ).toBe(403);
  });

  it('a running session has a proof too: closed rows and the open reports', async () => {
    const answer = await officer().get(`/api/study-sessions/${sessions[1]}/proof`);
    const proof = getSessionProof.answer.parse(answer.body);
    expect(proof.check).toMatchObject({ chainOk: true, recomputedOk: true, live: true, recomputedSeconds: 0 });
    expect(proof.creditedSeconds).toBe(15);
    expect(proof.totalSeconds).toBe(16);
    expect(proof.session.endedAt).toBeNull();
    expect(proof.beats.map((one) => one.activity)).toEqual(['playing', 'hidden']);
  });

  it('a hundred watching officers cost one count', async () => {
    world.test.clock.advance(60_000);
    const client = officer();
    const before = await statementsWith('from live_study_session group by');
    await Promise.all(Array.from({ length: 100 }, () => client.get('/api/supervision/live')));
    expect((await statementsWith('from live_study_session group by')) - before).toBe(1);
  });

  it('adds what was credited and refused today once the sessions are over', async () => {
    for (const [at, seat] of seats.entries()) {
      const client = world.test.as(learner(await world.personAt(seat)));
      const beats = [{ seq: 9, mediaMs: 15_000, activity: 'paused', touched: true, ageMs: 0 }];
      await client.post(`/api/study-sessions/${sessions[at]}/close`, { beats });
    }
    const nowMs = world.test.clock.nowMs();
    const written = await deriveOutcomes(world.database.pool, nowMs);
    expect(written).toBeGreaterThanOrEqual(3);
    expect(await deriveOutcomes(world.database.pool, nowMs)).toBe(0);
    const today = chinaDateOf(nowMs);
    const byHand = await world.database.owner.query<{ credited: number }>(
      'select sum(credited_seconds)::int as credited from hour_ledger_entry where day = $1',
      [today],
    );
    for (const later of [15_000, 130_000, 130_000]) {
      // Sums settle as time goes on; they must not be lost or counted twice on the way.
      world.test.clock.advance(later);
      const live = await watch();
      expect(live.total).toBe(0);
      if (chinaDateOf(world.test.clock.nowMs()) === today) {
        expect(live.todayCreditedSeconds).toBe(byHand.rows[0]?.credited);
        expect(live.refusals.find((one) => one.reason === 'hidden')?.seconds ?? 0).toBeGreaterThanOrEqual(60);
        expect(live.todayRefusedSeconds).toBe(live.refusals.reduce((sum, one) => sum + one.seconds, 0));
      }
    }
  });

  it('keeps outcomes for as long as they could be derived again, and no longer', async () => {
    const { pool } = world.database;
    const nowMs = world.test.clock.nowMs();
    const count = async () =>
      (await pool.query<{ n: number }>('select count(*)::int as n from study_session_outcome')).rows[0]?.n;
    const derived = await count();
    expect(derived).toBeGreaterThanOrEqual(3);
    await deleteOldOutcomes(pool, nowMs + 71 * 3_600_000);
    expect(await count()).toBe(derived);
    await deleteOldOutcomes(pool, nowMs + 73 * 3_600_000);
    expect(await count()).toBe(0);
    expect(await deriveOutcomes(pool, nowMs + 73 * 3_600_000)).toBe(0);
  });

  it('streams snapshots as server-sent events and ends with the server', async () => {
    await world.test.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = world.test.app.server.address() as AddressInfo;
    const actor = actorOf('officer-province', province.id, province.regionCode);
    world.test.as(actor);
    const answer = await fetch(`http://127.0.0.1:${port}/api/supervision/live/stream`, {
      headers: { 'x-test-actor': actor.sessionId },
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.getReader();
    const events: string[] = [];
    const decoder = new TextDecoder();
    let text = '';
    while (events.length < 2) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      text += decoder.decode(value, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      events.push(...parts);
    }
    expect(events).toHaveLength(2);
    for (const event of events) {
      const [name, data = ''] = event.split('\n');
      expect(name).toBe('event: snapshot');
      expect(getLive.answer.parse(JSON.parse(data.slice('data: '.length))).region.code).toBe('440000');
    }
    await reader?.cancel();
  }, 20_000);
});

/** How many statements of this process held the text, counted at the pool. */
const sent: string[] = [];
async function statementsWith(text: string): Promise<number> {
  if (sent.length === 0) {
    const { pool } = world.database;
    const query = pool.query.bind(pool) as (...parts: unknown[]) => unknown;
    Object.assign(pool, {
      query: (...parts: unknown[]) => {
        sent.push(typeof parts[0] === 'string' ? parts[0] : ((parts[0] as { text?: string } | undefined)?.text ?? ''));
        return query(...parts);
      },
    });
    sent.push('');
  }
  return sent.filter((one) => one.replaceAll(/\s+/g, ' ').includes(text)).length;
}
