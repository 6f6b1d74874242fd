import { randomUUID } from 'node:crypto';
import type { EndpointAnswer, getLearningCourse } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemAuditContext } from '../../audit/index.ts';
import { settleQuizGate } from '../../learning/index.ts';
import { findDifferences } from '../../learning/testing/study-bench.ts';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { endAllTimedOut, settleQuizRounds } from './jobs.ts';
import { ASKED, LESSON_SECONDS, makeQuizWorld, type QuizLearner, type QuizWorld } from './testing/quiz-world.ts';

let world: QuizWorld;
beforeAll(async () => {
  world = await makeQuizWorld();
}, 60_000);
afterAll(() => world?.bank.close());

const advance = (ms: number) => world.bank.test.clock.advance(ms);
const nowMs = () => world.bank.test.clock.nowMs();
const differences = () => findDifferences(world.bank);

/** Somebody who has viewed the lesson. */
async function ready(): Promise<QuizLearner> {
  const who = await world.learner();
  await who.study();
  return who;
}

describe('hours of a lesson with a quiz', () => {
  it('wait until it is passed, and count from then on', async () => {
    const who = await world.learner();
    expect(await who.quiz()).toMatchObject({ state: 'study-first', waitingSeconds: 0, attemptsUsed: 0 });
    const status = await who.study();
    expect(status).toMatchObject({ reason: 'finished', creditedSeconds: 60, quizSeconds: 60 });
    expect(await who.creditedSeconds()).toBe(0);
    expect(await who.quiz()).toMatchObject({ state: 'ready', waitingSeconds: LESSON_SECONDS, questions: ASKED });
    const { result } = await who.sit(4);
    expect(result).toMatchObject({ right: 4, percent: 80, passed: true, timedOut: false });
    expect(await who.creditedSeconds()).toBe(LESSON_SECONDS);
    expect(await who.quiz()).toMatchObject({ state: 'passed', waitingSeconds: 0, latest: { number: 1, percent: 80 } });
    expect(codeOf(await who.begin())).toBe('quizzes.passed');
    expect(await differences()).toEqual([]);
  });

  it('do not count with one right answer less', async () => {
    const who = await ready();
    const { result } = await who.sit(3);
    expect(result).toMatchObject({ right: 3, percent: 60, passed: false });
    expect(await who.creditedSeconds()).toBe(0);
    expect(await who.quiz()).toMatchObject({ state: 'ready', attemptsUsed: 1, waitingSeconds: LESSON_SECONDS });
    expect(await differences()).toEqual([]);
  });

  it('count at once where the lesson has no quiz', async () => {
    const who = await world.learner();
    expect(await who.study(LESSON_SECONDS, world.plainLessonId)).toMatchObject({
      creditedSeconds: 60,
      quizSeconds: null,
    });
    const answer = await who.client.get(`/api/learning/lessons/${world.plainLessonId}/quiz`);
    expect(answer.body).toEqual({ quiz: null });
  });

  it('are refused after the fifth failed attempt; studied again, there are five new ones', async () => {
    const who = await ready();
    for (let number = 1; number <= 5; number += 1) {
      expect(await who.sit(0)).toMatchObject({ number, attempts: 5, result: { passed: false } });
      expect((await who.quiz()).state).toBe(number < 5 ? 'ready' : 'study-again');
    }
    const sixth = await who.begin();
    expect([sixth.status, codeOf(sixth)]).toEqual([409, 'quizzes.study_again']);
    expect(await who.creditedSeconds()).toBe(0);
    expect(await who.quiz()).toMatchObject({ attemptsUsed: 5, waitingSeconds: 0, afterLastAttempt: 'study-again' });
    await who.study();
    expect(await who.quiz()).toMatchObject({ state: 'ready', attemptsUsed: 0, waitingSeconds: LESSON_SECONDS });
    expect((await who.sit(5)).result?.passed).toBe(true);
    expect(await who.creditedSeconds()).toBe(LESSON_SECONDS);
    expect(await differences()).toEqual([]);
  });

  it('count too when the fifth attempt passes', async () => {
    const who = await ready();
    for (let number = 1; number <= 4; number += 1) await who.sit(3);
    expect((await who.sit(4)).result?.passed).toBe(true);
    expect(await who.creditedSeconds()).toBe(LESSON_SECONDS);
  });

  it('are told in the course as waiting, and the quiz as what comes next', async () => {
    const who = await world.learner();
    const course = async () =>
      (await who.client.get<EndpointAnswer<typeof getLearningCourse>>(`/api/learning/courses/${world.courseId}`)).body;
    await who.study(45);
    const begun = await course();
    expect(begun.lessons[0]).toMatchObject({
      state: 'learning',
      creditedSeconds: 0,
      quizSeconds: 45,
      resumeAtMs: 45_000,
    });
    expect(begun.obligation.next).toMatchObject({ lessonVersionId: world.lessonVersionId, awaitsQuiz: false });
    await who.study(15, world.lessonVersionId, 45);
    const viewed = await course();
    expect(viewed.lessons[0]).toMatchObject({ state: 'awaiting-quiz', creditedSeconds: 0, quizSeconds: 60 });
    expect(viewed.obligation.next).toMatchObject({ lessonVersionId: world.lessonVersionId, awaitsQuiz: true });
    await who.sit(5);
    const passed = await course();
    expect(passed.lessons[0]).toMatchObject({ state: 'finished', creditedSeconds: 60, quizSeconds: null });
    expect(passed.obligation.next).toMatchObject({ lessonVersionId: world.plainLessonId, awaitsQuiz: false });
  });

  it('need the whole lesson: the second that is missing is named', async () => {
    const who = await world.learner();
    await who.study(45);
    const answer = await who.begin();
    expect([answer.status, codeOf(answer)]).toEqual([409, 'quizzes.study_first']);
    expect(answer.body).toMatchObject({ error: { details: { leftSeconds: 15 } } });
    expect(await who.quiz()).toMatchObject({ state: 'study-first', viewedSeconds: 45, waitingSeconds: 45 });
    await who.study(15, world.lessonVersionId, 45);
    expect((await who.begin()).status).toBe(200);
  });
});

describe('an attempt', () => {
  it('tells nothing about what is right before it ended, and then what was right and why', async () => {
    const who = await ready();
    const begun = await who.begin();
    await who.answer(begun.body.id, 0, false);
    const running = await who.read(begun.body.id);
    for (const { text } of [begun, running]) expect(text).not.toMatch(/"(right|explanation|clause|accepted)"|远光灯/);
    const { result } = await who.submit(begun.body.id);
    expect(result?.items[0]).toMatchObject({ given: false, right: true, isRight: false });
    expect(result?.items[0]?.explanation).toContain('远光灯');
    expect(result?.items[1]).toMatchObject({ given: null, isRight: false });
  });

  it('keeps what is right to itself once the bank is closed for exams', async () => {
    const who = await ready();
    const { id } = await who.sit(0);
    const { manager, bankId } = world.bank;
    await manager.client.put(`/api/question-banks/${bankId}/practice`, { open: false });
    const closed = await who.read(id);
    expect(closed.text).not.toContain('远光灯');
    expect(closed.body.result?.items[0]).toMatchObject({
      isRight: false,
      right: null,
      explanation: null,
      clause: null,
    });
    await manager.client.put(`/api/question-banks/${bankId}/practice`, { open: true });
  });

  it('asks other questions than the ones before, while there are any', async () => {
    const who = await ready();
    const asked = new Set<string>();
    for (let number = 1; number <= 2; number += 1) {
      for (const { question } of (await who.sit(0)).items) asked.add(question.stem);
    }
    expect(asked.size).toBe(2 * ASKED);
  });

  it.each([
    ['a second before the end', -1_000, 200, null],
    ['a millisecond before the end', -1, 200, null],
    ['at the end', 0, 409, 'quizzes.over'],
    ['a second after the end', 1_000, 409, 'quizzes.over'],
  ])('takes answers %s as the clock of the server says', async (_, offsetMs, status, code) => {
    const who = await ready();
    const { id, startedAt, endsAt } = await who.start();
    expect(Date.parse(endsAt) - Date.parse(startedAt)).toBe(ASKED * 60_000);
    for (let item = 0; item < 3; item += 1) await who.answer(id, item, true);
    advance(Date.parse(endsAt) - nowMs() + offsetMs);
    const late = await who.answer(id, 3, true);
    expect([late.status, codeOf(late)]).toEqual([status, code]);
    advance(2_000);
    const { body } = await who.read(id);
    expect(body.result).toMatchObject({
      right: status === 200 ? 4 : 3,
      passed: status === 200,
      timedOut: true,
      endedAt: endsAt,
    });
    expect(await who.creditedSeconds()).toBe(status === 200 ? LESSON_SECONDS : 0);
  });

  it('that nobody comes back to is ended by the job, with what was answered', async () => {
    // What other tests left open is over first.
    advance(ASKED * 60_000);
    await endAllTimedOut(world.bank.database.pool, nowMs);
    const [passing, failing, running] = [await ready(), await ready(), await ready()];
    const [one, two] = [await passing.start(), await failing.start()];
    for (const { item } of one.items) await passing.answer(one.id, item, true);
    advance(ASKED * 60_000 - 1_000);
    const three = await running.start();
    expect(await endAllTimedOut(world.bank.database.pool, nowMs)).toBe(0);
    advance(1_000);
    expect(await endAllTimedOut(world.bank.database.pool, nowMs)).toBe(2);
    expect((await passing.read(one.id)).body.result).toMatchObject({ right: 5, passed: true, timedOut: true });
    expect((await failing.read(two.id)).body.result).toMatchObject({ right: 0, passed: false, timedOut: true });
    expect((await running.read(three.id)).body.result).toBeNull();
    const { rows } = await world.bank.database.owner.query(
      `select 1 from graphile_worker.jobs where key like 'settle-quiz-%' and key = 'settle-quiz-' || (
         select round_id::text from quiz_attempt where id = $1)`,
      [one.id],
    );
    expect(rows).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it('has its hours settled although the job that should do it is gone', async () => {
    const { owner } = world.bank.database;
    const { platform } = world.bank.test;
    const who = await ready();
    const { id, items } = await who.start();
    for (const { item } of items) await who.answer(id, item, true);
    advance(ASKED * 60_000);
    await endAllTimedOut(platform.pool, nowMs);
    const { rows } = await owner.query<{ round: string }>('select round_id as round from quiz_attempt where id = $1', [
      id,
    ]);
    const round = rows[0]?.round ?? '';
    const waits = async () =>
      (await owner.query('select from graphile_worker.jobs where key = $1', [`settle-quiz-${round}`])).rowCount;
    await owner.query('delete from graphile_worker._private_jobs where key = $1', [`settle-quiz-${round}`]);
    expect(await waits()).toBe(0);
    const context = { platform, log: platform.log, attempt: 1, isLastAttempt: false, signal: undefined };
    await settleQuizRounds.run({}, context);
    expect(await waits()).toBe(1);
    const audit = systemAuditContext(() => platform.clock.now(), 'test');
    await settleQuizGate(platform.pool, audit, { personId: who.personId, gateId: round });
    expect(await who.creditedSeconds()).toBe(LESSON_SECONDS);
    await owner.query('delete from graphile_worker._private_jobs where key = $1', [`settle-quiz-${round}`]);
    await settleQuizRounds.run({}, context);
    expect(await waits()).toBe(0);
  });

  it('begins only after a check of who it is, where the rules of the round ask for one', async () => {
    const who = await ready();
    await world.bank.database.owner.query(
      `update quiz_round set rule_set_id = 'work-safety.quiz.2022-07-01' where person_id = $1`,
      [who.personId],
    );
    const answer = await who.begin();
    expect([answer.status, codeOf(answer)]).toEqual([409, 'exams.quiz_identity_needed']);
    expect((await who.quiz()).attemptsUsed).toBe(0);
  });

  it('left open past its end is the last one that counts when another is begun', async () => {
    const who = await ready();
    const first = await who.start();
    advance(ASKED * 60_000);
    const second = await who.start();
    expect([second.number, second.id === first.id]).toEqual([2, false]);
    for (let number = 3; number <= 5; number += 1) {
      advance(ASKED * 60_000);
      await who.start();
    }
    advance(ASKED * 60_000);
    expect(codeOf(await who.begin())).toBe('quizzes.study_again');
    expect((await who.quiz()).state).toBe('study-again');
  });

  it('keeps the first answer; the same again is fine, also after the end, another one is refused', async () => {
    const who = await ready();
    const { id } = await who.start();
    expect((await who.answer(id, 0, true)).body).toMatchObject({ item: 0, answered: 1 });
    expect((await who.answer(id, 0, true)).body).toMatchObject({ item: 0, answered: 1 });
    const other = await who.answer(id, 0, false);
    expect([other.status, codeOf(other)]).toEqual([409, 'quizzes.answered_otherwise']);
    const misfit = await who.answer(id, 1, 'A');
    expect([misfit.status, codeOf(misfit)]).toEqual([422, 'quizzes.answer_does_not_fit']);
    expect((await who.answer(id, ASKED, true)).status).toBe(404);
    expect(await who.submit(id)).toEqual({ ...(await who.submit(id)) });
    expect((await who.answer(id, 0, true)).status).toBe(200);
    expect(codeOf(await who.answer(id, 1, true))).toBe('quizzes.over');
  });

  it('is one on two devices at once, and ends once', async () => {
    const who = await ready();
    const devices = [who.client, who.device(), who.device()];
    const begun = await Promise.all(devices.map((client) => who.begin(client)));
    expect(new Set(begun.map(({ body }) => body.id)).size).toBe(1);
    const id = begun[0]?.body.id ?? '';
    const given = await Promise.all(devices.map((client, at) => who.answer(id, 0, at === 0, client)));
    const kept = given.filter(({ status }) => status === 200).length;
    expect([1, 2]).toContain(kept);
    const { body } = await who.read(id);
    expect(body.answers).toHaveLength(1);
    for (let item = 1; item < ASKED; item += 1) await who.answer(id, item, true);
    const ends = await Promise.all(devices.map((client) => client.post(`/api/quiz-attempts/${id}/submit`)));
    expect(new Set(ends.map(({ text }) => text)).size).toBe(1);
    expect(await who.creditedSeconds()).toBe(LESSON_SECONDS);
    const { rows } = await world.bank.database.owner.query('select 1 from quiz_attempt where person_id = $1', [
      who.personId,
    ]);
    expect(rows).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const who = await ready();
    const { id } = await who.start();
    const other = await ready();
    const answers = [
      await other.read(id),
      await other.answer(id, 0, true),
      await other.client.post(`/api/quiz-attempts/${id}/submit`),
      await other.read(randomUUID()),
    ];
    expect(answers.map((one) => [one.status, codeOf(one)])).toEqual(
      answers.map(() => [404, 'quizzes.attempt_not_found']),
    );
    expect((await who.read(id)).body).toMatchObject({ answers: [], result: null });
  });

  it('is added to the statistics of its questions as a quiz', async () => {
    const uses = async () => {
      const { rows } = await world.bank.database.owner.query<{ count: number }>(
        `select coalesce(sum(answered), 0)::int as count from question_use where source = 'quiz'`,
      );
      return rows[0]?.count ?? 0;
    };
    const who = await ready();
    const before = await uses();
    await who.sit(5);
    expect((await uses()) - before).toBe(ASKED);
  });
});
