import { randomUUID } from 'node:crypto';
import type { CourseDetail, CourseVersionView, Permission, Role } from '@antu/contract';
import { PERMISSION_NAMES, permissionRule } from '@antu/domain';
import {
  buildTestApp,
  createTestDatabase,
  type TestApp,
  type TestClient,
  type TestDatabase,
  testActor,
} from '../../../platform/testing/index.ts';
import { auditModule } from '../../audit/index.ts';
import { demoId } from '../../people/index.ts';
import { coursesModule } from '../index.ts';

export interface Person {
  readonly client: TestClient;
  readonly accountId: string;
}

/** An application with two training bodies, one syllabus and everybody who has to do with courses. */
export interface CourseFixture {
  readonly database: TestDatabase;
  readonly test: TestApp;
  readonly bodyId: string;
  readonly otherBodyId: string;
  readonly syllabusId: string;
  readonly topicId: string;
  readonly foreignTopicId: string;
  readonly teacher: Person;
  readonly manager: Person;
  readonly otherTeacher: Person;
  readonly reviewer: Person;
  readonly learner: Person;
  close(): Promise<void>;
}

const organisations = [
  { id: demoId('test/body'), name: '岭学', type: 'training-body', uscc: '91440101MA59ABCD1A' },
  { id: demoId('test/other-body'), name: '顺道', type: 'training-body', uscc: '91440101MA59ABCD2B' },
  { id: demoId('test/platform'), name: '平台', type: 'online-platform', uscc: '91440101MA59ABCD3C' },
] as const;

export const makeFixture = async (settings: Record<string, string> = {}): Promise<CourseFixture> => {
  const database = await createTestDatabase();
  const test = await buildTestApp({ database, modules: [auditModule, coursesModule], settings });
  const [body, otherBody, platform] = organisations;
  for (const { id, name, type, uscc } of organisations) {
    await database.owner.query(
      `insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, $3, $4, '440104', now())`,
      [id, name, type, uscc],
    );
  }
  const syllabus = await insertSyllabus(database, 'road-transport', '继续教育大纲');
  const foreign = await insertSyllabus(database, 'work-safety', '安全培训大纲');
  const person = (role: Role, organisationId: string): Person => {
    const actor = testActor({
      permissions: permissionsOf(role),
      memberships: [{ membershipId: randomUUID(), role, organisationId, regionCode: '440104' }],
    });
    return { client: test.as(actor), accountId: actor.accountId };
  };
  return {
    database,
    test,
    bodyId: body.id,
    otherBodyId: otherBody.id,
    syllabusId: syllabus.syllabusId,
    topicId: syllabus.topicId,
    foreignTopicId: foreign.topicId,
    teacher: person('teacher', body.id),
    manager: person('body-manager', body.id),
    otherTeacher: person('teacher', otherBody.id),
    reviewer: person('platform-reviewer', platform.id),
    learner: person('learner', otherBody.id),
    close: async () => {
      await test.close();
      await database.close();
    },
  };
};

const permissionsOf = (role: Role): Permission[] =>
  PERMISSION_NAMES.filter((permission) => permissionRule(permission).roles.includes(role));

async function insertSyllabus({ owner }: TestDatabase, scheme: string, titleZh: string) {
  const syllabusId = randomUUID();
  const topicId = randomUUID();
  await owner.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, $2, $3, '', '', '2024-01-01')`,
    [syllabusId, scheme, titleZh],
  );
  await owner.query(
    `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
     values ($1, $2, 'topic', '主题', 'Topic', 600, 1)`,
    [topicId, syllabusId],
  );
  return { syllabusId, topicId };
}

export const documentLesson = (fixture: CourseFixture, titleZh: string, changes: Record<string, unknown> = {}) => ({
  kind: 'document',
  titleZh,
  topicId: fixture.topicId,
  documentText: '出车前检查轮胎、灯光和制动。',
  readingSeconds: 60,
  ...changes,
});

/** A course with lessons of these titles, still a draft. */
export async function makeDraft(fixture: CourseFixture, titleZh: string, lessons: readonly string[]) {
  const { client } = fixture.teacher;
  const made = await client.post<CourseDetail>('/api/courses', {
    titleZh,
    syllabusId: fixture.syllabusId,
    organisationId: fixture.bodyId,
  });
  const versionId = made.body.versions[0]?.id ?? '';
  const url = `/api/courses/${made.body.id}/versions/${versionId}`;
  for (const title of lessons) await client.post(`${url}/lessons`, documentLesson(fixture, title));
  return { courseId: made.body.id, versionId, url };
}

/** Takes a draft through both reviews. */
export async function publish(fixture: CourseFixture, url: string): Promise<CourseVersionView> {
  const approved = { decision: 'approved', comment: '' };
  await fixture.teacher.client.post(`${url}/submit`);
  await fixture.manager.client.post(`${url}/reviews`, approved);
  return (await fixture.reviewer.client.post<CourseVersionView>(`${url}/reviews`, approved)).body;
}

/** Code of an error answer. */
export const codeOf = (answer: { body: unknown }): unknown =>
  (answer.body as { error?: { code?: string } }).error?.code ?? null;

/** Actions of the audit log in their order. */
export async function auditActions({ owner }: TestDatabase): Promise<string[]> {
  const { rows } = await owner.query<{ action: string }>('select action from audit_entry order by at, bucket, seq');
  return rows.map(({ action }) => action);
}
