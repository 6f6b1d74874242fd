import { randomUUID } from 'node:crypto';
import type { CourseVersionView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testActor } from '../../../platform/testing/index.ts';
import { codeOf, type CourseFixture, makeDraft, makeFixture, publish } from '../testing/fixture.ts';
import { mediaFolder } from './media-queries.ts';

let fixture: CourseFixture;
beforeAll(async () => {
  fixture = await makeFixture();
});
afterAll(() => fixture.close());

const segment = Buffer.from('0123456789'.repeat(100));

/** A finished video that the worker need not make. */
async function insertMedia(): Promise<string> {
  const mediaId = randomUUID();
  const { storage, pool } = fixture.test.platform;
  await storage.put(`${mediaFolder(mediaId)}/master.m3u8`, '#EXTM3U');
  await storage.put(`${mediaFolder(mediaId)}/liuchang/00000.ts`, segment);
  await storage.put(`media/${mediaId}/original.mp4`, 'secret');
  await pool.query(
    `insert into media_asset (id, organisation_id, state, progress_at, finished_at, created_at, created_by, file_name,
       duration_ms, playlist_key) values ($1, $2, 'ready', now(), now(), now(), $1, 'a.mp4', 60000, $3)`,
    [mediaId, fixture.bodyId, `${mediaFolder(mediaId)}/master.m3u8`],
  );
  return mediaId;
}

/** The fixture with the syllabus of the scheme that asks what was really sent. */
async function workSafety(): Promise<CourseFixture> {
  const { foreignTopicId } = fixture;
  const { rows } = await fixture.database.owner.query<{ id: string }>(
    'select syllabus_id as id from syllabus_topic where id = $1',
    [foreignTopicId],
  );
  return { ...fixture, syllabusId: rows[0]?.id ?? '', topicId: foreignTopicId };
}

async function makeVideoCourse(titleZh: string, within: CourseFixture = fixture) {
  const mediaId = await insertMedia();
  const draft = await makeDraft(within, titleZh, []);
  const lesson = { kind: 'video', titleZh: '视频', topicId: within.topicId, mediaId };
  const added = await fixture.teacher.client.post<CourseVersionView>(`${draft.url}/lessons`, lesson);
  return { ...draft, mediaId, file: `/api/media/${mediaId}/files/liuchang/00000.ts`, lessons: added.body.lessons };
}

describe('who may see a video', () => {
  it('before it is published only its body and the platform, afterwards every reader of courses', async () => {
    const { url, file, mediaId } = await makeVideoCourse('谁能看');
    const status = async (who: 'teacher' | 'manager' | 'reviewer' | 'otherTeacher' | 'learner', path = file) =>
      (await fixture[who].client.get(path)).status;
    const state = `/api/media/${mediaId}`;
    expect([await status('teacher'), await status('manager'), await status('reviewer')]).toEqual([200, 200, 200]);
    expect([await status('otherTeacher'), await status('learner'), await status('learner', state)]).toEqual([
      403, 403, 403,
    ]);
    await publish(fixture, url);
    expect([await status('otherTeacher'), await status('learner'), await status('learner', state)]).toEqual([
      200, 200, 200,
    ]);
    expect((await fixture.test.client().get(file)).status).toBe(401);
  });

  it('learners who started an older version still see its video; a withdrawn one closes within seconds', async () => {
    const { courseId, versionId, url, file, lessons } = await makeVideoCourse('旧版视频');
    await publish(fixture, url);
    const next = await fixture.teacher.client.post<CourseVersionView>(`/api/courses/${courseId}/versions`, {
      summaryZh: '去掉视频',
    });
    const draft = `/api/courses/${courseId}/versions/${next.body.id}`;
    await fixture.teacher.client.delete(`${draft}/lessons/${lessons[0]?.id}`);
    const text = {
      kind: 'document',
      titleZh: '文档',
      topicId: fixture.topicId,
      documentText: '要点',
      readingSeconds: 60,
    };
    await fixture.teacher.client.post(`${draft}/lessons`, text);
    expect((await publish(fixture, draft)).state).toBe('published');
    fixture.test.clock.advance(6000);
    expect((await fixture.learner.client.get(file)).status).toBe(200);
    const old = `/api/courses/${courseId}/versions/${versionId}`;
    await fixture.reviewer.client.post(`${old}/withdraw`, { reason: '内容有误，停止使用' });
    fixture.test.clock.advance(6000);
    expect((await fixture.learner.client.get(file)).status).toBe(403);
  });

  it('learners get it in study sessions only from the day on which their training asks what was sent to them', async () => {
    const { file, url, mediaId } = await makeVideoCourse('只在学习中播放', await workSafety());
    const { storage } = fixture.test.platform;
    await storage.put(`${mediaFolder(mediaId)}/poster.jpg`, 'jpg');
    await storage.put(`${mediaFolder(mediaId)}/zh.vtt`, 'WEBVTT');
    await publish(fixture, url);
    const before = fixture.test.clock.now();
    const ask = async (who: 'teacher' | 'manager' | 'reviewer' | 'otherTeacher' | 'learner', path: string) =>
      (await fixture[who].client.get(path)).status;
    try {
      // 2026-11-25 begins in China.
      fixture.test.clock.set('2026-11-24T15:59:59.999Z');
      expect(await ask('learner', file)).toBe(200);
      fixture.test.clock.set('2026-11-24T16:00:00.000Z');
      const folder = file.replace('liuchang/00000.ts', '');
      expect(codeOf(await fixture.learner.client.get(file))).toBe('courses.media_in_session_only');
      expect([await ask('learner', file), await ask('learner', `${folder}master.m3u8`)]).toEqual([403, 403]);
      expect([await ask('learner', `${folder}poster.jpg`), await ask('learner', `${folder}zh.vtt`)]).toEqual([
        200, 200,
      ]);
      for (const who of ['teacher', 'manager', 'reviewer', 'otherTeacher'] as const) {
        expect([who, await ask(who, file), await ask(who, `${folder}master.m3u8`)]).toEqual([who, 200, 200]);
      }
      const alsoManager = testActor({
        permissions: ['courses.read', 'study.own'],
        memberships: (['learner', 'enterprise-manager'] as const).map((role) => ({
          membershipId: randomUUID(),
          role,
          organisationId: fixture.otherBodyId,
          regionCode: '440104',
        })),
      });
      expect((await fixture.test.as(alsoManager).get(file)).status).toBe(200);
    } finally {
      fixture.test.clock.set(before);
    }
  });

  it('asks the database once for many segments of a published video', async () => {
    const { url, file } = await makeVideoCourse('缓存');
    await publish(fixture, url);
    fixture.test.clock.advance(6000);
    const { pool } = fixture.test.platform;
    const query = pool.query.bind(pool);
    let asked = 0;
    Object.assign(pool, {
      query: (...args: Parameters<typeof query>) => {
        asked += 1;
        return query(...args);
      },
    });
    try {
      const answers = await Promise.all(Array.from({ length: 50 }, () => fixture.learner.client.get(file)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(asked).toBe(1);
    } finally {
      Object.assign(pool, { query });
    }
  });
});

describe('how files are served', () => {
  it('whole or in ranges, privately cacheable, never compressed into something else', async () => {
    const { file } = await makeVideoCourse('分段');
    const { client } = fixture.teacher;
    const whole = await client.get(file);
    expect(whole.raw).toEqual(segment);
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp2t', 'accept-ranges': 'bytes' });
    expect(whole.headers['cache-control']).toMatch(/^private, max-age=\d{5,}/);
    const part = await client.get(file, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, '0123456789', 'bytes 10-19/1000']);
    expect((await client.get(file, { headers: { range: 'bytes=1000-' } })).status).toBe(416);
    const again = await client.get(file, { headers: { 'if-none-match': whole.headers['etag'] ?? '' } });
    expect(again.status).toBe(304);
  });

  it('gives nothing outside the folder of the video', async () => {
    const { mediaId } = await makeVideoCourse('越界');
    const paths = [
      '../original.mp4',
      '..%2Foriginal.mp4',
      '%2e%2e/original.mp4',
      'liuchang/../../original.mp4',
      'liuchang%2F..%2F..%2Foriginal.mp4',
      '..%5Coriginal.mp4',
      '/etc/passwd',
      'liuchang//00000.ts',
      'liuchang/00000.ts%00.jpg',
      'a/b/00000.ts',
      '.hidden.ts',
      'master.txt',
      '',
    ];
    for (const path of paths) {
      const answer = await fixture.teacher.client.get(`/api/media/${mediaId}/files/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('secret');
    }
    expect((await fixture.teacher.client.get(`/api/media/${mediaId}/files/liuchang/99999.ts`)).status).toBe(404);
    expect(codeOf(await fixture.teacher.client.get(`/api/media/${randomUUID()}/files/master.m3u8`))).toBe(
      'courses.media_not_found',
    );
  });
});
