import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failed, passed, pending } from '../identity/testing/fake-provider.ts';
import { codeOf } from '../identity/testing/identity-world.ts';
import { type IdentifiedBench, IdentifiedStudent, startIdentifiedBench } from './testing/identified-student.ts';

let bench: IdentifiedBench;
beforeAll(async () => {
  bench = await startIdentifiedBench([2_400, 120]);
});
afterAll(() => bench?.close());
beforeEach(() => {
  bench.identity.provider.onJudge = () => passed;
});

const signedIn = async () => {
  const student = await IdentifiedStudent.create(bench);
  await student.signInCheck();
  return student;
};

describe('study where identity is asked for (inspection table 10, 11, 30, 38)', () => {
  it('a sign-in is confirmed before study', async () => {
    const student = await IdentifiedStudent.create(bench);
    const refused = await student.open();
    expect([refused.status, codeOf(refused)]).toEqual([403, 'identity.sign_in_check_needed']);
    await student.signInCheck();
    expect((await student.open()).status).toBe(200);
  });

  it('a check of the sign-in that is ten minutes old stands for the one at the start, a second later it does not', async () => {
    const student = await signedIn();
    student.wait(600 - 1);
    expect((await student.open()).body.status.check).toBeNull();
    student.wait(2);
    expect((await student.open()).body.status.check).toMatchObject({ kind: 'start', triesLeft: 3 });
  });

  it('a whole lesson: checks come within 15 minutes, passed ones confirm, verify recomputes which seconds', async () => {
    const student = await signedIn();
    await student.open();
    let checks = 0;
    for (let round = 0; round < 40 && student.status?.state !== 'ended'; round += 1) {
      const played = await student.playUntilCheck(3_000);
      expect(played).toBeLessThanOrEqual(900);
      if (student.status?.state !== 'check') break;
      checks += 1;
      student.wait(5);
      await student.passCheck();
    }
    await student.leave();
    await student.settle();
    expect(checks).toBeGreaterThanOrEqual(3);
    expect(await student.ledgerSeconds()).toBe(2_400);
    expect(await student.differences()).toEqual([]);
  });

  it('a short video has its check before it is finished', async () => {
    const student = await signedIn();
    await student.open(1);
    await student.playUntilCheck();
    expect(student.status).toMatchObject({ state: 'check', check: { kind: 'random' } });
    await student.passCheck();
    await student.playUntilCheck();
    await student.leave();
    await student.settle();
    expect(await student.ledgerSeconds()).toBe(120);
    expect(await student.differences()).toEqual([]);
  });

  it('failed three times: signed out, and nothing since the last passed check counts', async () => {
    const student = await signedIn();
    await student.open();
    await student.playUntilCheck();
    await student.passCheck();
    const kept = student.status?.creditedSeconds ?? 0;
    await student.playUntilCheck();
    bench.identity.provider.onJudge = () => failed;
    for (const left of [2, 1]) {
      await student.passCheck();
      expect(student.status?.check?.triesLeft).toBe(left);
    }
    await student.passCheck();
    expect(student.status).toMatchObject({ state: 'ended', reason: 'identity-failed' });
    expect(await student.ledgerSeconds()).toBe(kept);
    expect(await student.differences()).toEqual([]);
  });

  it('a repeat of the request that settles a check changes nothing', async () => {
    const student = await signedIn();
    await student.open();
    await student.playUntilCheck();
    const checkId = student.status?.check?.id;
    const { challengeId } = await student.show();
    await student.settleCheck(challengeId);
    const again = await student.settleCheck(challengeId, checkId);
    expect(again.status).toBe(200);
    await student.leave();
    await student.settle();
    expect([...(await student.marks())].filter((mark) => mark.startsWith('anomaly'))).toEqual([]);
    expect(await student.differences()).toEqual([]);
  });

  it('left to people: the session goes on, its seconds wait and are in no sum', async () => {
    const student = await signedIn();
    await student.open();
    const first = await student.playUntilCheck();
    bench.identity.provider.onJudge = () => pending;
    await student.passCheck();
    expect(student.status?.state).not.toBe('check');
    expect(student.status?.awaitingSeconds).toBeGreaterThanOrEqual(first - 20);
    await student.playUntilCheck(60);
    await student.leave();
    await student.settle();
    expect(await student.ledgerSeconds()).toBe(0);
    expect(await student.awaitingSeconds()).toBeGreaterThanOrEqual(first);
    expect(await student.differences()).toEqual([]);
    const { body } = await student.open();
    expect(body.resumeAtMs / 1000).toBeGreaterThanOrEqual(first);
  });
});
