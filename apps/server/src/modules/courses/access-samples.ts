import { randomUUID } from 'node:crypto';
import type { Role } from '@antu/contract';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';
import { actingContext } from './acting-context.ts';
import type { CourseContext } from './context.ts';
import { createCourse } from './create-course.ts';
import { addLesson } from './edit-lessons.ts';
import { createUpload } from './media/create-upload.ts';
import { reviewCourseVersion } from './review-version.ts';
import { submitCourseVersion } from './submit-version.ts';

interface Draft {
  readonly params: { courseId: string; versionId: string; lessonVersionId: string };
  readonly lesson: Record<string, unknown>;
}

/** How the access walk asks the scoped routes of this module. */
export const accessSamples: readonly AccessSample[] = [
  {
    route: 'POST /api/courses',
    build: async (world, place) => ({
      body: {
        titleZh: `课程 ${randomUUID()}`,
        syllabusId: (await makeSyllabus(world)).syllabusId,
        organisationId: place.bodyId,
      },
    }),
  },
  {
    route: 'POST /api/courses/:courseId/versions',
    // The draft is still open: the refusal as such comes after the question of access.
    alsoGiven: [409],
    build: async (world, place) => ({ params: (await makeDraft(world, place)).params, body: { summaryZh: '更新' } }),
  },
  {
    route: 'POST /api/courses/:courseId/versions/:versionId/lessons',
    build: async (world, place) => {
      const { params, lesson } = await makeDraft(world, place);
      return { params, body: lesson };
    },
  },
  {
    route: 'PUT /api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId',
    build: async (world, place) => {
      const { params, lesson } = await makeDraft(world, place);
      return { params, body: { ...lesson, titleZh: '改过的课' } };
    },
  },
  {
    route: 'DELETE /api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId',
    build: async (world, place) => ({ params: (await makeDraft(world, place)).params }),
  },
  {
    route: 'POST /api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId/move',
    build: async (world, place) => ({ params: (await makeDraft(world, place)).params, body: { position: 1 } }),
  },
  {
    route: 'GET /api/courses/:courseId/versions/:versionId/quizzes',
    build: async (world, place) => {
      const { courseId, versionId } = (await makeDraft(world, place)).params;
      return { params: { courseId, versionId } };
    },
  },
  {
    route: 'PUT /api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId/quiz',
    build: async (world, place) => ({ params: (await makeDraft(world, place)).params, body: { quiz: null } }),
  },
  {
    route: 'POST /api/courses/:courseId/versions/:versionId/submit',
    build: async (world, place) => ({ params: (await makeDraft(world, place)).params }),
  },
  {
    route: 'POST /api/courses/:courseId/versions/:versionId/reviews',
    build: async (world, place, role) => {
      const { params } = await makeDraft(world, place);
      await submitCourseVersion(teacherOf(world, place), params);
      if (role === 'platform-reviewer') {
        const manager = actAs(world, place, 'body-manager', randomUUID());
        await reviewCourseVersion(manager, params, { decision: 'approved', comment: '' });
      }
      return { params, body: { decision: 'approved', comment: '' } };
    },
  },
  {
    route: 'POST /api/uploads',
    build: (_world, place) => ({
      body: { organisationId: place.bodyId, fileName: '第一课.mp4', sizeBytes: 1000, contentType: 'video/mp4' },
    }),
  },
  {
    route: 'GET /api/uploads/:uploadId',
    build: async (world, place) => ({ params: { uploadId: await makeUpload(world, place) } }),
  },
  {
    route: 'PATCH /api/uploads/:uploadId',
    build: async (world, place) => ({
      params: { uploadId: await makeUpload(world, place) },
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      body: Buffer.from('\0\0\0\x18ftypmp42', 'latin1'),
    }),
  },
];

const actAs = (world: AccessWorld, place: AccessPlace, role: Role, accountId: string): CourseContext =>
  actingContext(
    world.platform,
    { accountId, role, organisationId: place.bodyId, regionCode: place.regionCode },
    'access-walk',
  );

const teacherOf = (world: AccessWorld, place: AccessPlace): CourseContext =>
  actAs(world, place, 'teacher', place.teacherAccountId);

async function makeSyllabus({ platform }: AccessWorld): Promise<{ syllabusId: string; topicId: string }> {
  const syllabusId = randomUUID();
  const topicId = randomUUID();
  await platform.pool.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from)
     values ($1, 'road-transport', $2, '', '', '2024-01-01')`,
    [syllabusId, `大纲 ${syllabusId}`],
  );
  await platform.pool.query(
    `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
     values ($1, $2, 'topic', '主题', '', 60, 1)`,
    [topicId, syllabusId],
  );
  return { syllabusId, topicId };
}

async function makeDraft(world: AccessWorld, place: AccessPlace): Promise<Draft> {
  const teacher = teacherOf(world, place);
  const { syllabusId, topicId } = await makeSyllabus(world);
  const course = await createCourse(teacher, {
    titleZh: `课程 ${randomUUID()}`,
    titleEn: null,
    syllabusId,
    organisationId: place.bodyId,
  });
  const key = { courseId: course.id, versionId: course.versions[0]?.id ?? '' };
  const lesson = {
    kind: 'document',
    titleZh: '出车前检查',
    titleEn: null,
    topicId,
    mediaId: null,
    documentText: '检查轮胎、灯光和制动。',
    readingSeconds: 60,
  } as const;
  const version = await addLesson(teacher, key, lesson);
  return { params: { ...key, lessonVersionId: version.lessons[0]?.id ?? '' }, lesson };
}

async function makeUpload(world: AccessWorld, place: AccessPlace): Promise<string> {
  const upload = await createUpload(teacherOf(world, place), {
    organisationId: place.bodyId,
    fileName: '第一课.mp4',
    sizeBytes: 1000,
    contentType: 'video/mp4',
  });
  return upload.id;
}
