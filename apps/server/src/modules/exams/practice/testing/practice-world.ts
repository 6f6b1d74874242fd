import { randomUUID } from 'node:crypto';
import type { PracticeOverview, PracticeQuestion, PracticeVerdict } from '@antu/contract';
import { bucketOf, type Question } from '@antu/domain';
import type { TestAnswer } from '../../../../platform/testing/index.ts';
import { makePeople } from '../../../learning/testing/study-world.ts';
import {
  addQuestions,
  type BankFixture,
  factsFor,
  judgement,
  makeBankFixture,
  singleChoice,
} from '../../bank/testing/bank-fixture.ts';
import { type TestClient, testActor } from '../../../../platform/testing/index.ts';

/** Somebody who practises, and what they ask for. */
export interface Practising {
  readonly personId: string;
  readonly client: TestClient;
  overview(): Promise<PracticeOverview>;
  next(query?: string): Promise<{ question: PracticeQuestion | null; questions: number; seen: number; inBook: number }>;
  answer(asked: PracticeQuestion, answer: unknown): Promise<TestAnswer<PracticeVerdict>>;
  /** Answers a judgement or choice rightly or wrongly. */
  give(asked: PracticeQuestion, isRight: boolean): Promise<PracticeVerdict>;
}

/** A bank that is open for practice, and a course whose learners may practise it. */
export interface PracticeWorld {
  readonly bank: BankFixture;
  readonly courseId: string;
  learner(options?: { owes?: boolean }): Promise<Practising>;
  /** Adds approved judgements to a bank. @returns their version ids */
  add(count: number, bankId?: string): Promise<readonly string[]>;
}

export async function makePracticeWorld(): Promise<PracticeWorld> {
  const bank = await makeBankFixture();
  bank.test.clock.set(new Date());
  const { owner } = bank.database;
  const courseId = randomUUID();
  await owner.query(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     select $1, $2, syllabus_id, 'road-transport', '试用课程', $1, now(), now() from syllabus_topic where id = $3`,
    [courseId, bank.bodyId, bank.topicId],
  );
  return {
    bank,
    courseId,
    learner: async ({ owes = true } = {}) => {
      const [personId = ''] = await makePeople(owner, 1);
      if (owes) {
        await owner.query(
          `insert into training_assignment (bucket, id, person_id, course_id, organisation_id) values ($1, $2, $3, $4, $5)`,
          [bucketOf(personId), randomUUID(), personId, courseId, bank.bodyId],
        );
      }
      return practising(bank, personId);
    },
    add: async (count, bankId = bank.bankId) => {
      const items = Array.from({ length: count }, (_, n) => ({ question: questionAt(n), facts: factsFor(bank) }));
      const made = await addQuestions({ ...bank, bankId }, items, bank.manager.accountId);
      return made.map(({ versionId }) => versionId);
    },
  };
}

/** Every third one is a choice; the others are judgements that are right. */
const questionAt = (n: number): Question =>
  n % 3 === 2 ? { ...singleChoice, stem: `选择 ${randomUUID()}` } : judgement(`判断 ${randomUUID()}`);

/** An answer to a question of the world, whatever order its options are shown in. */
export function answerOf({ question }: PracticeQuestion, isRight: boolean): boolean | string | null {
  if (question.kind === 'judgement') return isRight;
  if (question.kind !== 'single') throw new Error(`the world has no ${question.kind}`);
  return question.options.find(({ text }) => (text === '改用近光灯') === isRight)?.key ?? null;
}

function practising({ test }: BankFixture, personId: string): Practising {
  const client = test.as(testActor({ personId, permissions: ['exams.own'] }));
  const answer: Practising['answer'] = ({ versionId, turn }, given) =>
    client.post<PracticeVerdict>('/api/practice/answers', { versionId, turn, answer: given as null });
  return {
    personId,
    client,
    overview: async () => (await client.get<PracticeOverview>('/api/practice')).body,
    next: async (query = '') =>
      (await client.get<Awaited<ReturnType<Practising['next']>>>(`/api/practice/question${query}`)).body,
    answer,
    give: async (asked, isRight) => {
      const { status, body } = await answer(asked, answerOf(asked, isRight));
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    },
  };
}
