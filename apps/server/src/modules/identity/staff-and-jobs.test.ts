import { randomUUID } from 'node:crypto';
import { uuidv7 } from '../../platform/ids.ts';
import type { JobDefinition } from '../../platform/jobs.ts';
import { bucketOf, placeInBucket } from '@antu/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findDoubles, identityModule, listSessionIdentity, openChallenge, storeSnapshot } from './index.ts';
import { capturesOf, checksOf, filesOf, reach } from './testing/check-helpers.ts';
import { accepted, descriptorOf, failed, freshPicture, passed, pending } from './testing/fake-provider.ts';
import { buildIdentityWorld, codeOf, type IdentityWorld, type Learner } from './testing/identity-world.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await buildIdentityWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

const DAY_MS = 86_400_000;

/** Works off everything of a job that waits, as the worker would; gives the number. */
async function work(name: string, isLastAttempt = true): Promise<number> {
  const job = identityModule.jobs?.find((one) => one.name === name) as JobDefinition;
  const { platform } = world.test;
  const context = { platform, log: platform.log, attempt: 1, isLastAttempt, signal: undefined };
  const waiting = await world.rows<{ id: string; payload: unknown }>(
    `select j.id, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = $1 order by j.id`,
    [name],
  );
  for (const { id, payload } of waiting) {
    await job.run(payload, context);
    await world.database.owner.query('delete from graphile_worker._private_jobs where id = $1', [id]);
  }
  return waiting.length;
}
const runCron = (name: string) => {
  const { platform } = world.test;
  const job = identityModule.jobs?.find((one) => one.name === name) as JobDefinition;
  return job.run({}, { platform, log: platform.log, attempt: 1, isLastAttempt: false, signal: undefined });
};
const sessionOf = ({ personId }: Learner) => placeInBucket(uuidv7(world.test.clock.nowMs()), bucketOf(personId));
const snap = async ({ personId }: Learner, sessionId: string, picture?: string) =>
  storeSnapshot(world.test.platform, {
    personId,
    sessionId,
    scheme: 'work-safety',
    regionCode: '440104',
    picture: picture ?? (await freshPicture()),
  });

describe('pictures of checks', () => {
  it('are seen by those who had the learner on the roster that day, and every look leaves a row', async () => {
    const learner = await world.addEnrolled();
    await world.pass(learner);
    const [capture] = await world.rows<{ id: string }>('select id from identity_capture where person_id = $1', [
      learner.personId,
    ]);
    const url = `/api/identity/captures/${capture?.id}`;
    const employer = world.staff('enterprise-manager', world.enterpriseId);
    const officer = world.staff('officer-city', world.bodyId, '440100');
    for (const { client, actor } of [employer, officer, world.staff('teacher', world.bodyId)]) {
      const answer = await client.get(url);
      expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
        200,
        'image/jpeg',
        'no-store',
      ]);
      expect(await world.auditActions(actor.accountId)).toEqual(['identity.capture-read']);
    }
    expect((await world.staff('body-manager', world.otherBodyId, '460106').client.get(url)).status).toBe(403);
    expect((await learner.client.get(url)).status).toBe(403);
    await world.database.owner.query(
      `update person_affiliation set to_date = (now() - interval '2 days')::date where person_id = $1`,
      [learner.personId],
    );
    expect((await employer.client.get(url)).status).toBe(403);
    expect(codeOf(await employer.client.get(`/api/identity/captures/${randomUUID()}`))).toBe(
      'identity.picture_not_found',
    );
  });

  it('that were changed on the disk, or put in the place of others, do not open', async () => {
    const [one, other] = [await world.addEnrolled(), await world.addEnrolled()];
    await world.pass(one);
    await world.pass(other);
    const keyOf = async (learner: Learner) => (await capturesOf(world, learner))[0]?.storage_key ?? '';
    const [from, to] = [await keyOf(one), await keyOf(other)];
    const { storage } = world.test.platform;
    const file = await storage.get(from);
    await storage.put(to, Buffer.concat((await file?.stream.toArray()) ?? []));
    const [capture] = await world.rows<{ id: string }>('select id from identity_capture where person_id = $1', [
      other.personId,
    ]);
    const { client } = world.staff('teacher', world.bodyId);
    expect((await client.get(`/api/identity/captures/${capture?.id}`)).status).toBe(500);
  });

  it('are deleted when their time is over, not a day before', async () => {
    const learner = await world.addEnrolled();
    await world.pass(learner);
    const [capture] = await world.rows<{ id: string }>('select id from identity_capture where person_id = $1', [
      learner.personId,
    ]);
    const { client } = world.staff('teacher', world.bodyId);
    const until = world.test.clock.nowMs();
    world.test.clock.advance(365 * DAY_MS - 60_000);
    await runCron('identity.purge-pictures');
    expect(await filesOf(world, learner)).toHaveLength(2);
    world.test.clock.advance(120_000);
    await runCron('identity.purge-pictures');
    // The photo of the enrolment is gone, what was computed from it stays.
    expect(await filesOf(world, learner)).toHaveLength(1);
    expect(codeOf(await client.get(`/api/people/${learner.personId}/identity/picture`))).toBe('identity.picture_gone');
    expect(
      await world.rows(
        'select state, picture_key, template_sealed is null as gone from face_enrolment where person_id = $1',
        [learner.personId],
      ),
    ).toEqual([{ state: 'active', picture_key: null, gone: false }]);
    world.test.clock.set(new Date(until + 730 * DAY_MS + 60_000));
    await runCron('identity.purge-pictures');
    expect(await filesOf(world, learner)).toEqual([]);
    expect(codeOf(await client.get(`/api/identity/captures/${capture?.id}`))).toBe('identity.picture_gone');
    expect(await capturesOf(world, learner)).toHaveLength(1);
    world.test.clock.set(new Date(until));
  });
});

describe('checks that nobody finished', () => {
  it('end with their pictures, and are forgotten a day later', async () => {
    const learner = await world.addEnrolled();
    const challenge = await reach(world, learner, 1);
    expect(await filesOf(world, learner)).toHaveLength(3);
    world.test.clock.advance(300_000);
    await runCron('identity.purge-challenges');
    expect(await filesOf(world, learner)).toHaveLength(3);
    world.test.clock.advance(120_000);
    await runCron('identity.purge-challenges');
    // The prompt was shown, so it failed: its pictures are kept as those of a failure are.
    expect(await checksOf(world, learner)).toMatchObject([{ id: challenge.challengeId, outcome: 'failed' }]);
    expect(await filesOf(world, learner)).toHaveLength(4);
    const left = () => world.rows('select state from identity_challenge where id = $1', [challenge.challengeId]);
    expect(await left()).toEqual([{ state: 'done' }]);
    world.test.clock.advance(DAY_MS);
    await runCron('identity.purge-challenges');
    expect(await left()).toEqual([]);
    world.test.clock.advance(-DAY_MS);
  });

  it('leave no picture that a process wrote before it died', async () => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    const orphan = `identity/${bucketOf(learner.personId)}/${learner.personId}/captures/${challenge.challengeId}/x`;
    await world.test.platform.storage.put(orphan, 'left behind');
    world.test.clock.advance(600_000);
    await runCron('identity.purge-challenges');
    expect(await filesOf(world, learner)).toHaveLength(1);
  });

  it('keep the pictures of those that have a verdict', async () => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = () => failed;
    await world.pass(learner);
    world.test.clock.advance(2 * DAY_MS);
    await runCron('identity.purge-challenges');
    expect(await filesOf(world, learner)).toHaveLength(5);
    world.test.clock.advance(-2 * DAY_MS);
  });
});

describe('pictures in passing', () => {
  const found = async (sessionId: string) => (await listSessionIdentity(world.database.pool, [sessionId])).captures;

  it.each([
    ['the learner', passed, 'match'],
    ['somebody else', failed, 'other-person'],
    ['nobody', { ...failed, problems: ['no-face' as const], distance: null }, 'no-face'],
    ['two people', { ...failed, problems: ['two-faces' as const, 'other-person' as const] }, 'two-faces'],
    ['darkness', { ...failed, problems: ['too-dark' as const], distance: null }, 'unjudged'],
    ['the learner from the side', { ...failed, problems: ['not-frontal' as const], distance: null }, 'unjudged'],
  ])('show %s', async (_, answer, finding) => {
    const learner = await world.addEnrolled();
    const sessionId = sessionOf(learner);
    const stored = await snap(learner, sessionId);
    expect(await found(sessionId)).toMatchObject([
      { id: stored?.captureId, kind: 'random', gone: false, findings: null },
    ]);
    world.provider.onJudge = () => answer;
    expect(await work('identity.judge-snapshot')).toBe(1);
    expect(world.provider.judged.at(-1)).toMatchObject({ prompts: [], frames: [{ step: -1 }] });
    expect(await found(sessionId)).toMatchObject([{ findings: { finding, provider: 'builtin' } }]);
  });

  it('that arrived before are a sign of a recording', async () => {
    const learner = await world.addEnrolled();
    const sessionId = sessionOf(learner);
    const picture = await freshPicture();
    await snap(learner, sessionId, picture);
    world.test.clock.advance(1000);
    await snap(learner, sessionId, picture);
    await work('identity.judge-snapshot');
    expect((await found(sessionId)).map(({ findings }) => findings?.signs)).toEqual([[], ['seen-before']]);
  });

  it('wait while the provider is away, and stay unjudged if it never comes back', async () => {
    const learner = await world.addEnrolled();
    const sessionId = sessionOf(learner);
    await snap(learner, sessionId);
    world.provider.onJudge = () => pending;
    await expect(work('identity.judge-snapshot', false)).rejects.toThrow('looked at later');
    expect(await found(sessionId)).toMatchObject([{ findings: null }]);
    await work('identity.judge-snapshot', true);
    expect(await found(sessionId)).toMatchObject([{ findings: { finding: 'unjudged', problems: ['provider-away'] } }]);
  });

  it('are not kept of who does not agree, nor bytes that are no picture', async () => {
    const learner = await world.addLearner();
    expect(await snap(learner, sessionOf(learner))).toBeUndefined();
    const enrolled = await world.addEnrolled();
    const sessionId = sessionOf(enrolled);
    expect(await snap(enrolled, sessionId, Buffer.from('x'.repeat(400)).toString('base64'))).toBeUndefined();
    await snap(enrolled, sessionId);
    await enrolled.client.delete('/api/identity/consent');
    await work('identity.judge-snapshot');
    expect(await found(sessionId)).toMatchObject([{ gone: true, findings: { finding: 'unjudged' } }]);
    expect(await snap(enrolled, sessionId)).toBeUndefined();
    expect(await filesOf(world, enrolled)).toEqual([]);
  });
});

describe('what a session shows', () => {
  it('is its checks with their pictures and what people decided', async () => {
    const learner = await world.addEnrolled();
    const sessionId = sessionOf(learner);
    const { actor } = learner;
    const { clock } = world.test;
    const challenge = await openChallenge(
      world.test.platform,
      { actor, address: '203.0.113.9', requestId: 'test', now: () => clock.now() },
      {
        personId: learner.personId,
        purpose: 'study',
        sessionId,
        checkId: randomUUID(),
        scheme: 'work-safety',
        regionCode: '440104',
        loginSessionId: actor.sessionId,
      },
    );
    world.provider.onJudge = () => pending;
    await world.pass(learner, challenge);
    const { checks, captures } = await listSessionIdentity(world.database.pool, [sessionId, sessionOf(learner)]);
    expect(checks).toMatchObject([
      {
        id: challenge.challengeId,
        sessionId,
        outcome: 'pending',
        reviewState: 'open',
        detail: { problems: ['provider-away'] },
      },
    ]);
    expect(captures.map(({ challengeId, step }) => [challengeId, step])).toEqual(
      [-1, -1, 0, 1].map((step) => [challenge.challengeId, step]),
    );
    expect(await listSessionIdentity(world.database.pool, [])).toEqual({ checks: [], captures: [] });
  });
});

describe('one face under two identities', () => {
  it('is found after the enrolment, from either side, and nothing else is', async () => {
    const near = descriptorOf(120);
    const like = near.map((value, at) => (at === 121 ? 0.399 : value));
    const unlike = near.map((value, at) => (at === 122 ? 0.401 : value));
    const enrolAs = async (descriptor: readonly number[]) => {
      world.provider.onEnrol = () => accepted(descriptor);
      return world.addEnrolled();
    };
    const [one, other, third] = [await enrolAs(near), await enrolAs(like), await enrolAs(unlike)];
    await work('identity.search-doubles');
    const found = await findDoubles(
      world.database.pool,
      [one, other, third].map(({ personId }) => personId),
    );
    expect(found).toMatchObject([
      { personId: expect.any(String), otherPersonId: expect.any(String), distanceMilli: 399 },
      { personId: expect.any(String), otherPersonId: expect.any(String), distanceMilli: 399 },
    ]);
    expect(new Set(found.map(({ personId }) => personId))).toEqual(new Set([one.personId, other.personId]));
    expect(await findDoubles(world.database.pool, [])).toEqual([]);
  });

  it('is not looked for when the enrolment is gone again', async () => {
    const learner = await world.addEnrolled();
    await learner.client.delete('/api/identity/consent');
    await work('identity.search-doubles');
    expect(await findDoubles(world.database.pool, [learner.personId])).toEqual([]);
  });
});

describe('the gauge', () => {
  it('counts people of whom a face is stored in any form, each once', async () => {
    const operator = world.staff('system-operator', world.bodyId);
    const count = async () =>
      (await operator.client.get<{ storedFaces: number }>('/api/identity/gauge')).body.storedFaces;
    const before = await count();
    const learner = await world.addEnrolled();
    expect(await count()).toBe(before + 1);
    await world.pass(learner);
    expect(await count()).toBe(before + 1);
    await learner.client.delete('/api/identity/consent');
    expect(await count()).toBe(before);
    const gauge = await operator.client.get('/api/identity/gauge');
    expect(gauge.body).toMatchObject({
      fileFrom: 100_000,
      state: 'below',
      source: '人脸识别技术应用安全管理办法 第十五条',
      provider: [
        { scheme: 'road-transport', name: 'builtin' },
        { scheme: 'work-safety' },
        { scheme: 'driver-licence' },
      ],
    });
    expect((await learner.client.get('/api/identity/gauge')).status).toBe(403);
  });

  it('stands among the measurements', async () => {
    const { text } = await world.test.client().get('/api/metrics');
    expect(text).toMatch(/antu_stored_faces \d+/);
  });
});

it('a person’s page tells how checks went, to those who may know', async () => {
  const learner = await world.addEnrolled();
  world.provider.onJudge = () => failed;
  await world.pass(learner);
  const answer = await world
    .staff('enterprise-manager', world.enterpriseId)
    .client.get(`/api/people/${learner.personId}/identity`);
  expect(answer.body).toMatchObject({
    enrolment: { state: 'active', source: 'on-site' },
    hasConsent: true,
    recentChecks: [{ purpose: 'sign-in', method: 'face', outcome: 'failed', problems: ['other-person', 'not-live'] }],
  });
  expect((await checksOf(world, learner)).length).toBe(1);
});
