import { randomUUID } from 'node:crypto';
import type { IdentityChallenge, IdentityReview, SittingResult, SittingView } from '@antu/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failed, freshPicture } from '../../identity/testing/fake-provider.ts';
import { codeOf, type Learner } from '../../identity/testing/identity-world.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { buildSeatedWorld, otherDevice, type Seat, type SeatedWorld } from './testing/seated-world.ts';

let world: SeatedWorld;
beforeAll(async () => {
  world = await buildSeatedWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

const FRESH_MS = 1_200_000;
const seated = async (): Promise<Seat> => world.seat(await world.addEnrolled());
const advance = (ms: number) => world.test.clock.advance(ms);

describe('The check of an exam', () => {
  it('opens its sitting, and stands in its record', async () => {
    const seat = await seated();
    expect(codeOf(await world.start(seat))).toBe('exams.identity_needed');
    expect((await world.passCheck(seat)).body).toMatchObject({ outcome: 'passed' });
    const started = await world.start(seat);
    expect(started.body).toMatchObject({ state: 'running', watched: true, identityAwaits: false });
    expect(await world.eventsOf(seat)).toEqual([
      { kind: 'started', detail: expect.any(String) },
      { kind: 'identity', detail: expect.stringMatching(/^face passed [0-9a-f-]{36}$/) },
    ]);
    expect(await world.alertsOf(seat)).toEqual([]);
  });

  it('is no check of a sign-in: that one opens nothing', async () => {
    const seat = await seated();
    expect((await world.pass(seat.learner)).body).toMatchObject({ outcome: 'passed' });
    expect(codeOf(await world.start(seat))).toBe('exams.identity_needed');
  });

  it('of one exam does not open another of the same person', async () => {
    const one = await seated();
    const other = await world.seat(one.learner);
    await world.passCheck(one);
    expect(codeOf(await world.start(other))).toBe('exams.identity_needed');
    expect((await world.start(one)).status).toBe(200);
  });

  it('of somebody else opens nothing, and cannot be begun for them', async () => {
    const examId = await world.makeExam();
    const one = await world.seat(await world.addEnrolled(), examId);
    const other = await world.seat(await world.addEnrolled(), examId);
    await world.passCheck(one);
    expect(codeOf(await world.start(other))).toBe('exams.identity_needed');
    expect(codeOf(await world.beginCheck({ learner: other.learner, sittingId: one.sittingId }))).toBe(
      'exams.sitting_not_found',
    );
    const { body: challenge } = await world.beginCheck(one);
    advance(2_000);
    expect(codeOf(await world.send(other.learner, challenge))).toBe('identity.challenge_not_found');
    expect(codeOf(await world.start({ learner: other.learner, sittingId: one.sittingId }))).toBe(
      'exams.sitting_not_found',
    );
  });

  it('that failed opens nothing', async () => {
    const seat = await seated();
    world.provider.onJudge = () => failed;
    expect((await world.passCheck(seat)).body).toMatchObject({ outcome: 'failed' });
    expect(codeOf(await world.start(seat))).toBe('exams.identity_needed');
  });

  it.each([
    ['to the last millisecond', FRESH_MS, undefined],
    ['not a millisecond longer', FRESH_MS + 1, 'exams.identity_needed'],
    ['not a second longer', FRESH_MS + 1_000, 'exams.identity_needed'],
  ])('is good for the minutes of the rules, %s', async (_, afterMs, code) => {
    const seat = await seated();
    await world.passCheck(seat);
    advance(afterMs);
    const started = await world.start(seat);
    expect([started.status, codeOf(started) ?? undefined]).toEqual([code ? 409 : 200, code]);
  });

  it('cannot be answered with the number of another exam’s check, which ends it', async () => {
    const one = await seated();
    const other = await world.seat(one.learner);
    const used = (await world.beginCheck(one)).body;
    const { body: challenge } = await world.beginCheck(other);
    advance(2_000);
    expect(codeOf(await world.send(one.learner, challenge, { nonce: used.nonce }))).toBe(
      'identity.challenge_not_found',
    );
    expect(codeOf(await world.send(one.learner, challenge))).toBe('identity.challenge_used');
    expect(codeOf(await world.start(other))).toBe('exams.identity_needed');
  });

  it('is wanted again on another device: the one that was passed here does not open it there', async () => {
    const seat = await seated();
    await world.passCheck(seat);
    await world.start(seat);
    const phone = { ...seat, learner: otherDevice(world, seat.learner) };
    expect(codeOf(await world.start(phone))).toBe('exams.identity_needed');
    await world.passCheck(phone);
    expect((await world.start(phone)).status).toBe(200);
    expect(await world.alertsOf(seat)).toEqual(['other-device']);
  });

  it('is wanted of another sign-in that claims to be the same device', async () => {
    const seat = await seated();
    const deviceId = randomUUID();
    await world.passCheck(seat);
    await world.start(seat, deviceId);
    const helper = { ...seat, learner: otherDevice(world, seat.learner) };
    expect(codeOf(await world.start(helper, deviceId))).toBe('exams.identity_needed');
    const asked = await helper.learner.client.post(`/api/exam-sittings/${seat.sittingId}/start`, { deviceId });
    expect(codeOf(asked)).toBe('exams.other_device');
  });

  it('is not wanted again on the device on which the sitting runs', async () => {
    const seat = await seated();
    const deviceId = randomUUID();
    await world.passCheck(seat);
    await world.start(seat, deviceId);
    advance(FRESH_MS + 1);
    expect((await world.start(seat, deviceId)).status).toBe(200);
  });

  it('begins when it can still be fresh at the bell, and not once all is over', async () => {
    const seat = await seated();
    const { rows } = await world.database.owner.query<{ opens_at: Date; closes_at: Date }>(
      'select opens_at, closes_at from exam_sitting where id = $1',
      [seat.sittingId],
    );
    const nowMs = world.test.clock.nowMs();
    const at = async (ms: number) => {
      world.test.clock.set(new Date(ms));
      const answer = await world.beginCheck(seat);
      world.test.clock.set(new Date(nowMs));
      return codeOf(answer);
    };
    const [times] = rows;
    if (!times) throw new Error('no sitting');
    expect(await at(times.opens_at.getTime() - FRESH_MS - 1)).toBe('exams.not_yet');
    expect(await at(times.opens_at.getTime() - FRESH_MS)).toBeNull();
    expect(await at(times.closes_at.getTime() - 1)).toBeNull();
    expect(await at(times.closes_at.getTime())).toBe('exams.window_closed');
  });
});

const staff = (role: 'teacher' | 'body-manager' = 'teacher') => world.staff(role, world.bodyId);

describe('Without a face', () => {
  let invigilator: ReturnType<typeof staff>;
  beforeEach(() => {
    invigilator = staff();
  });
  const confirm = ({ examId, sittingId }: Seat) =>
    invigilator.client.post(`/api/exams/${examId}/identity`, { sittingId, reason: '已核对身份证' });

  it('the code of a supervisor opens the sitting; who does not agree to face checks is not photographed', async () => {
    const seat = await world.seat(await world.addLearner());
    const { body: challenge } = await world.beginCheck(seat);
    const { code } = (
      await staff().client.post<{ code: string }>(`/api/people/${seat.learner.personId}/identity/codes`)
    ).body;
    await seat.learner.client.post(`/api/identity/challenges/${challenge.challengeId}/code`, { code });
    const started = await world.start(seat);
    expect(started.body).toMatchObject({ state: 'running', watched: false, picture: null });
    expect(await world.alertsOf(seat)).toEqual(['unwatched']);
  });

  it('the code of an employer opens nothing: who holds the exam says who sits there', async () => {
    const seat = await world.seat(await world.addLearner());
    const { body: challenge } = await world.beginCheck(seat);
    const manager = world.staff('enterprise-manager', world.enterpriseId);
    const { code } = (
      await manager.client.post<{ code: string }>(`/api/people/${seat.learner.personId}/identity/codes`)
    ).body;
    const answered = await seat.learner.client.post(`/api/identity/challenges/${challenge.challengeId}/code`, { code });
    expect(answered.body).toMatchObject({ outcome: 'passed' });
    expect(codeOf(await world.start(seat))).toBe('exams.code_not_valid');
    expect((await world.look(seat)).state).toBe('frozen');
    await confirm(seat);
    expect((await world.start(seat)).status).toBe(200);
  });

  it('an invigilator who has compared the card opens it for the minutes of the rules', async () => {
    const seat = await world.seat(await world.addLearner());
    const confirmed = await confirm(seat);
    expect(confirmed.status).toBe(200);
    advance(FRESH_MS + 1);
    expect(codeOf(await world.start(seat))).toBe('exams.identity_needed');
    await confirm(seat);
    advance(FRESH_MS);
    expect((await world.start(seat)).status).toBe(200);
    expect(await world.auditActions(invigilator.actor.accountId)).toEqual(['exams.identity', 'exams.identity']);
  });

  it('nobody confirms themself, nor a sitting of another exam or body', async () => {
    const seat = await world.seat(await world.addLearner());
    const by = (one: ReturnType<typeof staff>, examId = seat.examId) =>
      one.client.post(`/api/exams/${examId}/identity`, { sittingId: seat.sittingId, reason: '已核对' });
    const self = world.staff('teacher', world.bodyId, undefined, seat.learner.personId);
    expect((await by(self)).status).toBe(403);
    expect((await by(world.staff('teacher', world.otherBodyId, '460106'))).status).toBe(403);
    expect(codeOf(await by(staff(), await world.makeExam()))).toBe('exams.sitting_not_found');
    expect(codeOf(await world.start(seat))).toBe('exams.identity_needed');
  });

  /** Answers the check of a sitting with pictures for two people, begins and hands in. */
  async function handedIn(): Promise<{ seat: Seat; reviewId: string }> {
    const seat = await world.seat(await world.addLearner());
    const { challengeId, nonce } = (await world.beginCheck(seat)).body satisfies IdentityChallenge;
    const body = { nonce, face: await freshPicture(), idCard: await freshPicture() };
    await seat.learner.client.post(`/api/identity/challenges/${challengeId}/review`, body);
    const started = await world.start(seat);
    expect(started.body).toMatchObject({ state: 'running', identityAwaits: true });
    expect(await world.alertsOf(seat)).toEqual(['awaits-review', 'unwatched']);
    await submit(seat.learner, started.body.id, started.body.deviceToken);
    return { seat, reviewId: challengeId };
  }
  const submit = (learner: Learner, id: string, deviceToken: string) =>
    learner.client.post<SittingView>(`/api/exam-sittings/${id}/submit`, { deviceToken });
  const vote = (reviewId: string, approve: boolean) =>
    staff().client.post<IdentityReview>(`/api/identity/reviews/${reviewId}/votes`, { approve, reason: '看过了' });
  const mark = ({ sittingId }: Seat) => markSitting(world.database.pool, sittingId, world.test.clock.nowMs());
  const cannotBeMarked = async (seat: Seat) => {
    await world.runCron('exams.close-and-mark');
    expect((await world.look(seat)).state).toBe('submitted');
    const told = await seat.learner.client.get<SittingResult>(`/api/exam-sittings/${seat.sittingId}/result`);
    expect(told.body).toMatchObject({ state: 'waiting', identityAwaits: true, points: null });
    expect(await mark(seat)).toBeUndefined();
  };

  it('two people may compare later: the sitting runs, and is marked once both have agreed', async () => {
    const { seat, reviewId } = await handedIn();
    await cannotBeMarked(seat);
    await vote(reviewId, true);
    await cannotBeMarked(seat);
    expect((await vote(reviewId, true)).body.state).toBe('approved');
    expect(await world.alertsOf(seat)).toEqual(['unwatched']);
    await world.runCron('exams.close-and-mark');
    expect((await world.look(seat)).state).toBe('marked');
    expect((await world.eventsOf(seat)).map(({ kind }) => kind)).toContain('identity-approved');
  });

  it('what they reject is not marked and not void, until the invigilator has decided', async () => {
    const { seat, reviewId } = await handedIn();
    expect((await vote(reviewId, false)).body.state).toBe('rejected');
    expect(await world.alertsOf(seat)).toEqual(['identity', 'unwatched']);
    await cannotBeMarked(seat);
    await confirm(seat);
    expect(await world.alertsOf(seat)).toEqual([]);
    expect(await mark(seat)).toBeDefined();
  });

  it('what they have rejected before the start opens nothing', async () => {
    const seat = await world.seat(await world.addLearner());
    const { challengeId, nonce } = (await world.beginCheck(seat)).body;
    const body = { nonce, face: await freshPicture(), idCard: await freshPicture() };
    await seat.learner.client.post(`/api/identity/challenges/${challengeId}/review`, body);
    await vote(challengeId, false);
    expect(codeOf(await world.start(seat))).toBe('exams.identity_needed');
  });
});
