import { assignCourse } from '@antu/contract';
import type { Page } from 'playwright-core';
import type { CourseFacts, LearningCourseFacts } from '../lib/fact-types.ts';
import { ask } from '../lib/facts.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import { leaveAndReadSession, studyLesson } from '../lib/learner.ts';
import { pictureOf } from '../lib/player.ts';
import { rootDir } from '../lib/product.ts';
import { desktop, phone, type Stage, type Visitor } from '../lib/stage.ts';

const TITLE = '车辆起步前的观察';
const TRANSCODE_LIMIT_MS = 90_000;
const fixture = (name: string): string => `${rootDir}e2e/fixtures/${name}`;

/** A video's way from the teacher's disk to a learner's phone: upload, transcode, two reviews, publish, study. */
export const uploadJourney: Journey = {
  name: 'upload, transcode, review twice, publish, study',
  limitMs: 300_000,
  walk: async (stage) => {
    const teacher = await stage.visitor(desktop);
    await teacher.comeBack('/enterprise/', 'teacher');
    const courseId = await createCourse(teacher);
    await uploadLesson(teacher.page);
    await teacher.checkPage('course with a lesson');
    await teacher.page.getByRole('button', { name: '提交审核' }).click();
    await teacher.page.getByText('已提交，等待本机构审核。').waitFor();

    await approveInBody(stage, courseId);
    await approveOnPlatform(stage, courseId);

    await teacher.go(`/enterprise/courses/${courseId}`);
    await teacher.page.getByText('发布，学员可以学习').waitFor();
    const before = await ask<CourseFacts>(teacher, stage.product, `/api/courses/${courseId}`);
    expectThat(before.publishedVersion === 1, 'the first version is not published');
    const lesson = before.versions[0]?.lessons[0];
    expectThat(lesson?.media?.renditions.length === 3, `there are ${lesson?.media?.renditions.length} grades, not 3`);

    await studyIt(stage, courseId);
    await startNextVersion(teacher, stage, courseId, before);
  },
};

async function createCourse({ page }: Visitor): Promise<string> {
  await page.getByRole('button', { name: '新建课程' }).click();
  const dialog = page.getByRole('dialog', { name: '新建课程' });
  await dialog.getByLabel('课程名称').fill(TITLE);
  const syllabus = dialog.getByLabel('所属大纲');
  const wanted = syllabus.locator('option', { hasText: '道路运输驾驶员继续教育' });
  await syllabus.selectOption(await wanted.getAttribute('value'));
  await dialog.getByRole('button', { name: '新建', exact: true }).click();
  await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function uploadLesson(page: Page): Promise<void> {
  await page.getByRole('button', { name: '添加视频课' }).click();
  const form = page.getByRole('form', { name: '新的视频课' });
  const file = form.locator('input[type=file]');
  await file.setInputFiles(fixture('not-a-video.mp4'));
  await form.getByText('文件不是可识别的视频').waitFor();
  const another = form.getByRole('button', { name: /换一个/ });
  if (await another.isVisible()) await another.click();
  await file.setInputFiles(fixture('broken.mp4'));
  await form.getByText(/视频处理失败.*(已损坏|不是可识别的视频)/).waitFor({ timeout: TRANSCODE_LIMIT_MS });
  await form.getByRole('button', { name: '换一个视频' }).click();

  // Slowly enough that the bar can be seen to move.
  let seenPercent = 0;
  await page.route('**/api/uploads/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await file.setInputFiles(fixture('upload-sample.mp4'));
  const bar = form.getByRole('progressbar').first();
  await bar.waitFor();
  await page.unroute('**/api/uploads/**');
  const endMs = Date.now() + TRANSCODE_LIMIT_MS;
  while (await bar.isVisible()) {
    const now = await bar.getAttribute('aria-valuenow', { timeout: 1_000 }).catch(() => null);
    seenPercent = Math.max(seenPercent, Number(now ?? 0));
    if (Date.now() > endMs) throw new Error(`transcoding stopped at ${seenPercent} %`);
    await page.waitForTimeout(200);
  }
  expectThat(seenPercent > 0, 'neither upload nor transcoding showed any progress');
  await form.getByText('视频可以播放').waitFor({ timeout: TRANSCODE_LIMIT_MS });
  await form.getByLabel('课时名称').fill('起步前看四处');
  await form.getByLabel('大纲主题').selectOption({ index: 1 });
  await form.getByRole('button', { name: '保存课时' }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByText('内容已齐，可以提交。').waitFor();
}

async function checkAll(page: Page): Promise<void> {
  for (const box of await page.getByRole('checkbox').all()) await box.check();
}

async function approveInBody(stage: Stage, courseId: string): Promise<void> {
  const trainer = await stage.visitor(desktop);
  await trainer.comeBack('/enterprise/', 'trainer');
  await trainer.page.getByText(`《${TITLE}》等您审核`).waitFor();
  await trainer.go(`/enterprise/courses/${courseId}`);
  await trainer.page.getByRole('heading', { name: '机构审核' }).waitFor();
  await checkAll(trainer.page);
  await trainer.checkPage('review in the training body');
  await trainer.page.getByRole('button', { name: '通过，交平台审核' }).click();
  await trainer.page.getByText('已通过，等待平台审核。').waitFor();
}

async function approveOnPlatform(stage: Stage, courseId: string): Promise<void> {
  const reviewer = await stage.visitor(desktop);
  const { page } = reviewer;
  await reviewer.comeBack('/supervision/', 'reviewer');
  await reviewer.go('/supervision/reviews');
  await page.getByRole('link', { name: TITLE }).click();
  await page.waitForURL((url) => url.pathname.includes(courseId));
  await page.getByRole('heading', { name: '审核要点' }).waitFor();
  await checkAll(page);
  await page.getByRole('button', { name: '通过并发布' }).click();
  await page.getByRole('group').getByRole('button', { name: '通过并发布' }).click();
  await page.getByText('平台审核通过').waitFor();
}

/** The company assigns the course, and the picture really moves. */
async function studyIt(stage: Stage, courseId: string): Promise<void> {
  const learner = await stage.visitor(phone);
  await learner.comeBack('/', 'driver');
  const person = await ask<{ account: { personId: string } }>(learner, stage.product, '/api/auth/me');
  const manager = await stage.visitor(desktop);
  await manager.comeBack('/enterprise/', 'manager');
  const me = await ask<{ csrfToken: string; organisation: { id: string } }>(manager, stage.product, '/api/auth/me');
  const answer = await manager.context.request.post(
    stage.product.url + assignCourse.path.replace(':organisationId', me.organisation.id),
    {
      headers: { 'x-antu-csrf': me.csrfToken },
      data: { courseId, personIds: [person.account.personId], dueOn: `${new Date().getFullYear() + 1}-06-30` },
    },
  );
  expectThat(answer.ok(), `assigning answered ${answer.status()}: ${await answer.text()}`);

  const course = await ask<LearningCourseFacts>(learner, stage.product, `/api/learning/courses/${courseId}`);
  const sessionId = await studyLesson(learner, `/courses/${courseId}/lessons/${course.lessons[0]?.lessonVersionId}`);
  expectThat((await pictureOf(learner.page)).widthPx > 0, 'the published video has no picture');
  // The lesson of a later journey would find this session running on another device.
  await leaveAndReadSession(learner, stage, sessionId);
}

/** A change makes a new draft; what is published stays as it is. */
async function startNextVersion(teacher: Visitor, stage: Stage, courseId: string, before: CourseFacts): Promise<void> {
  const { page } = teacher;
  await page.getByRole('button', { name: '新建版本' }).click();
  const dialog = page.getByRole('dialog', { name: '新建版本' });
  await dialog.getByLabel('这一版改什么').fill('补充夜间起步的观察');
  await dialog.getByRole('button', { name: '新建版本' }).click();
  await page.getByRole('button', { name: /^第 2 版/ }).waitFor();
  const after = await ask<CourseFacts>(teacher, stage.product, `/api/courses/${courseId}`);
  const first = (course: CourseFacts): string => JSON.stringify(course.versions.find((one) => one.number === 1));
  expectThat(after.publishedVersion === 1, 'the draft took the place of the published version');
  expectThat(first(after) === first(before), 'the published version changed');
}
