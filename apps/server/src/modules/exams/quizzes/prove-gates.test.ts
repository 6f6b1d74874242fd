import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAppendOnly } from '../../../platform/testing/index.ts';
import { proveGates } from './prove-gates.ts';
import { makeQuizWorld, type QuizLearner, type QuizWorld } from './testing/quiz-world.ts';

let world: QuizWorld;
let who: QuizLearner;
beforeAll(async () => {
  world = await makeQuizWorld();
  who = await world.learner();
  await who.study();
  await who.sit(3);
  await who.sit(4);
}, 60_000);
afterAll(() => world?.bank.close());

/** Changes rows by hand, looks what recomputing says, and takes the change back. */
async function problemsAfter(statement: string): Promise<string[]> {
  const client = await world.bank.database.owner.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(statement, [who.personId]);
    expect(rowCount, statement).toBeGreaterThan(0);
    const { rounds } = await proveGates(client, bucketOf(who.personId), [who.personId]);
    return rounds.flatMap(({ problems }) => problems.map(({ table, what }) => `${table} ${what}`));
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const ofAttempt = (number: number) => `(select id from quiz_attempt where person_id = $1 and number = ${number})`;

describe('recomputing the rounds of quizzes', () => {
  it('finds nothing where all is as it was written', async () => {
    expect(await problemsAfter('update person set sex = sex where id = $1')).toEqual([]);
  });

  it.each([
    [
      'another mark',
      `update quiz_attempt set right_count = 5 where id = ${ofAttempt(1)}`,
      /has 5 right answers, marked again 3/,
    ],
    [
      'a pass by hand',
      `update quiz_attempt set passed = true where id = ${ofAttempt(1)}`,
      /passed is true, against its marks/,
    ],
    [
      'another answer',
      `update quiz_answer set given = 'true' where given = 'false' and attempt_id = ${ofAttempt(1)}`,
      /has 3 right answers, marked again 5/,
    ],
    ['an answer that is gone', `delete from quiz_answer where attempt_id = ${ofAttempt(2)}`, /does not match its hash/],
    [
      'an answer from after the end',
      `update quiz_answer set answered_at = answered_at + interval '5 minutes' where attempt_id = ${ofAttempt(2)}`,
      /has answers from after its end/,
    ],
    [
      'more time',
      `update quiz_attempt set ends_at = ends_at + interval '1 second' where id = ${ofAttempt(2)}`,
      /ends at another time than its rules say/,
    ],
    ['an attempt that is gone', `update quiz_attempt set number = 7 where id = ${ofAttempt(1)}`, /is number 7, not/],
    [
      'a round passed without an attempt',
      `update quiz_attempt set passed = false where id = ${ofAttempt(2)}`,
      /passed is false, against its marks/,
    ],
    [
      'a round settled before',
      `update quiz_round set settled_at = settled_at - interval '1 second' where person_id = $1`,
      /was settled before its last attempt ended/,
    ],
    [
      'a round closed by hand',
      `update quiz_round set state = 'failed' where person_id = $1`,
      /is failed, its attempts say passed/,
    ],
  ])('names %s', async (_, statement, problem) => {
    expect((await problemsAfter(statement)).join('\n')).toMatch(problem);
  });

  it('rests on answers that the server itself cannot change', async () => {
    await expectAppendOnly(world.bank.database, ['quiz_answer']);
  });
});
