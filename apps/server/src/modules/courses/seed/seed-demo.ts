import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CourseVersionView } from '@antu/contract';
import type { Platform } from '../../../platform/module.ts';
import { DEMO_ACCOUNTS, DEMO_ORGANISATIONS, demoId } from '../../people/index.ts';
import { actingContext } from '../acting-context.ts';
import { type CourseContext, rowsOf } from '../context.ts';
import { createCourse } from '../create-course.ts';
import { addLesson } from '../edit-lessons.ts';
import type { LessonInput } from '../lesson-content.ts';
import { loadVersionView } from '../load-version.ts';
import { quizInspector } from '../quiz-port.ts';
import { reviewCourseVersion } from '../review-version.ts';
import { submitCourseVersion } from '../submit-version.ts';
import { coursesDir, lessonsDir, readCatalogue, readInTheMaking, readManifest } from './catalogue.ts';
import { seedMedia } from './seed-media.ts';
import { seedSyllabi, topicId } from './seed-syllabi.ts';

/** The people of the demo who make and review its courses. */
interface Makers {
  readonly author: CourseContext;
  readonly bodyReviewer: CourseContext;
  readonly platformReviewer: CourseContext;
}

interface DemoCourse {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly syllabus: string;
  readonly lessons: readonly LessonInput[];
  readonly state: 'draft' | 'body-review' | 'platform-review' | 'published';
  readonly bodyComment: string;
}

/**
 * Writes the demo's syllabi and courses, through the same steps as people would: written by the teacher, reviewed by the
 * body's manager, then by the platform. Cut off anywhere, it goes on where it stopped; repeated, it changes nothing.
 */
export async function seedDemoCourses(platform: Platform): Promise<void> {
  const makers: Makers = {
    author: await contextOf(platform, 'teacher'),
    bodyReviewer: await contextOf(platform, 'trainer'),
    platformReviewer: await contextOf(platform, 'reviewer'),
  };
  await seedSyllabi(platform.pool);
  for (const course of [...(await readPublished(makers)), ...(await readWaiting())]) await seedCourse(makers, course);
}

async function readPublished(makers: Makers): Promise<DemoCourse[]> {
  const { courses } = await readCatalogue();
  return Promise.all(
    courses.map(async ({ titleZh, titleEn, syllabus, lessons }) => ({
      titleZh,
      titleEn,
      syllabus,
      lessons: await Promise.all(lessons.map((lesson) => readLesson(makers, syllabus, lesson))),
      state: 'published' as const,
      bodyComment: '已逐节看过，内容准确，同意。',
    })),
  );
}

async function readLesson({ author }: Makers, syllabus: string, lesson: string): Promise<LessonInput> {
  const manifest = await readManifest(lesson);
  const shared = {
    kind: manifest.kind,
    titleZh: manifest.titleZh,
    titleEn: manifest.titleEn,
    topicId: topicId(syllabus, manifest.topicCode),
  };
  if (manifest.kind === 'video') {
    const mediaId = await seedMedia(author.platform, lesson, manifest, author.actor.accountId);
    return { ...shared, mediaId, documentText: null, readingSeconds: null };
  }
  const chinese = manifest.content.find(({ language }) => language === 'zh');
  if (!chinese) throw new Error(`the lesson ${lesson} has no Chinese text`);
  return {
    ...shared,
    mediaId: null,
    documentText: await readFile(join(lessonsDir, lesson, chinese.file), 'utf8'),
    readingSeconds: manifest.minReadingSeconds,
  };
}

async function readWaiting(): Promise<DemoCourse[]> {
  return Promise.all(
    (await readInTheMaking()).map(async (course) => ({
      ...course,
      lessons: await Promise.all(
        course.lessons.map(async ({ titleZh, titleEn, topicCode, readingSeconds, file }) => ({
          kind: 'document' as const,
          titleZh,
          titleEn,
          topicId: topicId(course.syllabus, topicCode),
          mediaId: null,
          documentText: await readFile(join(coursesDir, file), 'utf8'),
          readingSeconds,
        })),
      ),
    })),
  );
}

const path = ['draft', 'body-review', 'platform-review', 'published'] as const;

async function seedCourse(makers: Makers, course: DemoCourse): Promise<void> {
  let version = await findOrCreate(makers, course);
  const key = { courseId: version.courseId, versionId: version.id };
  if (version.state === 'draft') {
    for (const lesson of course.lessons.slice(version.lessons.length)) await addLesson(makers.author, key, lesson);
    if (course.state !== 'draft') await quizInspector().prepareDemo(makers.author.platform, key);
  }
  while (path.indexOf(course.state) > path.findIndex((state) => state === version.state)) {
    if (version.state === 'draft') {
      version = await submitCourseVersion(makers.author, key);
    } else if (version.state === 'body-review') {
      const decision = { decision: 'approved', comment: course.bodyComment } as const;
      version = await reviewCourseVersion(makers.bodyReviewer, key, decision);
    } else if (version.state === 'platform-review') {
      const decision = { decision: 'approved', comment: '符合大纲要求，准予发布。' } as const;
      version = await reviewCourseVersion(makers.platformReviewer, key, decision);
    } else return;
  }
}

/** The first version of the course: later ones are made by the visitors of the demo and left alone. */
async function findOrCreate({ author }: Makers, course: DemoCourse): Promise<CourseVersionView> {
  const organisationId = DEMO_ORGANISATIONS.lingxue.id;
  const [present] = await rowsOf<{ course_id: string; version_id: string }>(
    author.pool,
    `select c.id as course_id, v.id as version_id from course c join course_version v on v.course_id = c.id and v.number = 1
     where c.organisation_id = $1 and c.title_zh = $2`,
    [organisationId, course.titleZh],
  );
  if (present) return loadVersionView(author, present.course_id, present.version_id);
  const made = await createCourse(author, {
    titleZh: course.titleZh,
    titleEn: course.titleEn,
    organisationId,
    syllabusId: demoId(`syllabus/${course.syllabus}`),
  });
  const [version] = made.versions;
  if (!version) throw new Error(`${course.titleZh} has no version`);
  return version;
}

async function contextOf(platform: Platform, login: string): Promise<CourseContext> {
  const account = DEMO_ACCOUNTS.find((each) => each.login === login);
  const [row] = await rowsOf<{ account_id: string }>(
    platform.pool,
    'select account_id from login_name where name = $1',
    [login],
  );
  if (!account || !row) throw new Error(`the demo has no account ${login}`);
  const { id: organisationId, regionCode } = DEMO_ORGANISATIONS[account.organisation];
  return actingContext(platform, { accountId: row.account_id, role: account.role, organisationId, regionCode }, 'seed');
}
