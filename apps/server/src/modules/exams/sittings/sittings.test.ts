import { randomUUID } from 'node:crypto';
import type { SittingPaper, SittingResult, SittingView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { closeTimedOut } from '../marking/jobs.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { type Candidate, type ExamWorld, makeExamWorld, makePlan } from '../testing/exam-world.ts';

let world: ExamWorld;
let planId: string;
beforeAll(async () => {
  world = await makeExamWorld();
  planId = await makePlan(world, true);
}, 60_000);
afterAll(() => world.bank.close());

const now = () => world.bank.test.clock.nowMs();
const pass = (seconds: number) => world.bank.test.clock.advance(seconds * 1000);
const pool = () => world.bank.database.pool;

/** A candidate who has just begun a mock exam. */
async function begun(): Promise<{ who: Candidate; paper: SittingPaper; deviceId: string }> {
  const who = await world.candidate();
  const { body } = await who.client.post<SittingView>('/api/mock-exams', { planId });
  const deviceId = randomUUID();
  const started = await who.client.post<SittingPaper>(`/api/exam-sittings/${body.id}/start`, { deviceId });
  expect(started.status).toBe(200);
  return { who, paper: started.body, deviceId };
}
const save = (who: Candidate, { id, deviceToken }: SittingPaper, seq: number, item: number, answer: unknown) =>
  who.client.post<{ counts: boolean; state: string }>(`/api/exam-sittings/${id}/answers`, {
    deviceToken,
    seq,
    answers: [{ item, answer, agoMs: 0 }],
  });
const submit = (who: Candidate, { id, deviceToken }: SittingPaper) =>
  who.client.post<SittingView>(`/api/exam-sittings/${id}/submit`, { deviceToken });
const result = async (who: Candidate, { id }: SittingPaper) =>
  (await who.client.get<SittingResult>(`/api/exam-sittings/${id}/result`)).body;
const mark = ({ id }: SittingPaper) => markSitting(pool(), id, now());

describe('A sitting', () => {
  it('is begun, answered, handed in, marked and explained', async () => {
    const { who, paper } = await begun();
    expect(paper.items).toHaveLength(75);
    expect(JSON.stringify(paper)).not.toMatch(/"(right|explanation|clause|accepted)"|道路交通安全法/);
    // Every judgement of the bank is right; the choice is 改用近光灯, wherever the paper shows it.
    for (const { item, question } of paper.items) {
      const answer =
        question.kind === 'single' ? question.options.find(({ text }) => text === '改用近光灯')?.key : true;
      expect((await save(who, paper, item + 1, item, answer)).body.counts).toBe(true);
    }
    expect(await result(who, paper)).toMatchObject({ state: 'waiting', points: null, items: null, topics: [] });
    expect((await submit(who, paper)).body.state).toBe('submitted');
    expect((await submit(who, paper)).body.state).toBe('submitted');
    await mark(paper);
    expect(await mark(paper)).toBeUndefined();
    const told = await result(who, paper);
    expect(told).toMatchObject({ state: 'marked', points: 100, totalPoints: 100, passPoints: 80, passed: true });
    expect(told.topics).toEqual([expect.objectContaining({ titleZh: '主题', earned: 100, points: 100 })]);
    expect(told.items?.every(({ given, right }) => JSON.stringify(given) === JSON.stringify(right))).toBe(true);
  });

  it('is begun by many in the same moment, each with the own paper', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => world.candidate()));
    const opened = await Promise.all(
      people.map(({ client }) => client.post<SittingView>('/api/mock-exams', { planId })),
    );
    const started = await Promise.all(
      people.map(({ client }, at) =>
        client.post<SittingPaper>(`/api/exam-sittings/${opened[at]?.body.id}/start`, { deviceId: randomUUID() }),
      ),
    );
    expect(started.map(({ body }) => body.id)).toEqual(opened.map(({ body }) => body.id));
    for (const [at, who] of people.entries()) {
      const paper = started[at]?.body as SittingPaper;
      const { rows } = await pool().query<{ asked: string }>('select asked from exam_paper where sitting_id = $1', [
        paper.id,
      ]);
      expect(paper.items).toEqual(JSON.parse(rows[0]?.asked ?? ''));
      expect((await save(who, paper, 1, 0, true)).body.counts).toBe(true);
      const events = await pool().query('select kind, detail from exam_event where sitting_id = $1', [paper.id]);
      expect(events.rows).toEqual([{ kind: 'started', detail: '127.0.0.1' }]);
    }
  });

  it('lets in one of two devices that begin in the same moment', async () => {
    const who = await world.candidate();
    const { body } = await who.client.post<SittingView>('/api/mock-exams', { planId });
    const start = () =>
      who.client.post<SittingPaper>(`/api/exam-sittings/${body.id}/start`, { deviceId: randomUUID() });
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [token] = both.flatMap(({ status, body: paper }) => (status === 200 ? [paper] : []));
    expect((await save(who, token as SittingPaper, 1, 0, true)).status).toBe(200);
  });

  it('answers a save that comes twice as the first time, and keeps the first', async () => {
    const { who, paper } = await begun();
    expect((await save(who, paper, 1, 0, true)).status).toBe(200);
    expect((await save(who, paper, 1, 0, false)).status).toBe(200);
    const { rows } = await pool().query('select answers from exam_save where sitting_id = $1', [paper.id]);
    expect(rows).toEqual([{ answers: JSON.stringify([{ item: 0, answer: true, agoMs: 0 }]) }]);
  });

  it('takes the same save twice in one moment', async () => {
    const { who, paper } = await begun();
    const both = await Promise.all([save(who, paper, 1, 0, true), save(who, paper, 1, 0, true)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each([
    ['in the last second', 90 * 60 - 1, true],
    ['in the last second of the grace', 90 * 60 + 119, true],
    ['after the grace', 90 * 60 + 121, false],
  ])('counts what arrives %s or does not', async (_, seconds, counts) => {
    const { who, paper } = await begun();
    pass(seconds);
    expect((await save(who, paper, 1, 0, true)).body.counts).toBe(counts);
    await closeTimedOut(pool(), now() + 200_000);
    await mark(paper);
    expect((await result(who, paper)).points).toBe(counts ? 1 : 0);
  });

  it('is ended by the clock, not a second before the grace is over', async () => {
    const { paper, who } = await begun();
    pass(90 * 60 + 120);
    await closeTimedOut(pool(), now());
    expect((await who.client.get<SittingView>(`/api/exam-sittings/${paper.id}`)).body.state).toBe('running');
    pass(1);
    await closeTimedOut(pool(), now());
    expect((await who.client.get<SittingView>(`/api/exam-sittings/${paper.id}`)).body.state).toBe('timed-out');
  });

  it('goes on on another device, which has everything that was saved; the first one is told', async () => {
    const { who, paper } = await begun();
    await save(who, paper, 1, 3, false);
    const phone = world.secondDevice(who);
    const start = (takeOver: boolean) =>
      phone.client.post<SittingPaper>(`/api/exam-sittings/${paper.id}/start`, { deviceId: randomUUID(), takeOver });
    expect(codeOf(await start(false))).toBe('exams.other_device');
    pass(600);
    const { body } = await start(true);
    expect(body.endsAt).toBe(paper.endsAt);
    expect(body.items).toEqual(paper.items);
    expect(body.answers).toMatchObject([{ item: 3, answer: false }]);
    pass(1);
    expect(codeOf(await save(who, paper, 2, 3, true))).toBe('exams.other_device');
    expect((await save(phone, body, 1, 3, true)).body.counts).toBe(true);
    await submit(phone, body);
    await mark(paper);
    expect((await result(who, paper)).points).toBe(1);
  });

  it('is nobody else’s: not by its id, not with its token', async () => {
    const { paper } = await begun();
    const thief = await world.candidate();
    const tries = [
      thief.client.get(`/api/exam-sittings/${paper.id}`),
      thief.client.get(`/api/exam-sittings/${paper.id}/result`),
      thief.client.post(`/api/exam-sittings/${paper.id}/start`, { deviceId: randomUUID(), takeOver: true }),
      save(thief, paper, 1, 0, true),
      submit(thief, paper),
    ];
    for (const answer of await Promise.all(tries)) {
      expect(answer.status).toBe(404);
      expect(codeOf(answer)).toBe('exams.sitting_not_found');
    }
  });

  it('takes nothing after it was handed in', async () => {
    const { who, paper, deviceId } = await begun();
    await submit(who, paper);
    expect((await save(who, paper, 1, 0, true)).body.counts).toBe(false);
    expect(codeOf(await who.client.post(`/api/exam-sittings/${paper.id}/start`, { deviceId }))).toBe('exams.over');
    await mark(paper);
    expect((await result(who, paper)).points).toBe(0);
  });

  it('counts leaves and notes what the page noticed', async () => {
    const { who, paper } = await begun();
    const report = (kinds: readonly string[]) =>
      who.client.post<SittingView>(`/api/exam-sittings/${paper.id}/events`, {
        deviceToken: paper.deviceToken,
        events: kinds.map((kind) => ({ kind, agoMs: 1_000 })),
      });
    expect((await report(['left', 'back', 'left', 'back'])).body.leaves).toBe(2);
    expect((await report(['left', 'copy'])).body.leaves).toBe(3);
    const { rows } = await pool().query('select alerts from exam_sitting where id = $1', [paper.id]);
    expect(rows).toEqual([{ alerts: expect.arrayContaining(['left-often', 'copy']) }]);
  });

  it('marks whatever candidates send without a fault', async () => {
    const { who, paper } = await begun();
    const odd = [[], ['A', 'A'], 'H', ['x', 'y'], null, [true, ['A']], false];
    for (const [at, answer] of odd.entries()) await save(who, paper, at + 1, at, answer);
    await save(who, paper, 99, 999, true);
    await submit(who, paper);
    await mark(paper);
    expect((await result(who, paper)).state).toBe('marked');
  });
});
