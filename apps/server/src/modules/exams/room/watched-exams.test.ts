import { randomUUID } from 'node:crypto';
import type { ExamView, WatchedExam } from '@antu/contract';
import { bucketOf, PERMISSION_NAMES, permissionRule, placeInBucket, type Role } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestClient, testActor } from '../../../platform/testing/index.ts';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { type ExamWorld, makeExamWorld, makePlan, TWO_KINDS } from '../testing/exam-world.ts';

const HOUR_MS = 3_600_000;
const AWAY_MS = 600_000;
let world: ExamWorld;
let planId: string;
let exams: readonly [ExamView, ExamView];

beforeAll(async () => {
  world = await makeExamWorld();
  planId = await makePlan(world, false);
  const make = async (hours: number): Promise<ExamView> => {
    const startMs = nowMs() + hours * HOUR_MS;
    const answer = await world.bank.teacher.client.post<ExamView>('/api/exams', {
      organisationId: world.bank.bodyId,
      titleZh: `第 ${hours} 小时`,
      planId,
      ruleSetId: TWO_KINDS,
      place: { mode: 'online', address: null },
      opensAt: new Date(startMs).toISOString(),
      closesAt: new Date(startMs + 3 * HOUR_MS).toISOString(),
      capacity: 10,
    });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  exams = [await make(3), await make(6)];
}, 60_000);
afterAll(() => world.bank.close());

const nowMs = () => world.bank.test.clock.nowMs();
function as(role: Role, regionCode: string, accountId: string = randomUUID()): TestClient {
  const permissions = PERMISSION_NAMES.filter((permission) => permissionRule(permission).roles.includes(role));
  const memberships = [{ membershipId: randomUUID(), role, organisationId: randomUUID(), regionCode }];
  return world.bank.test.as(testActor({ accountId, permissions, memberships }));
}
const city = () => as('officer-city', '440100');
const list = async (client: TestClient, query: string) =>
  (await client.get<{ items: WatchedExam[]; nextCursor: string | null; total: number }>(`/api/watched-exams?${query}`))
    .body;
const idsOf = async (client: TestClient, query: string) => (await list(client, query)).items.map(({ id }) => id);
const setState = (examId: string, state: string) =>
  world.bank.database.owner.query('update exam set state = $2 where id = $1', [examId, state]);

/** Somebody who sits the first exam. */
async function addSitting(state: string, alerts: readonly string[] = []): Promise<void> {
  const { personId } = await world.candidate();
  const bucket = bucketOf(personId);
  await world.bank.database.owner.query(
    `insert into exam_sitting (bucket, id, person_id, kind, exam_id, plan_id, rule_set_id, title_zh, state, opens_at, closes_at,
       duration_seconds, grace_seconds, alerts, void_reason, created_at)
     values ($1, $2, $3, 'formal', $4, $5, $6, '', $7, now(), now(), 5400, 120, $8, case when $7 = 'voided' then '代考' end, now())`,
    [bucket, placeInBucket(randomUUID(), bucket), personId, exams[0].id, planId, TWO_KINDS, state, alerts],
  );
}

describe('exams to watch', () => {
  it('are those of the officer’s region and all below it, and of nobody else', async () => {
    const both = [exams[0].id, exams[1].id];
    expect(await idsOf(city(), 'stage=coming')).toEqual(both);
    expect(await idsOf(as('officer-county', '440104'), 'stage=coming')).toEqual(both);
    expect(await idsOf(as('officer-county', '440106'), 'stage=coming')).toEqual([]);
    expect(await idsOf(as('officer-city', '440300'), 'stage=coming')).toEqual([]);
    expect(await idsOf(world.bank.teacher.client, 'stage=coming')).toEqual(both);
    expect(await idsOf(world.bank.otherTeacher.client, 'stage=coming')).toEqual([]);
  });

  it('can be narrowed to a region within reach, and to no other', async () => {
    expect(await idsOf(city(), 'stage=coming&region=440104')).toHaveLength(2);
    expect(await idsOf(city(), 'stage=coming&region=440106')).toEqual([]);
    const outside = await city().get('/api/watched-exams?stage=coming&region=440300');
    expect([outside.status, codeOf(outside)]).toEqual([403, 'platform.not_allowed']);
  });

  it('come page by page in the order of their opening', async () => {
    const client = city();
    const first = await list(client, 'stage=coming&limit=1');
    expect([first.items.map(({ id }) => id), first.total]).toEqual([[exams[0].id], 2]);
    const next = await list(client, `stage=coming&limit=1&cursor=${first.nextCursor}`);
    expect([next.items.map(({ id }) => id), next.nextCursor]).toEqual([[exams[1].id], null]);
  });

  it('stand in their stage with how far their candidates are', async () => {
    await setState(exams[0].id, 'open');
    await addSitting('running', ['left-often']);
    await addSitting('running');
    // Once it is handed in an alert is history.
    await addSitting('submitted', ['copy']);
    await addSitting('timed-out');
    await addSitting('marked');
    await addSitting('voided');
    await addSitting('frozen');
    const client = city();
    const [running] = (await list(client, '')).items;
    expect(running).toMatchObject({
      id: exams[0].id,
      region: { code: '440104' },
      counts: { running: 2, handedIn: 3, alerts: 1, voided: 1 },
    });
    await setState(exams[0].id, 'closed');
    await setState(exams[1].id, 'closed');
    expect(await idsOf(client, '')).toEqual([]);
    expect(await idsOf(client, 'stage=over')).toEqual([exams[1].id, exams[0].id]);
    await setState(exams[0].id, 'planned');
    await setState(exams[1].id, 'planned');
  });
});

describe('the board of an exam', () => {
  it('is read by officers of the region, who cannot act in the room', async () => {
    const path = `/api/exams/${exams[0].id}`;
    expect((await city().get(`${path}/board`)).status).toBe(200);
    expect((await as('officer-city', '440300').get(`${path}/board`)).status).toBe(403);
    expect((await city().post(`${path}/extend`, { sittingId: null, seconds: 600, reason: '停电' })).status).toBe(403);
    expect((await city().post(`${path}/messages`, { text: '还有十分钟' })).status).toBe(403);
    expect((await world.bank.teacher.client.post(`${path}/messages`, { text: '还有十分钟' })).status).toBe(200);
  });

  it('is one look in the audit log however often its page asks, and another one after a break', async () => {
    const accountId = randomUUID();
    const client = as('officer-city', '440100', accountId);
    const looks = async (): Promise<number> => {
      const { rows } = await world.bank.database.owner.query(
        `select 1 from audit_entry where action = 'exams.board' and account_id = $1`,
        [accountId],
      );
      return rows.length;
    };
    const look = () => client.get(`/api/exams/${exams[0].id}/board`);
    await look();
    await look();
    expect(await looks()).toBe(1);
    const { clock } = world.bank.test;
    clock.set(new Date(nowMs() + AWAY_MS));
    await look();
    expect(await looks()).toBe(1);
    clock.set(new Date(nowMs() + AWAY_MS + 1));
    await look();
    expect(await looks()).toBe(2);
    await client.get(`/api/exams/${exams[1].id}/board`);
    expect(await looks()).toBe(3);
  });
});
