import { randomUUID } from 'node:crypto';
import { type BlueprintLine, bucketOf, type Question } from '@antu/domain';
import { type TestActor, type TestClient, testActor } from '../../../platform/testing/index.ts';
import { makePeople } from '../../learning/testing/study-world.ts';
import {
  addQuestions,
  type BankFixture,
  factsFor,
  judgement,
  makeBankFixture,
  singleChoice,
} from '../bank/testing/bank-fixture.ts';

/** A learner who can be asked about exams. */
export interface Candidate {
  readonly personId: string;
  readonly actor: TestActor;
  readonly client: TestClient;
}

/** A bank of a hundred questions, plans, and learners. */
export interface ExamWorld {
  readonly bank: BankFixture;
  candidate(): Promise<Candidate>;
  /** Another device of the same person: another session. */
  secondDevice(candidate: Candidate): Candidate;
}

export const TWO_KINDS = 'road-transport.exam.two-kinds.2019-07-18';
/** 50 judgements of one point and 25 choices of two. */
export const linesOf = ({ topicId }: Pick<BankFixture, 'topicId'>): BlueprintLine[] => [
  { topicId, kind: 'judgement', difficulty: null, count: 50, centipoints: 100 },
  { topicId: null, kind: 'single', difficulty: null, count: 25, centipoints: 200 },
];

export async function makeExamWorld(): Promise<ExamWorld> {
  const bank = await makeBankFixture();
  bank.test.clock.set(new Date());
  const items = Array.from({ length: 100 }, (_, n): { question: Question; facts: ReturnType<typeof factsFor> } => ({
    question:
      n < 60
        ? judgement(`判断第 ${n} 题：${randomUUID()}`)
        : { ...singleChoice, stem: `选择第 ${n} 题：${randomUUID()}` },
    facts: factsFor(bank),
  }));
  await addQuestions(bank, items, bank.manager.accountId);
  const candidateOf = (personId: string): Candidate => {
    const actor = testActor({ personId, permissions: ['exams.own'] });
    return { personId, actor, client: bank.test.as(actor) };
  };
  return {
    bank,
    candidate: async () => {
      const [personId = ''] = await makePeople(bank.database.owner, 1);
      await bank.database.owner.query(
        `insert into person_affiliation (bucket, id, person_id, organisation_id, kind, from_date, created_at)
         values ($1, gen_random_uuid(), $2, $3, 'enrolled', '2026-01-01', now())`,
        [bucketOf(personId), personId, bank.bodyId],
      );
      return candidateOf(personId);
    },
    secondDevice: ({ personId }) => candidateOf(personId),
  };
}

/** Makes a plan as the teacher of the bank. @returns its id */
export async function makePlan({ bank }: ExamWorld, isMock: boolean): Promise<string> {
  const answer = await bank.teacher.client.post<{ id: string }>('/api/exam-plans', {
    organisationId: bank.bodyId,
    titleZh: isMock ? '模拟考试' : '正式考试',
    ruleSetId: TWO_KINDS,
    lines: linesOf(bank),
    picked: null,
    isMock,
  });
  if (answer.status !== 201) throw new Error(`no plan: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}
