import { createHash } from 'node:crypto';
import { type IdentityCheckFact, identityCheckText, livenessPrompts } from '@antu/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listCheckVerdicts, openChallenge } from './index.ts';
import { capturesOf, checksOf, filesOf } from './testing/check-helpers.ts';
import { failed, passed } from './testing/fake-provider.ts';
import { buildIdentityWorld, codeOf, type IdentityWorld, standingOf } from './testing/identity-world.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await buildIdentityWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

describe('a check', () => {
  it('tells one prompt after the other, none before its time, and passes who the provider knows', async () => {
    const learner = await world.addEnrolled();
    const first = await world.begin(learner);
    expect(first).toMatchObject({
      steps: 3,
      step: -1,
      prompt: null,
      framesPerStep: 3,
      stepMs: 8000,
      expiresInMs: 300_000,
    });
    const [row] = await world.rows<{ prompts: string }>('select prompts from identity_challenge where id = $1', [
      first.challengeId,
    ]);
    const prompts = JSON.parse(row?.prompts ?? '') as string[];
    expect(prompts).toHaveLength(2);
    expect(livenessPrompts).toEqual(expect.arrayContaining(prompts));
    expect(JSON.stringify(first)).not.toMatch(/turn|closer|mouth/);

    let challenge = first;
    for (const [step, prompt] of prompts.entries()) {
      world.test.clock.advance(2000);
      const answer = await world.send(learner, challenge);
      expect(answer.body).toMatchObject({ type: 'next', challenge: { step, prompt } });
      if (answer.body.type === 'next') challenge = answer.body.challenge;
    }
    world.test.clock.advance(2000);
    expect((await world.send(learner, challenge)).body).toEqual({ type: 'verdict', outcome: 'passed', problems: [] });

    const asked = world.provider.judged.at(-1);
    expect(asked?.prompts).toEqual(prompts);
    expect(asked?.frames.map(({ step }) => step)).toEqual([-1, -1, -1, 0, 0, 0, 1, 1, 1]);
    expect(asked?.nonce).toBe(first.nonce);
    expect((await standingOf(learner)).signIn).toMatchObject({ required: true, passedAt: expect.any(String) });
    expect(await world.auditActions(learner.actor.accountId)).toContain('identity.verdict');
  });

  it('leaves one row whose hash can be recomputed, the best picture, and no other file', async () => {
    const learner = await world.addEnrolled();
    await world.pass(learner);
    const [row] = await checksOf(world, learner);
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({
      problems: [],
      signs: [],
      distanceMilli: 310,
      bestFrame: 1,
      numbersMilli: { yawMost: 720 },
    });
    const [stored] = await world.rows<Record<string, unknown>>(
      `select id, person_id as "personId", purpose, session_id as "sessionId", check_id as "checkId",
         login_session_id as "loginSessionId", scheme, rule_set_id as "ruleSetId", method, provider, outcome, detail,
         supervisor_account_id as "supervisorAccountId", host(address) as address,
         (extract(epoch from asked_at) * 1000)::float8 as "askedAtMs",
         (extract(epoch from decided_at) * 1000)::float8 as "decidedAtMs"
       from identity_check where person_id = $1`,
      [learner.personId],
    );
    const text = identityCheckText(stored as unknown as IdentityCheckFact);
    expect(row?.hash.toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
    const captures = await capturesOf(world, learner);
    expect(captures.map(({ step, kind }) => [step, kind])).toEqual([[-1, 'check']]);
    const [capture] = captures;
    expect(((capture?.keep_until.getTime() ?? 0) - (capture?.taken_at.getTime() ?? 0)) / 86_400_000).toBe(730);
    expect(await filesOf(world, learner)).toHaveLength(2);
  });

  it('that fails keeps the first picture and one of every step, and says what helps first', async () => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = () => failed;
    expect((await world.pass(learner)).body).toMatchObject({
      outcome: 'failed',
      problems: ['other-person', 'not-live'],
    });
    expect((await capturesOf(world, learner)).map(({ step }) => step)).toEqual([-1, -1, 0, 1]);
    expect((await standingOf(learner)).signIn.passedAt).toBeNull();
  });

  it('that passes with signs of suspicion keeps as many pictures', async () => {
    const learner = await world.addEnrolled();
    world.provider.onJudge = () => ({ ...passed, signs: ['moire'] });
    expect((await world.pass(learner)).body).toMatchObject({ outcome: 'passed' });
    expect(await capturesOf(world, learner)).toHaveLength(4);
  });

  it('of two of one kind only the younger goes on', async () => {
    const learner = await world.addEnrolled();
    const older = await world.begin(learner);
    const younger = await world.begin(learner);
    expect(older.nonce).not.toBe(younger.nonce);
    world.test.clock.advance(2000);
    expect(codeOf(await world.send(learner, older))).toBe('identity.challenge_used');
    expect((await world.send(learner, younger)).body).toMatchObject({ type: 'next' });
    expect(await checksOf(world, learner)).toEqual([]);
  });

  it('that is left after its prompt was shown has failed: nobody draws prompts until a recording fits', async () => {
    const learner = await world.addEnrolled();
    const ask = () =>
      openChallenge(
        world.test.platform,
        { actor: learner.actor, address: '203.0.113.9', requestId: 'test', now: () => world.test.clock.now() },
        {
          personId: learner.personId,
          purpose: 'study',
          sessionId: crypto.randomUUID(),
          checkId: 'c0ffee00-0000-4000-8000-000000000000',
          scheme: 'work-safety',
          regionCode: '440104',
          loginSessionId: learner.actor.sessionId,
        },
      );
    const challenge = await ask();
    world.test.clock.advance(2000);
    await world.send(learner, challenge);
    await ask();
    const verdicts = await listCheckVerdicts(
      world.database.pool,
      learner.personId,
      'c0ffee00-0000-4000-8000-000000000000',
    );
    expect(verdicts).toMatchObject([{ id: challenge.challengeId, outcome: 'failed', method: 'face' }]);
    expect(codeOf(await world.send(learner, challenge, { step: 0 }))).toBe('identity.challenge_used');
  });

  it('may be begun twenty times in ten minutes', async () => {
    const learner = await world.addLearner();
    for (let begun = 0; begun < 20; begun += 1) await world.begin(learner);
    world.test.clock.advance(90_000);
    const refused = await learner.client.post('/api/identity/challenges');
    expect([refused.status, codeOf(refused)]).toEqual([429, 'identity.too_many_checks']);
    expect(refused.text).toContain('9 分钟');
    world.test.clock.advance(510_000);
    await world.begin(learner);
  });
});
