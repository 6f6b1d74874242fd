import type { IdentityReview } from '@antu/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DecidedReview, findFreshSignInCheck, findVerdict, onReviewDecided } from './index.ts';
import { capturesOf, checksOf, filesOf, reach } from './testing/check-helpers.ts';
import { freshPicture, pending } from './testing/fake-provider.ts';
import {
  buildIdentityWorld,
  codeOf,
  type IdentityWorld,
  type Learner,
  type Staff,
  standingOf,
} from './testing/identity-world.ts';

let world: IdentityWorld;
const announced: DecidedReview[] = [];
let listenerFails = false;
beforeAll(async () => {
  world = await buildIdentityWorld();
  onReviewDecided(async (_tx, review) => {
    if (listenerFails) throw new Error('the hours cannot be written');
    announced.push(review);
  });
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

const issue = async (learner: Learner, by: Staff = world.staff('teacher', world.bodyId)) =>
  by.client.post<{ code: string; expiresAt: string }>(`/api/people/${learner.personId}/identity/codes`);
const answer = ({ client }: Pick<Learner, 'client'>, challengeId: string, code: string) =>
  client.post(`/api/identity/challenges/${challengeId}/code`, { code });
/** A code that is not the right one. */
const wrong = (code: string, by = 1): string => String((Number(code) + by) % 1_000_000).padStart(6, '0');

describe('a code on site', () => {
  it('passes once, with the account of the supervisor in the verdict; neither consent nor photo is needed', async () => {
    const learner = await world.addLearner();
    const teacher = world.staff('teacher', world.bodyId);
    const { challengeId } = await world.begin(learner);
    const { code, expiresAt } = (await issue(learner, teacher)).body;
    expect(code).toMatch(/^\d{6}$/);
    expect(new Date(expiresAt).getTime() - world.test.clock.nowMs()).toBe(120_000);
    expect((await answer(learner, challengeId, code)).body).toEqual({
      type: 'verdict',
      outcome: 'passed',
      problems: [],
    });
    expect(await checksOf(world, learner)).toMatchObject([
      { id: challengeId, method: 'on-site', outcome: 'passed', supervisor_account_id: teacher.actor.accountId },
    ]);
    expect(codeOf(await answer(learner, challengeId, code))).toBe('identity.challenge_used');
    const next = await world.begin(learner);
    expect(codeOf(await answer(learner, next.challengeId, code))).toBe('identity.wrong_code');
    expect(await world.auditActions(teacher.actor.accountId)).toEqual(['identity.code-issue']);
    expect((await standingOf(learner)).signIn.passedAt).not.toBeNull();
  });

  it('is stored as a keyed hash, never as it is', async () => {
    const learner = await world.addLearner();
    const { code } = (await issue(learner)).body;
    const rows = await world.rows<{ row: string }>('select c::text as row from identity_code c where person_id = $1', [
      learner.personId,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(code);
  });

  it('is dead after five wrong tries, over all checks and however fast they come', async () => {
    const learner = await world.addLearner();
    const { code } = (await issue(learner)).body;
    const first = await world.begin(learner);
    const tries = await Promise.all([1, 2, 3].map((by) => answer(learner, first.challengeId, wrong(code, by))));
    expect(tries.map(codeOf)).toEqual(Array.from({ length: 3 }, () => 'identity.wrong_code'));
    const second = await world.begin(learner);
    await answer(learner, second.challengeId, wrong(code, 4));
    // The fifth try may still be the right one …
    const kept = await world.addLearner();
    const other = (await issue(kept)).body.code;
    const third = await world.begin(kept);
    for (const by of [1, 2, 3, 4]) await answer(kept, third.challengeId, wrong(other, by));
    expect((await answer(kept, third.challengeId, other)).body).toMatchObject({ outcome: 'passed' });
    // … the sixth is too late.
    await answer(learner, second.challengeId, wrong(code, 5));
    expect(codeOf(await answer(learner, second.challengeId, code))).toBe('identity.wrong_code');
    expect(await checksOf(world, learner)).toEqual([]);
    const { code: fresh } = (await issue(learner)).body;
    expect((await answer(learner, second.challengeId, fresh)).body).toMatchObject({ outcome: 'passed' });
  });

  it('is good for two minutes, and only the newest', async () => {
    const learner = await world.addLearner();
    const { challengeId } = await world.begin(learner);
    const { code: older } = (await issue(learner)).body;
    world.test.clock.advance(1000);
    const { code } = (await issue(learner)).body;
    if (older !== code) expect(codeOf(await answer(learner, challengeId, older))).toBe('identity.wrong_code');
    world.test.clock.advance(120_000);
    expect(codeOf(await answer(learner, challengeId, code))).toBe('identity.wrong_code');
    const { code: last } = (await issue(learner)).body;
    world.test.clock.advance(119_999);
    expect((await answer(learner, challengeId, last)).body).toMatchObject({ outcome: 'passed' });
  });

  it('belongs to one person, and its check to one sign-in', async () => {
    const [learner, other] = [await world.addLearner(), await world.addLearner()];
    const { code } = (await issue(learner)).body;
    const { challengeId } = await world.begin(other);
    expect(codeOf(await answer(other, challengeId, code))).toBe('identity.wrong_code');
    const own = await world.begin(learner);
    expect(codeOf(await answer(other, own.challengeId, code))).toBe('identity.challenge_not_found');
    const client = world.test.as({ ...learner.actor, sessionId: crypto.randomUUID() });
    expect(codeOf(await answer({ client }, own.challengeId, code))).toBe('identity.challenge_not_found');
    expect(codeOf(await answer(learner, own.challengeId, code))).toBe('identity.challenge_used');
  });

  it('is read out by managers and teachers of the learner’s organisations, never to oneself', async () => {
    const learner = await world.addLearner();
    expect((await issue(learner, world.staff('enterprise-manager', world.enterpriseId))).status).toBe(200);
    expect((await issue(learner, world.staff('body-manager', world.bodyId))).status).toBe(200);
    expect((await issue(learner, world.staff('teacher', world.otherBodyId, '460106'))).status).toBe(403);
    expect((await issue(learner, world.staff('officer-county', world.bodyId))).status).toBe(403);
    expect((await issue(learner, world.staff('teacher', world.bodyId, undefined, learner.personId))).status).toBe(403);
    expect((await issue(await world.addLearner({ roster: false }))).status).toBe(403);
  });
});

/** Answers a check with pictures for two people. */
const ask = async (learner: Learner, changes: Record<string, unknown> = {}) => {
  const { challengeId, nonce } = await world.begin(learner);
  const body = { nonce, face: await freshPicture(), idCard: await freshPicture(), ...changes };
  const answered = await learner.client.post(`/api/identity/challenges/${challengeId}/review`, body);
  return { challengeId, answered };
};
const vote = (by: Staff, reviewId: string, approve: boolean, reason = '') =>
  by.client.post<IdentityReview>(`/api/identity/reviews/${reviewId}/votes`, { approve, reason });
const reviewer = (): Staff => world.staff('body-manager', world.bodyId);

describe('a review by two people', () => {
  it('waits, is seen with its pictures by the body, and passes when two have approved', async () => {
    const learner = await world.addLearner();
    const { challengeId, answered } = await ask(learner);
    expect(answered.body).toEqual({ type: 'verdict', outcome: 'pending', problems: [] });
    expect((await standingOf(learner)).signIn.passedAt).not.toBeNull();
    expect((await capturesOf(world, learner)).map(({ kind }) => kind)).toEqual(['review-face', 'id-card']);

    const [first, second] = [reviewer(), world.staff('teacher', world.bodyId)];
    const listed = await first.client.get<{ items: IdentityReview[] }>('/api/identity/reviews?limit=100');
    const review = listed.body.items.find(({ id }) => id === challengeId);
    expect(review).toMatchObject({
      personId: learner.personId,
      nameMasked: '容**',
      state: 'open',
      votes: [],
      mayVote: true,
      hasEnrolmentPicture: false,
    });
    for (const captureId of [review?.faceCaptureId, review?.idCardCaptureId]) {
      const picture = await first.client.get(`/api/identity/captures/${captureId}`);
      expect([picture.status, picture.headers['content-type'], picture.headers['cache-control']]).toEqual([
        200,
        'image/jpeg',
        'no-store',
      ]);
      expect(picture.raw.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    }
    expect((await vote(first, challengeId, true)).body).toMatchObject({ state: 'open', mayVote: false });
    expect(announced.map(({ reviewId }) => reviewId)).not.toContain(challengeId);
    world.test.clock.advance(1000);
    expect((await vote(second, challengeId, true, '证件清楚')).body).toMatchObject({
      state: 'approved',
      votes: [{ approve: true }, { approve: true, reason: '证件清楚' }],
    });
    expect(announced.at(-1)).toEqual({
      reviewId: challengeId,
      personId: learner.personId,
      bucket: expect.any(Number),
      sessionId: null,
      approved: true,
      decidedAtMs: world.test.clock.nowMs(),
    });
    expect(await world.auditActions(first.actor.accountId)).toEqual([
      'identity.review-list',
      'identity.capture-read',
      'identity.capture-read',
      'identity.review-vote',
    ]);
    // What was decided about it later does not change the verdict, and confirms the sign-in.
    expect(await findVerdict(world.database.pool, learner.personId, challengeId)).toMatchObject({ outcome: 'pending' });
    expect(await findFreshSignInCheck(world.database.pool, learner.personId, learner.actor.sessionId, 0)).toMatchObject(
      { id: challengeId, outcome: 'passed', method: 'review' },
    );
  });

  it('is refused by one', async () => {
    const learner = await world.addLearner();
    const { challengeId } = await ask(learner);
    const by = reviewer();
    expect(codeOf(await vote(by, challengeId, false, ' '))).toBe('identity.reason_missing');
    expect((await vote(by, challengeId, false, '照片与证件不符')).body).toMatchObject({ state: 'rejected' });
    expect(announced.at(-1)).toMatchObject({ reviewId: challengeId, approved: false });
    expect(codeOf(await vote(reviewer(), challengeId, true))).toBe('identity.review_closed');
    expect((await standingOf(learner)).signIn.passedAt).toBeNull();
    const decided = await by.client.get<{ items: IdentityReview[] }>('/api/identity/reviews?state=decided');
    expect(decided.body.items[0]).toMatchObject({ id: challengeId, state: 'rejected', mayVote: false });
  });

  it('takes one vote of an account, also when two come at once', async () => {
    const { challengeId } = await ask(await world.addLearner());
    const by = reviewer();
    const both = await Promise.all([vote(by, challengeId, true), vote(by, challengeId, true)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(codeOf(await vote(by, challengeId, true))).toBe('identity.review_voted');
    expect(await world.rows('select state from identity_review where id = $1', [challengeId])).toEqual([
      { state: 'open' },
    ]);
  });

  it('is decided by the two who came first, also when three come at once', async () => {
    const { challengeId } = await ask(await world.addLearner());
    const votes = await Promise.all([1, 2, 3].map(() => vote(reviewer(), challengeId, true)));
    expect(votes.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
    expect(announced.filter(({ reviewId }) => reviewId === challengeId)).toHaveLength(1);
  });

  it('is undecided if what follows from it cannot be written', async () => {
    const { challengeId } = await ask(await world.addLearner());
    await vote(reviewer(), challengeId, true);
    listenerFails = true;
    expect((await vote(reviewer(), challengeId, true)).status).toBe(500);
    listenerFails = false;
    expect(await world.rows('select from identity_review_vote where review_id = $1', [challengeId])).toHaveLength(1);
    expect((await vote(reviewer(), challengeId, true)).body).toMatchObject({ state: 'approved' });
  });

  it('is nobody’s about themself, and no other body’s', async () => {
    const learner = await world.addLearner();
    const { challengeId } = await ask(learner);
    const self = world.staff('teacher', world.bodyId, undefined, learner.personId);
    expect((await vote(self, challengeId, true)).status).toBe(403);
    expect((await vote(world.staff('body-manager', world.otherBodyId, '460106'), challengeId, true)).status).toBe(403);
    // The body where the learner is enrolled decides, not the employer.
    const employer = world.staff('enterprise-manager', world.enterpriseId);
    expect((await vote(employer, challengeId, true)).status).toBe(403);
    const officer = world.staff('officer-county', world.bodyId);
    const seen = await officer.client.get<{ items: IdentityReview[] }>('/api/identity/reviews?limit=100');
    expect(seen.body.items.find(({ id }) => id === challengeId)).toMatchObject({ mayVote: false });
    expect((await vote(officer, challengeId, true)).status).toBe(403);
    const elsewhere = await world
      .staff('officer-county', world.otherBodyId, '460106')
      .client.get<{ items: IdentityReview[] }>('/api/identity/reviews');
    expect(elsewhere.body.items).toEqual([]);
    expect(codeOf(await vote(reviewer(), crypto.randomUUID(), true))).toBe('identity.review_not_found');
  });

  it('cannot be approved when the pictures are gone, only refused', async () => {
    const learner = await world.addLearner();
    const { challengeId } = await ask(learner);
    await learner.client.delete('/api/identity/consent');
    expect(await filesOf(world, learner)).toEqual([]);
    expect(codeOf(await vote(reviewer(), challengeId, true))).toBe('identity.picture_gone');
    expect((await vote(reviewer(), challengeId, false, '照片已删除')).body).toMatchObject({ state: 'rejected' });
  });

  it('of a check that the provider left open compares with the enrolled photo', async () => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = () => pending;
    await world.pass(learner);
    const [check] = await checksOf(world, learner);
    const reviewId = check?.id ?? '';
    await vote(reviewer(), reviewId, true);
    expect((await vote(reviewer(), reviewId, true)).body).toMatchObject({
      state: 'approved',
      idCardCaptureId: null,
      hasEnrolmentPicture: true,
    });
  });

  it('goes by pages', async () => {
    const asked: string[] = [];
    for (let count = 0; count < 5; count += 1) asked.push((await ask(await world.addLearner())).challengeId);
    const by = reviewer();
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await by.client.get<{ items: IdentityReview[]; nextCursor: string | null; total: number }>(
        `/api/identity/reviews?organisationId=${world.bodyId}&limit=2${cursor}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(expect.arrayContaining(asked));
    expect(new Set(seen).size).toBe(seen.length);
    expect(codeOf(await by.client.get('/api/identity/reviews?cursor=x'))).toBe('people.bad_cursor');
  });
});

describe('pictures for a review', () => {
  it('that are none fail the check, and nothing is kept', async () => {
    const learner = await world.addLearner();
    const none = Buffer.from('no picture at all, but long enough to look at it for a while, sixty-four bytes').toString(
      'base64',
    );
    for (const changes of [{ face: none }, { idCard: none }, { face: 'AA==' }]) {
      const { challengeId, answered } = await ask(learner, changes);
      expect(answered.body).toEqual({ type: 'verdict', outcome: 'failed', problems: ['unreadable'] });
      expect(await world.rows('select from identity_review where id = $1', [challengeId])).toEqual([]);
    }
    expect((await ask(learner, { face: '' })).answered.status).toBe(400);
    expect(await filesOf(world, learner)).toEqual([]);
    expect(await capturesOf(world, learner)).toEqual([]);
  });

  it('show a face taken anew; the card may be sent again', async () => {
    const learner = await world.addLearner();
    const [face, idCard] = [await freshPicture(), await freshPicture()];
    expect((await ask(learner, { face, idCard })).answered.body).toMatchObject({ outcome: 'pending' });
    expect((await ask(learner, { face, idCard })).answered.body).toMatchObject({
      outcome: 'failed',
      problems: ['replayed'],
    });
    expect((await ask(learner, { idCard })).answered.body).toMatchObject({ outcome: 'pending' });
  });

  it('need the number of the check, and a check that is still open', async () => {
    const learner = await world.addLearner();
    expect(codeOf((await ask(learner, { nonce: 'wrong' })).answered)).toBe('identity.challenge_not_found');
    const { challengeId, answered } = await ask(learner);
    expect(answered.status).toBe(200);
    const body = { nonce: 'x', face: await freshPicture(), idCard: await freshPicture() };
    expect(codeOf(await learner.client.post(`/api/identity/challenges/${challengeId}/review`, body))).toBe(
      'identity.challenge_not_found',
    );
  });

  it('may take the place of movements that were begun, whose pictures are thrown away', async () => {
    const learner = await world.addEnrolled();
    const { challengeId, nonce } = await reach(world, learner, 1);
    const body = { nonce, face: await freshPicture(), idCard: await freshPicture() };
    const answered = await learner.client.post(`/api/identity/challenges/${challengeId}/review`, body);
    expect(answered.body).toMatchObject({ outcome: 'pending' });
    expect(await filesOf(world, learner)).toHaveLength(3);
  });

  it('of somebody on no roster have nobody to look at them', async () => {
    const { answered } = await ask(await world.addLearner({ roster: false }));
    expect(codeOf(answered)).toBe('identity.nobody_to_review');
  });
});
