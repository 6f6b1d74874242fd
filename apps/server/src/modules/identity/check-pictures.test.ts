import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePartitions } from '../../platform/database/structure.ts';
import { capturesOf, checksOf, filesOf, reach } from './testing/check-helpers.ts';
import { freshPictures } from './testing/fake-provider.ts';
import { buildIdentityWorld, codeOf, type IdentityWorld, type Learner } from './testing/identity-world.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await buildIdentityWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

describe('pictures are refused', () => {
  const gone = 'identity.challenge_not_found';

  it('from somebody else', async () => {
    const [learner, other] = [await world.addEnrolled(), await world.addEnrolled()];
    const challenge = await world.begin(learner);
    expect(codeOf(await world.send(other, challenge))).toBe(gone);
    world.test.clock.advance(2000);
    expect((await world.send(learner, challenge)).body).toMatchObject({ type: 'next' });
  });

  it('from another sign-in of the same person, which ends the check', async () => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    const actor = { ...learner.actor, sessionId: crypto.randomUUID() };
    expect(codeOf(await world.send({ client: world.test.as(actor) }, challenge))).toBe(gone);
    world.test.clock.advance(2000);
    expect(codeOf(await world.send(learner, challenge))).toBe('identity.challenge_used');
    const denied = await world.rows(`select detail from audit_entry where object_id = $1 and outcome = 'denied'`, [
      challenge.challengeId,
    ]);
    expect(denied).toEqual([{ detail: { why: 'another sign-in' } }]);
  });

  it('with the number of another challenge, which ends the check', async () => {
    const learner = await world.addEnrolled();
    const used = await world.begin(learner);
    await world.pass(learner, used);
    const challenge = await world.begin(learner);
    world.test.clock.advance(2000);
    expect(codeOf(await world.send(learner, challenge, { nonce: used.nonce }))).toBe(gone);
    expect(codeOf(await world.send(learner, challenge))).toBe('identity.challenge_used');
  });

  it('and the check has failed if its prompt was shown already: no free draw by a wrong number', async () => {
    const learner = await world.addEnrolled();
    const challenge = await reach(world, learner, 0);
    expect(codeOf(await world.send(learner, challenge, { nonce: 'wrong' }))).toBe(gone);
    expect(await checksOf(world, learner)).toMatchObject([{ id: challenge.challengeId, outcome: 'failed' }]);
    expect((await capturesOf(world, learner)).map(({ step }) => step)).toEqual([-1, -1]);
    // The photo of the enrolment and what was kept.
    expect(await filesOf(world, learner)).toHaveLength(3);
  });

  it('for a check that has its verdict', async () => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    await world.pass(learner, challenge);
    for (const step of [-1, 0, 1])
      expect(codeOf(await world.send(learner, challenge, { step }))).toBe('identity.challenge_used');
    expect(await checksOf(world, learner)).toHaveLength(1);
  });

  it.each([
    [-1, 0],
    [-1, 1],
    [0, -1],
    [0, 1],
    [1, 0],
  ])('while step %i is due for step %i', async (due, sent) => {
    const learner = await world.addEnrolled();
    const challenge = await reach(world, learner, due);
    expect(codeOf(await world.send(learner, challenge, { step: sent }))).toBe('identity.wrong_step');
    expect((await world.send(learner, challenge)).status).toBe(200);
  });

  it('after the check has expired, at the very millisecond', async () => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    world.test.clock.advance(challenge.expiresInMs);
    expect(codeOf(await world.send(learner, challenge))).toBe(gone);
    expect(await checksOf(world, learner)).toEqual([]);
  });

  it('by the schema: none, too many, empty, too large, no number', async () => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    const [frame] = await world.frames(-1);
    if (!frame) throw new Error('no frame');
    const bad = [
      [],
      Array.from({ length: 7 }, () => frame),
      [{ ...frame, picture: '' }],
      [{ ...frame, picture: 'A'.repeat(2_097_156) }],
      [{ ...frame, atMs: -1 }],
      [{ ...frame, atMs: Number.NaN }],
    ];
    for (const frames of bad) expect((await world.send(learner, challenge, { frames })).status).toBe(400);
    const huge = await world.send(learner, challenge, {
      frames: [0, 1, 2, 3].map((at) => ({ atMs: at, picture: 'A'.repeat(2_000_000) })),
    });
    expect([huge.status, codeOf(huge)]).toEqual([413, 'platform.too_large']);
    expect(await filesOf(world, learner)).toHaveLength(1);
    world.test.clock.advance(2000);
    expect((await world.send(learner, challenge)).body).toMatchObject({ type: 'next' });
  });
});

describe('pictures end the check as failed', () => {
  const failWith = async (learner: Learner, due: number, change: object | (() => Promise<object>), problem: string) => {
    const asked = world.provider.judged.length;
    const challenge = await reach(world, learner, due);
    const answer = await world.send(learner, challenge, typeof change === 'function' ? await change() : change);
    expect(answer.body).toEqual({ type: 'verdict', outcome: 'failed', problems: [problem] });
    expect(world.provider.judged).toHaveLength(asked);
    expect(codeOf(await world.send(learner, challenge))).toBe('identity.challenge_used');
    const checks = await checksOf(world, learner);
    expect(checks.map(({ outcome }) => outcome)).toEqual(['failed']);
    return checks[0];
  };

  it('a millisecond after the time of step and transfer, on any step', async () => {
    for (const due of [-1, 0, 1]) {
      const inTime = await world.addEnrolled();
      const kept = await reach(world, inTime, due);
      world.test.clock.advance(21_000);
      expect((await world.send(inTime, kept)).body).not.toMatchObject({ problems: ['too-slow'] });
      const late = await world.addEnrolled();
      const challenge = await reach(world, late, due);
      world.test.clock.advance(21_001);
      expect((await world.send(late, challenge)).body).toMatchObject({ outcome: 'failed', problems: ['too-slow'] });
    }
  });

  it.each([
    ['their stopwatch says they took too long', [1000, 9001, 9002], 'too-slow'],
    ['their stopwatch stands still', [1000, 1000, 1300], 'unreadable'],
    ['their stopwatch is ahead of the server', [1000, 1300, 3001], 'unreadable'],
  ])('if %s', async (_, times, problem) => {
    const pictures = await freshPictures(3);
    const frames = pictures.map((picture, at) => ({ picture, atMs: times[at] }));
    await failWith(await world.addEnrolled(), -1, { frames }, problem);
  });

  it('if they are fewer than asked for', async () => {
    await failWith(
      await world.addEnrolled(),
      0,
      async () => ({ frames: (await world.frames(0)).slice(0, 2) }),
      'unreadable',
    );
  });

  it.each([
    ['one byte', Buffer.from([0])],
    ['no picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'.repeat(9))],
  ])('if one is %s; it is hashed, but not kept', async (_, bytes) => {
    const learner = await world.addEnrolled();
    const row = await failWith(
      learner,
      0,
      async () => ({ frames: await world.frames(0, [...(await freshPictures(2)), bytes.toString('base64')]) }),
      'unreadable',
    );
    const sha = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    expect(row?.detail).toContain(sha);
    // The first of all and the last of the first step; that of the second is none.
    expect(await capturesOf(world, learner)).toHaveLength(2);
    expect(await filesOf(world, learner)).toHaveLength(3);
  });
});

describe('the same pictures', () => {
  it('sent again get the same prompt, so that a lost answer costs nothing', async () => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    world.test.clock.advance(2000);
    const frames = await world.frames(-1);
    const first = await world.send(learner, challenge, { frames });
    const second = await world.send(learner, challenge, { frames });
    expect(first.body).toMatchObject({ type: 'next' });
    expect(second.body).toEqual(first.body);
    expect(codeOf(await world.send(learner, challenge))).toBe('identity.wrong_step');
  });

  it('of the last step sent again get the same verdict', async () => {
    const learner = await world.addEnrolled();
    const challenge = await reach(world, learner, 1);
    const frames = await world.frames(1);
    const first = await world.send(learner, challenge, { frames });
    expect(first.body).toMatchObject({ outcome: 'passed' });
    const asked = world.provider.judged.length;
    expect((await world.send(learner, challenge, { frames })).body).toEqual(first.body);
    expect(world.provider.judged).toHaveLength(asked);
    expect(await checksOf(world, learner)).toHaveLength(1);
  });

  it.each([
    ['the one that was kept', 1],
    ['one that was not kept', 2],
  ])('of an earlier check are a replay: %s', async (_, which) => {
    const learner = await world.addEnrolled();
    const challenge = await world.begin(learner);
    world.test.clock.advance(2000);
    const recorded = await world.frames(-1);
    const answer = await world.send(learner, challenge, { frames: recorded });
    if (answer.body.type === 'next') await world.pass(learner, answer.body.challenge);
    const again = await reach(world, learner, 1);
    const frames = await world.frames(1, [...(await freshPictures(2)), recorded[which]?.picture ?? '']);
    expect((await world.send(learner, again, { frames })).body).toMatchObject({
      outcome: 'failed',
      problems: ['replayed'],
    });
    expect(JSON.parse((await checksOf(world, learner)).at(-1)?.detail ?? '')).toMatchObject({ signs: ['seen-before'] });
  });

  it('of somebody else, or after ninety days, are none', async () => {
    const [learner, other] = [await world.addEnrolled(), await world.addEnrolled()];
    const send = async (one: Learner, recorded: readonly string[]) => {
      const challenge = await reach(world, one, 1);
      return (await world.send(one, challenge, { frames: await world.frames(1, recorded) })).body;
    };
    const recorded = await freshPictures(3);
    expect(await send(learner, recorded)).toMatchObject({ outcome: 'passed' });
    expect(await send(other, recorded)).toMatchObject({ outcome: 'passed' });
    expect(await send(learner, recorded)).toMatchObject({ problems: ['replayed'] });
    // What the failed try kept counts too, so the days begin anew.
    world.test.clock.advance(90 * 86_400_000 - 60_000);
    await makePartitions(world.database.owner, world.test.clock.nowMs());
    expect(await send(learner, recorded)).toMatchObject({ problems: ['replayed'] });
    world.test.clock.advance(90 * 86_400_000 + 60_000);
    await makePartitions(world.database.owner, world.test.clock.nowMs());
    expect(await send(learner, recorded)).toMatchObject({ outcome: 'passed' });
  });
});
