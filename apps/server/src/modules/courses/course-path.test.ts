import type { CourseDetail, CourseSummary, CourseVersionView, MissingItemView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLessonForStudy, findPublishedVersion } from './index.ts';
import {
  auditActions,
  codeOf,
  type CourseFixture,
  documentLesson,
  makeDraft,
  makeFixture,
  publish,
} from './testing/fixture.ts';

let fixture: CourseFixture;
beforeAll(async () => {
  fixture = await makeFixture();
});
afterAll(() => fixture.close());

type Page = { items: CourseSummary[]; total: number; nextCursor: string | null };
const approved = { decision: 'approved', comment: '' };

describe('the path of a version', () => {
  it('goes from draft through both reviews to published, and everybody sees it then', async () => {
    const { courseId, url } = await makeDraft(fixture, '路径', ['第一课', '第二课']);
    expect((await fixture.learner.client.get(`/api/courses/${courseId}`)).status).toBe(404);
    const submitted = await fixture.teacher.client.post<CourseVersionView>(`${url}/submit`);
    expect(submitted.body.state).toBe('body-review');
    const first = await fixture.manager.client.post<CourseVersionView>(`${url}/reviews`, approved);
    expect(first.status).toBe(201);
    expect(first.body.state).toBe('platform-review');
    const second = await fixture.reviewer.client.post<CourseVersionView>(`${url}/reviews`, approved);
    expect(second.body.state).toBe('published');
    expect(second.body.publishedAt).not.toBeNull();
    expect(second.body.reviews.map(({ stage }) => stage)).toEqual(['body', 'platform']);
    const seen = await fixture.learner.client.get<CourseDetail>(`/api/courses/${courseId}`);
    expect(seen.body.versions.map(({ number }) => number)).toEqual([1]);
    expect(seen.body.versions[0]?.reviews).toEqual([]);
    expect(await auditActions(fixture.database)).toEqual(
      expect.arrayContaining([
        'courses.create',
        'courses.add-lesson',
        'courses.submit',
        'courses.review-body',
        'courses.review-platform',
      ]),
    );
  });

  it('is forbidden to shortcut: platform before body, teacher or other body as reviewer, author as reviewer', async () => {
    const { url } = await makeDraft(fixture, '捷径', ['第一课']);
    expect(codeOf(await fixture.manager.client.post(`${url}/reviews`, approved))).toBe('courses.action_not_possible');
    await fixture.teacher.client.post(`${url}/submit`);
    expect((await fixture.reviewer.client.post(`${url}/reviews`, approved)).status).toBe(403);
    expect((await fixture.teacher.client.post(`${url}/reviews`, approved)).status).toBe(403);
    expect((await fixture.otherTeacher.client.post(`${url}/reviews`, approved)).status).toBe(403);
    expect((await fixture.learner.client.post(`${url}/reviews`, approved)).status).toBe(403);
    expect(codeOf(await fixture.teacher.client.post(`${url}/submit`))).toBe('courses.action_not_possible');
    await fixture.manager.client.post(`${url}/reviews`, approved);
    expect((await fixture.manager.client.post(`${url}/reviews`, approved)).status).toBe(403);
  });

  it('nobody approves what they wrote themselves', async () => {
    const { manager, bodyId, syllabusId } = fixture;
    const course = await manager.client.post<CourseDetail>('/api/courses', {
      titleZh: '自写自审',
      syllabusId,
      organisationId: bodyId,
    });
    const url = `/api/courses/${course.body.id}/versions/${course.body.versions[0]?.id}`;
    await manager.client.post(`${url}/lessons`, documentLesson(fixture, '第一课'));
    await manager.client.post(`${url}/submit`);
    expect(codeOf(await manager.client.post(`${url}/reviews`, approved))).toBe('courses.own_work');
    // Said beforehand as well, so that nobody fills a checklist in vain.
    const seenBy = async ({ client }: Pick<typeof manager, 'client'>) => {
      const { body } = await client.get<CourseDetail>(`/api/courses/${course.body.id}`);
      const list = await client.get<{ items: CourseDetail[] }>('/api/courses?limit=100');
      const listed = list.body.items.find(({ id }) => id === course.body.id);
      return [body.versions[0]?.ownWork, body.latestIsOwnWork, listed?.latestIsOwnWork];
    };
    expect(await seenBy(manager)).toEqual([true, true, true]);
    expect(await seenBy(fixture.teacher)).toEqual([false, false, false]);
  });

  it('goes back to its author with the reason when refused, can be changed and submitted again', async () => {
    const { url } = await makeDraft(fixture, '退回', ['第一课']);
    await fixture.teacher.client.post(`${url}/submit`);
    const silent = await fixture.manager.client.post(`${url}/reviews`, { decision: 'refused', comment: ' ' });
    expect(codeOf(silent)).toBe('courses.comment_missing');
    const refused = await fixture.manager.client.post<CourseVersionView>(`${url}/reviews`, {
      decision: 'refused',
      comment: '第一课内容太少',
    });
    expect(refused.body.state).toBe('refused');
    expect(refused.body.reviews[0]?.comment).toBe('第一课内容太少');
    const edited = await fixture.teacher.client.post<CourseVersionView>(
      `${url}/lessons`,
      documentLesson(fixture, '第二课'),
    );
    expect(edited.body.state).toBe('draft');
    expect((await publish(fixture, url)).state).toBe('published');
  });

  it('says everything that is missing at once', async () => {
    const { url } = await makeDraft(fixture, '未完成', []);
    const lesson = { kind: 'document', titleZh: '空文档', topicId: null, documentText: '' };
    await fixture.teacher.client.post(`${url}/lessons`, lesson);
    await fixture.teacher.client.post(`${url}/lessons`, { kind: 'video', titleZh: '无视频' });
    const answer = await fixture.teacher.client.post<{
      error: { message: string; details: { missing: MissingItemView[] } };
    }>(`${url}/submit`);
    expect(codeOf(answer)).toBe('courses.not_ready');
    expect(answer.body.error.details.missing.map(({ code, position }) => `${position} ${code}`)).toEqual([
      '1 topic-missing',
      '1 document-empty',
      '1 reading-time-missing',
      '2 topic-missing',
      '2 video-missing',
    ]);
    expect(answer.body.error.message).toContain('第2节：还没有上传视频。');
  });

  it('two reviewers at the same moment decide once', async () => {
    const { url } = await makeDraft(fixture, '同时审核', ['第一课']);
    await fixture.teacher.client.post(`${url}/submit`);
    await fixture.manager.client.post(`${url}/reviews`, approved);
    const answers = await Promise.all([1, 2].map(() => fixture.reviewer.client.post(`${url}/reviews`, approved)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });
});

describe('versions', () => {
  it('a published version is never edited, neither over HTTP nor in the database', async () => {
    const { url, versionId } = await makeDraft(fixture, '不可改', ['第一课']);
    const published = await publish(fixture, url);
    const lessonId = published.lessons[0]?.id;
    const { client } = fixture.teacher;
    const answers = [
      await client.post(`${url}/lessons`, documentLesson(fixture, '加一课')),
      await client.put(`${url}/lessons/${lessonId}`, documentLesson(fixture, '改一课')),
      await client.delete(`${url}/lessons/${lessonId}`),
      await client.post(`${url}/lessons/${lessonId}/move`, { position: 1 }),
    ];
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'courses.version_not_editable'));
    const { pool } = fixture.database;
    const guard = /course_version__never_edited_after_draft|not open for editing/;
    await expect(pool.query(`update lesson_version set title_zh = '改' where id = $1`, [lessonId])).rejects.toThrow(
      guard,
    );
    await expect(
      pool.query('delete from course_version_lesson where course_version_id = $1', [versionId]),
    ).rejects.toThrow(guard);
  });

  it('an unchanged lesson keeps its row in the next version, a changed one gets its own', async () => {
    const { courseId, url } = await makeDraft(fixture, '新版本', ['不变', '要改', '要删']);
    const first = await publish(fixture, url);
    const { client } = fixture.teacher;
    const second = await client.post<CourseVersionView>(`/api/courses/${courseId}/versions`, {
      summaryZh: '更新第二课',
    });
    expect(second.body.number).toBe(2);
    expect(second.body.lessons.map(({ id }) => id)).toEqual(first.lessons.map(({ id }) => id));
    const twice = await client.post(`/api/courses/${courseId}/versions`, { summaryZh: '再来一个' });
    expect(codeOf(twice)).toBe('courses.version_open_exists');
    const draft = `/api/courses/${courseId}/versions/${second.body.id}`;
    await client.put(`${draft}/lessons/${first.lessons[1]?.id}`, documentLesson(fixture, '改过'));
    await client.delete(`${draft}/lessons/${first.lessons[2]?.id}`);
    const published = await publish(fixture, draft);
    expect(published.lessons.map(({ titleZh }) => titleZh)).toEqual(['不变', '改过']);
    expect(published.lessons[0]?.id).toBe(first.lessons[0]?.id);
    expect(published.lessons[1]?.id).not.toBe(first.lessons[1]?.id);
    expect(published.lessons[1]?.lessonId).toBe(first.lessons[1]?.lessonId);
    const detail = await client.get<CourseDetail>(`/api/courses/${courseId}`);
    expect(detail.body.versions.map(({ number, state, lessons }) => [number, state, lessons.length])).toEqual([
      [2, 'published', 2],
      [1, 'superseded', 3],
    ]);
  });

  it('learners who started keep their version: its lessons stay findable, with its own order', async () => {
    const { courseId, url, versionId } = await makeDraft(fixture, '保留旧版', ['甲课', '乙课']);
    const first = await publish(fixture, url);
    const { client } = fixture.teacher;
    const second = await client.post<CourseVersionView>(`/api/courses/${courseId}/versions`, { summaryZh: '调整顺序' });
    const draft = `/api/courses/${courseId}/versions/${second.body.id}`;
    await client.post(`${draft}/lessons/${first.lessons[1]?.id}/move`, { position: 1 });
    await client.post(`${draft}/lessons`, documentLesson(fixture, '丙课'));
    await publish(fixture, draft);
    const { pool } = fixture.database;
    const lesson = first.lessons[1]?.id ?? '';
    const old = await findLessonForStudy(pool, lesson, versionId);
    expect(old).toMatchObject({ position: 2, next: null, published: true, current: false, courseVersionId: versionId });
    const current = await findLessonForStudy(pool, lesson);
    expect(current).toMatchObject({ position: 1, published: true, current: true, courseVersionId: second.body.id });
    expect(current?.next?.titleZh).toBe('甲课');
    expect(await findPublishedVersion(pool, courseId)).toEqual({ courseVersionId: second.body.id, number: 2 });
  });

  it('lessons are moved within the list and numbered without gaps', async () => {
    const { url } = await makeDraft(fixture, '排序', ['课一', '课二', '课三', '课四']);
    const { client } = fixture.teacher;
    const titles = (version: CourseVersionView) =>
      version.lessons.map(({ position, titleZh }) => `${position}${titleZh.slice(1)}`);
    const before = await client.post<CourseVersionView>(`${url}/lessons`, documentLesson(fixture, '课五'));
    const id = (index: number) => before.body.lessons[index]?.id;
    const moved = await client.post<CourseVersionView>(`${url}/lessons/${id(4)}/move`, { position: 2 });
    expect(titles(moved.body)).toEqual(['1一', '2五', '3二', '4三', '5四']);
    const beyond = await client.post<CourseVersionView>(`${url}/lessons/${id(0)}/move`, { position: 99 });
    expect(titles(beyond.body)).toEqual(['1五', '2二', '3三', '4四', '5一']);
    const removed = await client.delete<CourseVersionView>(`${url}/lessons/${id(1)}`);
    expect(titles(removed.body)).toEqual(['1五', '2三', '3四', '4一']);
  });

  it('the platform can withdraw a version with a reason; then nobody can start it', async () => {
    const { courseId, url } = await makeDraft(fixture, '下架', ['第一课']);
    const published = await publish(fixture, url);
    const reason = { reason: '法规已修订' };
    expect((await fixture.manager.client.post(`${url}/withdraw`, reason)).status).toBe(403);
    const gone = await fixture.reviewer.client.post<CourseVersionView>(`${url}/withdraw`, reason);
    expect(gone.body.state).toBe('withdrawn');
    expect((await fixture.learner.client.get(`/api/courses/${courseId}`)).status).toBe(404);
    const lesson = await findLessonForStudy(fixture.database.pool, published.lessons[0]?.id ?? '');
    expect(lesson).toMatchObject({ published: false, current: false });
  });
});

describe('who may do what with courses', () => {
  it('another body neither sees nor touches a draft', async () => {
    const { courseId, url } = await makeDraft(fixture, '外单位', ['第一课']);
    const { client } = fixture.otherTeacher;
    expect((await client.get(`/api/courses/${courseId}`)).status).toBe(404);
    const denied = [
      await client.post(`${url}/lessons`, documentLesson(fixture, '混入')),
      await client.post(`${url}/submit`),
      await client.post(`/api/courses/${courseId}/versions`, { summaryZh: '混入' }),
      await client.post('/api/courses', {
        titleZh: '混入',
        syllabusId: fixture.syllabusId,
        organisationId: fixture.bodyId,
      }),
    ];
    expect(denied.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('refuses a topic of another syllabus, content of the other kind, unknown media and a title taken', async () => {
    const { url } = await makeDraft(fixture, '校验', []);
    const { client } = fixture.teacher;
    const lesson = (changes: Record<string, unknown>) =>
      client.post(`${url}/lessons`, documentLesson(fixture, '第一课', changes));
    expect(codeOf(await lesson({ topicId: fixture.foreignTopicId }))).toBe('courses.topic_foreign');
    expect(codeOf(await lesson({ kind: 'video' }))).toBe('courses.content_mismatch');
    const unknown = { kind: 'video', titleZh: '视频', topicId: fixture.topicId, mediaId: fixture.topicId };
    expect(codeOf(await client.post(`${url}/lessons`, unknown))).toBe('courses.media_not_yours');
    const again = { titleZh: '校验', syllabusId: fixture.syllabusId, organisationId: fixture.bodyId };
    expect(codeOf(await client.post('/api/courses', again))).toBe('courses.title_taken');
    expect(codeOf(await client.post('/api/courses', { ...again, titleZh: '其他', syllabusId: fixture.topicId }))).toBe(
      'courses.syllabus_not_found',
    );
  });

  it('lists what the reader may see; the queue of a reviewer is the filter by state', async () => {
    const waiting = await makeDraft(fixture, '待审', ['第一课']);
    await fixture.teacher.client.post(`${waiting.url}/submit`);
    const own = await fixture.teacher.client.get<Page>('/api/courses?limit=100');
    const learner = await fixture.learner.client.get<Page>('/api/courses?limit=100');
    expect(own.body.items.some(({ id }) => id === waiting.courseId)).toBe(true);
    expect(learner.body.items.some(({ id }) => id === waiting.courseId)).toBe(false);
    expect(learner.body.items.every(({ latestState }) => latestState === 'published')).toBe(true);
    const queue = await fixture.manager.client.get<Page>('/api/courses?state=body-review');
    expect(queue.body.items.map(({ id }) => id)).toContain(waiting.courseId);
    expect(queue.body.items.every(({ latestState }) => latestState === 'body-review')).toBe(true);
    const hidden = await fixture.learner.client.get<Page>('/api/courses?state=body-review');
    expect(hidden.body).toMatchObject({ items: [], total: 0 });
  });

  it('pages through the whole list without a gap', async () => {
    const all = await fixture.teacher.client.get<Page>('/api/courses?limit=100');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: Page } = await fixture.teacher.client.get<Page>(
        `/api/courses?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(all.body.items.map(({ id }) => id));
    expect(seen.length).toBe(all.body.total);
    expect(codeOf(await fixture.teacher.client.get('/api/courses?cursor=nonsense'))).toBe('platform.bad_input');
  });

  it('shows the syllabi of a scheme', async () => {
    const answer = await fixture.learner.client.get<{ items: { titleZh: string; topics: unknown[] }[] }>(
      '/api/syllabi?scheme=work-safety',
    );
    expect(answer.body.items.map(({ titleZh, topics }) => [titleZh, topics.length])).toEqual([['安全培训大纲', 1]]);
  });
});
