import { randomUUID } from 'node:crypto';
import type { saveAnswers, SittingPaper, SittingResult, SittingView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { type Candidate, type ExamWorld, makeExamWorld, makePlan } from '../testing/exam-world.ts';
import { readSaves } from './read-answers.ts';

type Saved = z.infer<(typeof saveAnswers)['answer']>;

let world: ExamWorld;
let planId: string;
beforeAll(async () => {
  world = await makeExamWorld();
  planId = await makePlan(world, true);
}, 60_000);
afterAll(() => world.bank.close());
const pool = () => world.bank.database.pool;
const pass = (seconds: number) => world.bank.test.clock.advance(seconds * 1000);

interface Device {
  readonly who: Candidate;
  readonly paper: SittingPaper;
  readonly deviceId: string;
}
const save = (
  { who, paper }: Omit<Device, 'deviceId'>,
  seq: number,
  answers: readonly [item: number, answer: boolean, agoSeconds: number][],
) =>
  who.client.post<Saved>(`/api/exam-sittings/${paper.id}/answers`, {
    deviceToken: paper.deviceToken,
    seq,
    answers: answers.map(([item, answer, agoSeconds]) => ({ item, answer, agoMs: agoSeconds * 1000 })),
  });
const submit = ({ who, paper }: Device) =>
  who.client.post(`/api/exam-sittings/${paper.id}/submit`, { deviceToken: paper.deviceToken });

/** A mock exam that runs on a laptop for ten minutes and on a phone for one. */
async function replaced(): Promise<{ laptop: Device; phone: Device }> {
  const who = await world.candidate();
  const { body } = await who.client.post<SittingView>('/api/mock-exams', { planId });
  const start = async (as: Candidate, takeOver: boolean): Promise<Device> => {
    const deviceId = randomUUID();
    const answer = await as.client.post<SittingPaper>(`/api/exam-sittings/${body.id}/start`, { deviceId, takeOver });
    return { who: as, paper: answer.body, deviceId };
  };
  const laptop = await start(who, false);
  pass(600);
  const phone = await start(world.secondDevice(who), true);
  pass(60);
  return { laptop, phone };
}

describe('A device that was replaced', () => {
  it('hands over what it had before, which never replaces what the other one saved', async () => {
    const { laptop, phone } = await replaced();
    // The paper's first 50 questions are judgements that are all right, worth a point each.
    const [one, two] = laptop.paper.items.filter(({ question }) => question.kind === 'judgement');
    const [lonely, disputed] = [one?.item ?? 0, two?.item ?? 0];
    await save(phone, 1, [[disputed, true, 0]]);
    pass(60);
    const { status, body } = await save(laptop, 7, [
      [lonely, true, 180],
      [disputed, false, 180],
    ]);
    expect([status, body.counts, body.state, body.elsewhere]).toEqual([
      200,
      true,
      'running',
      { kept: [lonely, disputed] },
    ]);
    await submit(phone);
    await markSitting(pool(), laptop.paper.id, world.bank.test.clock.nowMs());
    const { body: result } = await phone.who.client.get<SittingResult>(`/api/exam-sittings/${laptop.paper.id}/result`);
    expect(result.points).toBe(2);
    expect(result.items?.filter(({ given }) => given !== null).map(({ given }) => given)).toEqual([true, true]);
  });

  it('keeps what it had in a fact that says so, once', async () => {
    const { laptop } = await replaced();
    const first = await save(laptop, 7, [
      [0, true, 61],
      [1, true, 59],
    ]);
    expect(first.body.elsewhere).toEqual({ kept: [0] });
    expect((await save(laptop, 7, [[2, true, 61]])).body.elsewhere).toEqual({ kept: [0] });
    const saves = await readSaves(pool(), laptop.paper.id);
    expect(saves).toMatchObject([{ seq: 7, counts: true, answers: [{ item: 0, answer: true }] }]);
    expect(saves[0]?.overtakenAtMs).toBe((saves[0]?.receivedAtMs ?? 0) - 60_000);
  });

  it('is heard of by the one that took over, once, with the next answer and with the paper', async () => {
    const { laptop, phone } = await replaced();
    const look = async () => (await phone.who.client.get<SittingView>(`/api/exam-sittings/${phone.paper.id}`)).body;
    expect(await look()).toMatchObject({ handedOver: 0, deviceMark: phone.paper.deviceMark });
    expect(laptop.paper.deviceMark).not.toBe(phone.paper.deviceMark);
    await save(laptop, 7, [[0, true, 120]]);
    await save(laptop, 7, [[0, true, 120]]);
    expect(await look()).toMatchObject({ handedOver: 1, deviceMark: phone.paper.deviceMark });
    expect((await save(phone, 1, [[1, true, 0]])).body.handedOver).toBe(1);
    const { body: again } = await phone.who.client.post<SittingPaper>(`/api/exam-sittings/${phone.paper.id}/start`, {
      deviceId: phone.deviceId,
    });
    expect(again.handedOver).toBe(1);
    expect(again.answers.map(({ item }) => item)).toEqual([0, 1]);
    expect(again.deviceMark).not.toBe(phone.paper.deviceMark);
  });

  it.each([
    ['in the very moment of the change', 60, null],
    ['a second later', 59, 'exams.other_device'],
  ])('is heard about what was given %s: %s s ago', async (_, agoSeconds, code) => {
    const { laptop } = await replaced();
    expect(codeOf(await save(laptop, 7, [[0, true, agoSeconds]]))).toBe(code);
  });

  it('comes too late once the other one has handed in: kept, and does not count', async () => {
    const { laptop, phone } = await replaced();
    await submit(phone);
    const { body } = await save(laptop, 7, [[0, true, 120]]);
    expect([body.counts, body.state]).toEqual([false, 'submitted']);
    await markSitting(pool(), laptop.paper.id, world.bank.test.clock.nowMs());
    const { body: result } = await phone.who.client.get<SittingResult>(`/api/exam-sittings/${laptop.paper.id}/result`);
    expect(result.points).toBe(0);
  });

  it('opens nothing to somebody else who has its token', async () => {
    const { laptop } = await replaced();
    const thief = { who: await world.candidate(), paper: laptop.paper };
    expect(codeOf(await save(thief, 7, [[0, true, 120]]))).toBe('exams.sitting_not_found');
  });
});
