import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../../../platform/testing/index.ts';
import { auditModule } from '../../audit/index.ts';
import { coursesModule } from '../../courses/index.ts';
import { DEMO_ORGANISATIONS, peopleModule } from '../../people/index.ts';
import { findCandidates } from '../bank/index.ts';
import { examsModule } from '../index.ts';
import { seedDemoQuestions } from './seed-questions.ts';

let database: TestDatabase;
let test: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  test = await buildTestApp({ database, modules: [auditModule, peopleModule, coursesModule, examsModule] });
  await peopleModule.seed?.(test.platform);
  await coursesModule.seed?.(test.platform);
});
afterAll(async () => {
  await test?.close();
  await database?.close();
});

const counts = async () => {
  const { rows } = await database.owner.query<{ open: boolean; questions: number; other: number }>(
    `select b.open_for_practice as open, count(*)::int as questions,
       count(*) filter (where v.state <> 'approved' or v.created_by = v.reviewed_by)::int as other
     from question_bank b join question q on q.bank_id = b.id join question_version v on v.question_id = q.id
     group by 1 order by 1`,
  );
  return rows;
};

describe('the demo bank', () => {
  it('is written within a second, and once', async () => {
    const startMs = performance.now();
    await seedDemoQuestions(test.platform);
    expect(performance.now() - startMs).toBeLessThan(1_000);
    const written = await counts();
    await seedDemoQuestions(test.platform);
    expect(await counts()).toEqual(written);
  });

  it('has 320 questions or more, all approved by somebody else, and keeps some of them for formal exams', async () => {
    const [kept, open] = await counts();
    expect((kept?.questions ?? 0) + (open?.questions ?? 0)).toBeGreaterThanOrEqual(320);
    expect(kept?.questions).toBeGreaterThan(50);
    expect([kept?.other, open?.other]).toEqual([0, 0]);
  });

  it('gives papers 12 candidates or more in each topic of the demo courses', async () => {
    const query = { organisationId: DEMO_ORGANISATIONS.lingxue.id, day: '2026-11-26' };
    const road = await findCandidates(database.owner, { ...query, scheme: 'road-transport' });
    const work = await findCandidates(database.owner, { ...query, scheme: 'work-safety' });
    const topics = Map.groupBy([...road, ...work], ({ topicId }) => topicId);
    expect(topics.size).toBe(6);
    for (const ofTopic of topics.values()) expect(ofTopic.length).toBeGreaterThanOrEqual(12);
  });
});

describe('quizzes of the demo', () => {
  it('are in every lesson of a published course whose rules want them, and nowhere else', async () => {
    const { rows } = await database.owner.query<{
      scheme: string;
      lessons: number;
      quizzes: number;
      fewest: number | null;
    }>(
      `select c.scheme, count(*)::int as lessons, count(q.lesson_version_id)::int as quizzes, min(q.asked_count)::int as fewest
       from course c join course_version v on v.course_id = c.id and v.state = 'published'
         join course_version_lesson cl on cl.course_version_id = v.id
         left join lesson_quiz q on q.lesson_version_id = cl.lesson_version_id
       group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { scheme: 'road-transport', lessons: 5, quizzes: 0, fewest: null },
      { scheme: 'work-safety', lessons: 2, quizzes: 2, fewest: 5 },
    ]);
  });
});
