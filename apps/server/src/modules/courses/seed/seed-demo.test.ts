import type { CourseDetail, CourseSummary } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../../platform/testing/index.ts';
import { auditModule } from '../../audit/index.ts';
import { peopleModule } from '../../people/index.ts';
import { coursesModule, listPublishedCourses } from '../index.ts';
import { readCatalogue } from './catalogue.ts';

let database: TestDatabase;
let test: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  test = await buildTestApp({ database, modules: [auditModule, peopleModule, coursesModule], access: 'fake' });
  await peopleModule.seed?.(test.platform);
  await coursesModule.seed?.(test.platform);
});
afterAll(async () => {
  await test.close();
  await database.close();
});

const reviewer = () =>
  test.as(
    testActor({
      permissions: ['courses.read', 'media.preview'],
      memberships: [{ membershipId: '', role: 'platform-reviewer', organisationId: '', regionCode: '440106' }],
    }),
  );

describe('courses of the demo', () => {
  it('are published through both reviews, with every lesson of the catalogue', async () => {
    const { courses } = await readCatalogue();
    const published = await listPublishedCourses(database.pool);
    expect(published.map(({ titleZh }) => titleZh).toSorted()).toEqual(
      courses.map(({ titleZh }) => titleZh).toSorted(),
    );
    for (const { courseId, titleZh } of published) {
      const { body } = await reviewer().get<CourseDetail>(`/api/courses/${courseId}`);
      const [version] = body.versions;
      expect(version?.lessons).toHaveLength(courses.find((course) => course.titleZh === titleZh)?.lessons.length ?? -1);
      expect(version?.reviews.map(({ stage, reviewer: name }) => `${stage} ${name}`)).toEqual([
        'body 梁授业',
        'platform 简审言',
      ]);
      expect(version?.lessons.every(({ durationMs, topicId }) => (durationMs ?? 0) > 0 && topicId !== null)).toBe(true);
    }
  });

  it('have videos that can be played, with poster and subtitles', async () => {
    const { rows } = await database.pool.query<{ id: string }>('select id from media_asset');
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const { id } of rows) {
      const { body } = await reviewer().get(`/api/media/${id}`);
      expect(body).toMatchObject({ state: 'ready', failure: null });
      expect(body.subtitles).toHaveLength(2);
      expect(body.renditions).toHaveLength(3);
      const urls = [body.playlistUrl, body.posterUrl, ...(body.subtitles as { url: string }[]).map(({ url }) => url)];
      for (const url of urls) expect((await reviewer().get(String(url))).status).toBe(200);
    }
  });

  it('leave something in the queue of each reviewer, and a draft', async () => {
    for (const state of ['draft', 'body-review', 'platform-review']) {
      const { body } = await reviewer().get<{ items: CourseSummary[] }>(`/api/courses?state=${state}`);
      expect([state, body.items.length]).toEqual([state, 1]);
    }
  });

  it('are the same when written again', async () => {
    const count = async () => {
      const { rows } = await database.owner.query(
        `select (select count(*) from course) as courses, (select count(*) from lesson_version) as lessons,
           (select count(*) from course_review) as reviews, (select count(*) from syllabus_topic) as topics,
           (select count(*) from media_asset) as media, (select count(*) from audit_entry) as audit`,
      );
      return rows[0];
    };
    const before = await count();
    await coursesModule.seed?.(test.platform);
    expect(await count()).toEqual(before);
  });
});
