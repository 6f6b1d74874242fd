import { randomUUID } from 'node:crypto';
import { getQuizRuleSet, quizLimitsOf } from '@antu/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../platform/errors.ts';
import { failed, freshPicture } from '../../identity/testing/fake-provider.ts';
import { buildIdentityWorld, type IdentityWorld, type Learner } from '../../identity/testing/identity-world.ts';
import { requireLessonIdentity } from './lesson-identity.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await buildIdentityWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

const workSafety = quizLimitsOf(getQuizRuleSet('work-safety.quiz.2022-07-01'));
const FRESH_MS = 900_000;
/** Outcome of the check on which an attempt would rest, or the code of the refusal. */
async function asked(
  { personId, actor }: Learner,
  changes: { loginSessionId?: string; limits?: typeof workSafety } = {},
) {
  const taker = { personId, loginSessionId: changes.loginSessionId ?? actor.sessionId };
  const limits = changes.limits ?? workSafety;
  try {
    return (await requireLessonIdentity(world.database.pool, taker, limits, world.test.clock.nowMs()))?.outcome;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
const NEEDED = 'exams.quiz_identity_needed';

describe('The identity of who takes a quiz', () => {
  it('is confirmed by a check of this sign-in for the minutes of the rules, and not a millisecond longer', async () => {
    const learner = await world.addEnrolled();
    expect(await asked(learner)).toBe(NEEDED);
    await world.pass(learner);
    world.test.clock.advance(FRESH_MS);
    expect(await asked(learner)).toBe('passed');
    world.test.clock.advance(1);
    expect(await asked(learner)).toBe(NEEDED);
  });

  it('is not confirmed by a failed check, nor by one of another person or sign-in', async () => {
    const [learner, other] = [await world.addEnrolled(), await world.addEnrolled()];
    world.provider.onJudge = () => failed;
    await world.pass(learner);
    expect(await asked(learner)).toBe(NEEDED);
    world.provider.reset();
    await world.pass(learner);
    expect(await asked(other)).toBe(NEEDED);
    expect(await asked(other, { loginSessionId: learner.actor.sessionId })).toBe(NEEDED);
    expect(await asked(learner, { loginSessionId: randomUUID() })).toBe(NEEDED);
  });

  it('is not confirmed by the check of an exam', async () => {
    const learner = await world.addEnrolled();
    await world.pass(learner);
    await world.database.owner.query('alter table identity_check disable trigger all');
    await world.rows(`update identity_check set purpose = 'exam', session_id = $2 where person_id = $1`, [
      learner.personId,
      randomUUID(),
    ]);
    expect(await asked(learner)).toBe(NEEDED);
  });

  it('may wait for two people, as the hours do', async () => {
    const learner = await world.addLearner();
    const { challengeId, nonce } = await world.begin(learner);
    const body = { nonce, face: await freshPicture(), idCard: await freshPicture() };
    await learner.client.post(`/api/identity/challenges/${challengeId}/review`, body);
    expect(await asked(learner)).toBe('pending');
  });

  it('is not asked where the rules want no check', async () => {
    const limits = quizLimitsOf(getQuizRuleSet('road-transport.quiz.2020-04-01'));
    expect(await asked(await world.addLearner(), { limits })).toBeUndefined();
  });
});
