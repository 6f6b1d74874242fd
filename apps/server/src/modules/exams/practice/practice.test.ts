import { randomUUID } from 'node:crypto';
import type { PracticeQuestion, WrongAnswerBook } from '@antu/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCandidates } from '../bank/index.ts';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { answerOf, makePracticeWorld, type PracticeWorld, type Practising } from './testing/practice-world.ts';

const QUESTIONS = 9;
let world: PracticeWorld;
beforeAll(async () => {
  world = await makePracticeWorld();
  await world.add(QUESTIONS);
}, 60_000);
afterAll(() => world.bank.close());

const asked = async (who: Practising, query = ''): Promise<PracticeQuestion> => {
  world.bank.test.clock.advance(1_000);
  const { question } = await who.next(query);
  if (!question) throw new Error('nothing is asked');
  return question;
};
const book = async (who: Practising) => (await who.client.get<WrongAnswerBook>('/api/practice/book')).body;

describe('what is asked', () => {
  it('is nothing that gives the answer away', async () => {
    const who = await world.learner();
    const { text } = await who.client.get('/api/practice/question');
    expect(text).not.toMatch(/"(answer|explanation|clause|accepted|right)"|道路交通安全法/);
  });

  it('does not come again before everything was seen, and then the oldest comes first', async () => {
    const who = await world.learner();
    const rounds: string[][] = [[], []];
    for (const round of rounds) {
      for (let n = 0; n < QUESTIONS; n += 1) {
        const question = await asked(who);
        round.push(question.questionId);
        await who.give(question, true);
      }
    }
    expect(new Set(rounds[0]).size).toBe(QUESTIONS);
    expect(rounds[1]).toEqual(rounds[0]);
    expect(await who.next()).toMatchObject({ questions: QUESTIONS, seen: QUESTIONS, inBook: 0 });
  });

  it('is the same until it is answered, and then has its options in another order', async () => {
    const who = await world.learner();
    const first = await asked(who);
    expect(await asked(who)).toEqual(first);
    const orders = new Set<string>();
    for (let n = 0; n < QUESTIONS * 8; n += 1) {
      const question = await asked(who);
      if (question.question.kind === 'single') orders.add(question.question.options.map(({ text }) => text).join());
      await who.give(question, true);
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  it('comes in another order for somebody else', async () => {
    const firsts = new Set<string>();
    for (let n = 0; n < 12; n += 1) firsts.add((await asked(await world.learner())).questionId);
    expect(firsts.size).toBeGreaterThan(1);
  });
});

describe('an answer', () => {
  it('is told right or wrong at once, with the reason', async () => {
    const who = await world.learner();
    const question = await asked(who);
    const { body } = await who.answer(question, answerOf(question, false));
    expect(body).toEqual({
      isRight: false,
      right: answerOf(question, true),
      explanation: '会车时远光灯会使对方看不清路面。',
      clause: '道路交通安全法实施条例第四十八条',
      inBook: true,
      leftBook: false,
      rightsNeeded: 2,
    });
  });

  it('may be that one does not know', async () => {
    const who = await world.learner();
    const { body } = await who.answer(await asked(who), null);
    expect(body).toMatchObject({ isRight: false, inBook: true });
  });

  it('counts once when it is sent twice, even at the same moment, and is answered the same', async () => {
    const who = await world.learner();
    const question = await asked(who);
    const replies = await Promise.all([1, 2, 3].map(() => who.answer(question, answerOf(question, true))));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect((await who.next()).seen).toBe(1);
    const [use] = (
      await world.bank.database.owner.query<{ answered: number }>(
        'select answered from practice_question where person_id = $1',
        [who.personId],
      )
    ).rows;
    expect(use?.answered).toBe(1);
  });

  it('is refused for an earlier turn, in a shape that does not fit, and to a question that nobody has', async () => {
    const who = await world.learner();
    const question = await asked(who);
    await who.give(question, true);
    const late = await who.answer(question, answerOf(question, false));
    expect([late.status, codeOf(late)]).toEqual([409, 'practice.answered_elsewhere']);
    const misfit = await who.answer(await asked(who), ['text']);
    expect([misfit.status, codeOf(misfit)]).toEqual([422, 'practice.answer_does_not_fit']);
    const unknown = await who.answer({ ...question, versionId: randomUUID() }, true);
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'practice.question_gone']);
  });

  it('is added to the statistics of its question as practice', async () => {
    const who = await world.learner();
    const question = await asked(who);
    const uses = async () => {
      const { rows } = await world.bank.database.owner.query<{ answered: number; right: number }>(
        `select coalesce(sum(answered), 0)::int as answered, coalesce(sum(right_count), 0)::int as right from question_use
         where question_version_id = $1 and source = 'practice'`,
        [question.versionId],
      );
      return rows[0] ?? { answered: 0, right: 0 };
    };
    const before = await uses();
    await who.give(question, true);
    expect(await uses()).toEqual({ answered: before.answered + 1, right: before.right + 1 });
  });
});

describe('the wrong-answer book', () => {
  it('asks a question until it was answered right twice in a row, and then lets it go', async () => {
    const who = await world.learner();
    const missed = await asked(who);
    await who.give(missed, false);
    expect(await book(who)).toMatchObject({
      total: 1,
      items: [{ questionId: missed.questionId, answered: 1, wrong: 1, rightsNeeded: 2 }],
    });
    const replay = async (isRight: boolean) => {
      const question = await asked(who, '?source=book');
      expect(question.questionId).toBe(missed.questionId);
      return who.give(question, isRight);
    };
    expect(await replay(true)).toMatchObject({ inBook: true, rightsNeeded: 1 });
    expect(await replay(false)).toMatchObject({ inBook: true, rightsNeeded: 2 });
    expect(await replay(true)).toMatchObject({ inBook: true, leftBook: false });
    expect(await replay(true)).toMatchObject({ inBook: false, leftBook: true, rightsNeeded: 0 });
    expect((await who.next('?source=book')).question).toBeNull();
    expect((await book(who)).total).toBe(0);
  });

  it('holds exactly what the answers say, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), async (given) => {
        const who = await world.learner();
        const histories = new Map<string, boolean[]>();
        for (const [at, isRight] of given.entries()) {
          const question = await asked(who, at % 2 === 0 && (await who.next()).inBook > 0 ? '?source=book' : '');
          await who.give(question, isRight);
          histories.set(question.questionId, [...(histories.get(question.questionId) ?? []), isRight]);
        }
        const expected = [...histories]
          .filter(([, one]) => one.includes(false) && one.length - 1 - one.lastIndexOf(false) < 2)
          .map(([questionId]) => questionId);
        const { items } = await book(who);
        expect(items.map(({ questionId }) => questionId).sort()).toEqual(expected.sort());
      }),
      { numRuns: 12 },
    );
  });

  it('is nobody else’s', async () => {
    const who = await world.learner();
    const missed = await asked(who);
    await who.give(missed, false);
    const other = await world.learner();
    expect((await book(other)).total).toBe(0);
    expect((await other.next(`?source=book&personId=${who.personId}`)).question).toBeNull();
    expect((await other.overview()).inBook).toBe(0);
    const stranger = await world.learner({ owes: false });
    const reply = await stranger.answer(missed, answerOf(missed, true));
    expect([reply.status, codeOf(reply)]).toEqual([404, 'practice.question_gone']);
  });
});

describe('where to study', () => {
  it('is told once five answers were given', async () => {
    const who = await world.learner();
    for (const isRight of [false, false, true, true]) await who.give(await asked(who), isRight);
    const [before] = (await who.overview()).topics;
    expect(before).toMatchObject({ seen: 4, inBook: 2, rightPercent: null, isWeak: false });
    await who.give(await asked(who), true);
    const overview = await who.overview();
    expect(overview.topics).toHaveLength(1);
    expect(overview.topics[0]).toMatchObject({ questions: QUESTIONS, seen: 5, rightPercent: 60, isWeak: true });
    expect(overview).toMatchObject({ inBook: 2, lastTopicId: world.bank.topicId });
  });
});

describe('questions for formal exams', () => {
  it('in a closed bank are never asked, shown, counted or answered', async () => {
    const bankId = randomUUID();
    await world.bank.database.owner.query(
      `insert into question_bank (id, organisation_id, scheme, title_zh, created_by, created_at)
       values ($1, $2, 'road-transport', $3, $1, now())`,
      [bankId, world.bank.bodyId, `考试专用 ${bankId}`],
    );
    const [versionId = ''] = await world.add(1, bankId);
    const who = await world.learner();
    expect((await who.overview()).topics[0]?.questions).toBe(QUESTIONS);
    for (let n = 0; n < QUESTIONS * 2; n += 1) {
      const question = await asked(who);
      expect(question.versionId).not.toBe(versionId);
      await who.give(question, true);
    }
    const query = { organisationId: world.bank.bodyId, scheme: 'road-transport', day: '2026-11-26' } as const;
    const drawn = async (openOnly: boolean) =>
      (await findCandidates(world.bank.database.owner, { ...query, openOnly })).some(
        (one) => one.versionId === versionId,
      );
    expect([await drawn(false), await drawn(true)]).toEqual([true, false]);
    const guess = await who.client.post('/api/practice/answers', { versionId, turn: 0, answer: true });
    expect([guess.status, codeOf(guess)]).toEqual([404, 'practice.question_gone']);

    const { teacher, manager } = world.bank;
    const open = { open: true };
    expect((await teacher.client.put(`/api/question-banks/${bankId}/practice`, open)).status).toBe(403);
    const opened = await manager.client.put(`/api/question-banks/${bankId}/practice`, open);
    expect(opened.body).toMatchObject({ id: bankId, openForPractice: true });
    expect((await who.next()).questions).toBe(QUESTIONS + 1);
    await manager.client.put(`/api/question-banks/${bankId}/practice`, { open: false });
    expect((await who.next()).questions).toBe(QUESTIONS);
  });

  it('are not open to who owes no course of the body', async () => {
    const stranger = await world.learner({ owes: false });
    expect(await stranger.overview()).toMatchObject({ topics: [], inBook: 0, lastTopicId: null });
    expect(await stranger.next()).toEqual({ question: null, questions: 0, seen: 0, inBook: 0 });
  });
});
