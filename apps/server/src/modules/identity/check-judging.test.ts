import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JudgeAnswer } from './engine/index.ts';
import { capturesOf, checksOf, reach } from './testing/check-helpers.ts';
import { failed, freshPicture, passed, pending } from './testing/fake-provider.ts';
import { buildIdentityWorld, codeOf, type IdentityWorld, type Learner } from './testing/identity-world.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await buildIdentityWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

describe('two at once', () => {
  it('of one step: one wins', async () => {
    const learner = await world.addEnrolled();
    const challenge = await reach(world, learner, 0);
    const [a, b] = [await world.frames(0), await world.frames(0)];
    const answers = await Promise.all([
      world.send(learner, challenge, { frames: a }),
      world.send(learner, challenge, { frames: b }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('of the last step: one verdict, and both hear it if they sent the same', async () => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = async () => {
      await pause(150);
      return passed;
    };
    const challenge = await reach(world, learner, 1);
    const frames = await world.frames(1);
    const other = await world.frames(1);
    const asked = world.provider.judged.length;
    const answers = await Promise.all([
      world.send(learner, challenge, { frames }),
      world.send(learner, challenge, { frames }),
      world.send(learner, challenge, { frames: other }),
    ]);
    expect(world.provider.judged).toHaveLength(asked + 1);
    expect(await checksOf(world, learner)).toHaveLength(1);
    const told = answers.filter(({ status }) => status === 200);
    expect(told.length).toBeGreaterThanOrEqual(1);
    for (const answer of told) expect(answer.body).toMatchObject({ outcome: 'passed' });
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(codeOf(answer)).toBe('identity.challenge_used');
  });

  it('one of which died while judging: the next post of the last step judges again', async () => {
    const learner = await world.addEnrolled();
    const left = await reach(world, learner, 1);
    const lastStep = await world.frames(1);
    // The moment at which the process died: pictures are in, no verdict is.
    world.provider.onJudge = () => new Promise(() => undefined);
    const dying = world.send(learner, left, { frames: lastStep });
    await pause(50);
    await world.database.owner.query('alter table identity_check add constraint dead check (false) not valid');
    expect((await dying).status).toBe(500);
    await world.database.owner.query('alter table identity_check drop constraint dead');
    expect(await checksOf(world, learner)).toEqual([]);
    world.provider.reset();
    world.test.clock.advance(4000);
    expect((await world.send(learner, left, { frames: lastStep })).body).toMatchObject({ outcome: 'passed' });
    expect(await checksOf(world, learner)).toHaveLength(1);
  });
});

describe('a provider that does not answer as it should', () => {
  const garbage: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['a text', 'passed'],
    ['an outcome that is none', { ...passed, outcome: 'ok' }],
    ['passed with a problem', { ...passed, problems: ['other-person'] }],
    ['failed without one', { ...failed, problems: [] }],
    ['a problem that is none', { ...failed, problems: ['bad-hair'] }],
    ['a distance that is no number', { ...passed, distance: Number.NaN }],
    ['a frame before the first', { ...passed, bestFrame: -3 }],
  ];
  it.each([
    ['is away', () => pending],
    ['breaks', () => Promise.reject(new Error('broken'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['is too slow', () => new Promise<JudgeAnswer>(() => undefined)],
    ...garbage.map(([name, answer]) => [`answers ${name}`, () => answer as JudgeAnswer] as const),
  ] as const)('%s: pending, for two people to decide, never passed', async (_, onJudge) => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = onJudge;
    expect((await world.pass(learner)).body).toEqual({
      type: 'verdict',
      outcome: 'pending',
      problems: ['provider-away'],
    });
    const [check] = await checksOf(world, learner);
    expect(
      await world.rows('select state, id_card_capture_id, organisation_id from identity_review where id = $1', [
        check?.id,
      ]),
    ).toEqual([{ state: 'open', id_card_capture_id: null, organisation_id: world.bodyId }]);
    expect(await capturesOf(world, learner)).toHaveLength(4);
  });

  it('fails who is on no roster: nobody could decide', async () => {
    const learner = await world.addEnrolled();
    await world.database.owner.query('update person_affiliation set to_date = now() where person_id = $1', [
      learner.personId,
    ]);
    world.provider.onJudge = () => pending;
    expect((await world.pass(learner)).body).toMatchObject({ outcome: 'failed', problems: ['provider-away'] });
  });

  it('gets name and number only if it asks, and that is written down', async () => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = async (request) => {
      expect(await request.identity()).toMatchObject({
        name: '容步行',
        idNumber: expect.stringMatching(/^4499991980/),
      });
      return passed;
    };
    expect((await world.pass(learner)).body).toMatchObject({ outcome: 'passed' });
    expect(await world.auditActions(learner.actor.accountId)).toContain('identity.hand-on');
  });
});

describe('while a check is judged', () => {
  it.each([
    [
      'the photo is replaced',
      async (learner: Learner) => {
        const { client } = world.staff('teacher', world.bodyId);
        await client.post(`/api/people/${learner.personId}/identity/picture`, {
          source: 'on-site',
          picture: await freshPicture(),
        });
      },
      { body: { type: 'verdict', outcome: 'failed', problems: ['not-enrolled'] } },
      1,
    ],
    [
      'consent ends',
      (learner: Learner) => learner.client.delete('/api/identity/consent'),
      { status: 404, body: { error: { code: 'identity.challenge_not_found' } } },
      0,
    ],
    [
      'the template is deleted',
      (learner: Learner) =>
        world.database.owner.query('delete from face_enrolment where person_id = $1', [learner.personId]),
      { body: { type: 'verdict', outcome: 'failed', problems: ['not-enrolled'] } },
      1,
    ],
  ] as const)('%s: nobody passes by what is gone', async (_, happen, expected, verdicts) => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = async () => {
      await happen(learner);
      return passed;
    };
    expect(await world.pass(learner)).toMatchObject(expected);
    expect(await checksOf(world, learner)).toHaveLength(verdicts);
  });
});
