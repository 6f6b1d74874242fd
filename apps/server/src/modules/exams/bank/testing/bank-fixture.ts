import { randomUUID } from 'node:crypto';
import type { Permission, Role } from '@antu/contract';
import { PERMISSION_NAMES, permissionRule, type Question, type QuestionFacts } from '@antu/domain';
import { transaction } from '../../../../platform/database/pool.ts';
import type { ServerModule } from '../../../../platform/module.ts';
import {
  buildTestApp,
  createTestDatabase,
  type TestActor,
  type TestApp,
  type TestClient,
  type TestDatabase,
  testActor,
} from '../../../../platform/testing/index.ts';
import { auditModule } from '../../../audit/index.ts';
import { demoId } from '../../../people/index.ts';
import { examsModule } from '../../index.ts';
import type { NewQuestion } from '../check-questions.ts';
import type { BankContext } from '../context.ts';
import { type CreatedQuestion, createQuestions } from '../create-questions.ts';

export interface Person {
  readonly client: TestClient;
  readonly accountId: string;
  /** A context of the person for use cases that tests call without a request. */
  readonly ctx: BankContext;
}

/** An application with two training bodies, a bank of the first, and everybody who has to do with it. */
export interface BankFixture {
  readonly database: TestDatabase;
  readonly test: TestApp;
  readonly bodyId: string;
  readonly otherBodyId: string;
  readonly bankId: string;
  readonly topicId: string;
  readonly foreignTopicId: string;
  readonly teacher: Person;
  readonly colleague: Person;
  readonly manager: Person;
  readonly otherTeacher: Person;
  readonly reviewer: Person;
  readonly learner: Person;
  close(): Promise<void>;
}

export interface FixtureOptions {
  /** Modules besides audit and exams. */
  readonly modules?: readonly ServerModule[];
  readonly settings?: Record<string, string>;
}

export async function makeBankFixture({ modules = [], settings = {} }: FixtureOptions = {}): Promise<BankFixture> {
  const database = await createTestDatabase();
  const test = await buildTestApp({ database, modules: [auditModule, ...modules, examsModule], settings });
  const [bodyId, otherBodyId, platformId] = await Promise.all([
    insertOrganisation(database, '岭学', 'training-body', '91440101MA59ABCD1A'),
    insertOrganisation(database, '顺道', 'training-body', '91440101MA59ABCD2B'),
    insertOrganisation(database, '平台', 'online-platform', '91440101MA59ABCD3C'),
  ]);
  const topicId = await insertTopic(database, 'road-transport');
  const foreignTopicId = await insertTopic(database, 'work-safety');
  const bankId = randomUUID();
  await database.owner.query(
    `insert into question_bank (id, organisation_id, scheme, title_zh, open_for_practice, created_by, created_at)
     values ($1, $2, 'road-transport', '试题库', true, $3, now())`,
    [bankId, bodyId, randomUUID()],
  );
  const person = (role: Role, organisationId: string): Person => {
    const actor = testActor({
      permissions: permissionsOf(role),
      memberships: [{ membershipId: randomUUID(), role, organisationId, regionCode: '440104' }],
    });
    return { client: test.as(actor), accountId: actor.accountId, ctx: contextOf(test, actor) };
  };
  return {
    database,
    test,
    bodyId,
    otherBodyId,
    bankId,
    topicId,
    foreignTopicId,
    teacher: person('teacher', bodyId),
    colleague: person('teacher', bodyId),
    manager: person('body-manager', bodyId),
    otherTeacher: person('teacher', otherBodyId),
    reviewer: person('platform-reviewer', platformId),
    learner: person('learner', bodyId),
    close: async () => {
      await test.close();
      await database.close();
    },
  };
}

const permissionsOf = (role: Role): Permission[] =>
  PERMISSION_NAMES.filter((permission) => permissionRule(permission).roles.includes(role));

const contextOf = ({ platform, clock }: TestApp, actor: TestActor): BankContext => ({
  platform,
  pool: platform.pool,
  now: () => clock.now(),
  actor,
  address: '10.0.0.1',
  requestId: randomUUID(),
});

async function insertOrganisation({ owner }: TestDatabase, name: string, type: string, uscc: string): Promise<string> {
  const id = demoId(`test/${name}`);
  await owner.query(
    `insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, $3, $4, '440104', now())`,
    [id, name, type, uscc],
  );
  return id;
}

async function insertTopic({ owner }: TestDatabase, scheme: string): Promise<string> {
  const [syllabusId, topicId] = [randomUUID(), randomUUID()];
  await owner.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, $2, $3, '', '', '2024-01-01')`,
    [syllabusId, scheme, `大纲 ${syllabusId}`],
  );
  await owner.query(
    `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
     values ($1, $2, 'topic', '主题', 'Topic', 600, 1)`,
    [topicId, syllabusId],
  );
  return topicId;
}

/** A judgement with a stem of its own. */
export const judgement = (stem: string, changes: Partial<Question> = {}): Question =>
  ({ kind: 'judgement', stem, files: [], answer: true, ...changes }) as Question;

export const singleChoice: Question = {
  kind: 'single',
  stem: '夜间会车时应当怎样使用灯光？',
  files: [],
  options: [
    { key: 'A', text: '改用近光灯', file: null },
    { key: 'B', text: '使用远光灯', file: null },
    { key: 'C', text: '关闭所有灯光', file: null },
  ],
  answer: 'A',
};

export const factsFor = (
  { topicId }: Pick<BankFixture, 'topicId'>,
  changes: Partial<QuestionFacts> = {},
): QuestionFacts => ({
  scheme: 'road-transport',
  topicId,
  posts: [],
  difficulty: 2,
  clause: '道路交通安全法实施条例第四十八条',
  explanation: '会车时远光灯会使对方看不清路面。',
  validFrom: '2024-01-01',
  validUntil: null,
  exclusionGroup: null,
  ...changes,
});

/** Questions written by the teacher; with `approvedBy` they may be drawn. */
export const addQuestions = (
  { teacher, bankId }: BankFixture,
  items: readonly NewQuestion[],
  approvedBy: string | null = null,
): Promise<readonly CreatedQuestion[]> =>
  transaction(teacher.ctx.pool, (tx) => createQuestions(tx, teacher.ctx, bankId, items, null, { approvedBy }));

/** Code of an error answer. */
export const codeOf = (answer: { body: unknown }): unknown =>
  (answer.body as { error?: { code?: string } }).error?.code ?? null;
