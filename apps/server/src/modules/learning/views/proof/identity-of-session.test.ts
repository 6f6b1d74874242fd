import { getSessionProof, type SessionProof } from '@antu/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failed, freshPicture, passed, pending } from '../../../identity/testing/fake-provider.ts';
import { type IdentifiedBench, IdentifiedStudent, startIdentifiedBench } from '../../testing/identified-student.ts';

let bench: IdentifiedBench;
beforeAll(async () => {
  bench = await startIdentifiedBench([2_400, 120]);
});
afterAll(() => bench?.close());
beforeEach(() => {
  bench.identity.provider.onJudge = () => passed;
});

const manager = () => bench.identity.staff('body-manager', bench.identity.bodyId);
async function proofOf(student: IdentifiedStudent): Promise<SessionProof> {
  const answer = await manager().client.get(`/api/study-sessions/${student.sessionId}/proof`);
  expect(answer.status, answer.text).toBe(200);
  return getSessionProof.answer.parse(answer.body);
}
async function studying(): Promise<IdentifiedStudent> {
  const student = await IdentifiedStudent.create(bench);
  await student.signInCheck();
  await student.open();
  return student;
}
/** Answers the check that is open with a provider that says so. */
async function answerAs(student: IdentifiedStudent, answer: typeof passed): Promise<void> {
  bench.identity.provider.onJudge = () => answer;
  student.wait(4);
  await student.passCheck();
}
const expectWhole = ({ stretches, byReason, notCreditedSeconds }: SessionProof) => {
  expect(byReason.reduce((sum, one) => sum + one.seconds, 0)).toBe(notCreditedSeconds);
  for (const [place, stretch] of stretches.entries()) {
    if (place > 0) expect(stretch.from).toBe(stretches[place - 1]?.to);
  }
};

describe('who sat in front of the camera, on the proof of a session', () => {
  it('tells the sign-in, a check of two tries with its pictures, and the viewing between them', async () => {
    const student = await studying();
    const played = await student.playUntilCheck();
    await answerAs(student, failed);
    await answerAs(student, passed);
    await student.playUntilCheck(60);
    await student.leave();
    const proof = await proofOf(student);
    const { identity } = proof;
    expect(identity.gapSeconds).toBe(900);
    expect(identity.checks.map(({ kind, outcome, method, triesUsed }) => [kind, outcome, method, triesUsed])).toEqual([
      ['sign-in', 'passed', 'face', 1],
      ['random', 'passed', 'face', 2],
    ]);
    const [signIn, random] = identity.checks;
    expect(Date.parse(signIn?.decidedAt ?? '')).toBeLessThanOrEqual(Date.parse(proof.session.openedAt));
    expect(random).toMatchObject({ distance: 0.31, problems: ['other-person', 'not-live'], viewedSeconds: played });
    expect(identity.viewedAfterSeconds).toBeGreaterThan(0);
    // A plain pass keeps its best picture, a failure the first and the last of every step.
    expect(signIn?.captures).toHaveLength(1);
    expect(random?.captures.length).toBeGreaterThan(2);
    expect(random?.captures.every(({ gone }) => !gone)).toBe(true);
    const picture = await manager().client.get(`/api/identity/captures/${random?.captures[0]?.id}`);
    expect(picture.status).toBe(200);
    expect(proof.byReason.map(({ reason }) => reason)).toContain('check-retry');
    expect(proof.evidence.map(({ zh }) => zh).join()).toMatch(
      /身份核验未通过（与登记的照片不是同一人、没有确认到真人动作）.*身份核验通过/,
    );
    expectWhole(proof);
  });

  it('a check that nobody answers is missed, and its time is refused with the clause', async () => {
    const student = await studying();
    await student.playUntilCheck();
    student.wait(121);
    await student.beat();
    const proof = await proofOf(student);
    expect(proof.identity.checks.at(-1)).toMatchObject({
      kind: 'random',
      outcome: 'missed',
      method: null,
      triesUsed: 0,
      captures: [],
    });
    expect(proof.session.endReason).toBe('identity-missed');
    expect(proof.stretches.find(({ reason }) => reason === 'identity-unconfirmed')?.clause?.item).toBe('30');
    expect(proof.creditedSeconds).toBe(0);
    expectWhole(proof);
  });

  it('failed three times: all tries are told', async () => {
    const student = await studying();
    await student.playUntilCheck();
    for (let tries = 0; tries < 3; tries += 1) await answerAs(student, failed);
    const { identity } = await proofOf(student);
    expect(identity.checks.at(-1)).toMatchObject({ outcome: 'failed', triesUsed: 3, distance: 0.71 });
  });

  it('left to people it is pending, and afterwards what they said', async () => {
    const student = await studying();
    await student.playUntilCheck();
    await answerAs(student, pending);
    await student.leave();
    expect((await proofOf(student)).identity.checks.at(-1)?.outcome).toBe('pending');
    const reviews = await manager().client.get<{ items: { id: string; personId: string }[] }>('/api/identity/reviews');
    const review = reviews.body.items.find(({ personId }) => personId === student.learner.personId);
    const vote = { approve: false, reason: '不是同一人' };
    const voted = await manager().client.post(`/api/identity/reviews/${review?.id}/votes`, vote);
    expect(voted.status, voted.text).toBe(200);
    expect((await proofOf(student)).identity.checks.at(-1)?.outcome).toBe('failed');
  });

  it('pictures in passing are told with what they show, those that never came as missing', async () => {
    const student = await studying();
    // Viewed time between two pictures is at most half an hour: a whole lesson asks for one at least.
    let asked = 0;
    for (let round = 0; round < 40 && student.status?.state !== 'ended'; round += 1) {
      await student.playUntilCheck(3_000);
      const { snapshot } = student.status ?? {};
      if (snapshot && asked === 0) {
        const path = `/api/study-sessions/${student.sessionId}/snapshots/${snapshot.id}`;
        const taken = await student.client.post(path, { picture: await freshPicture(), failure: null });
        expect(taken.status, taken.text).toBe(200);
        asked += 1;
      }
      if (student.status?.state !== 'check') break;
      await answerAs(student, passed);
    }
    await student.leave();
    const { identity } = await proofOf(student);
    expect(identity.snapshots.length).toBeGreaterThanOrEqual(1);
    for (const one of identity.snapshots) {
      expect(one.finding).toBe(one.captureId === null ? 'missing' : 'unjudged');
    }
  });
});
