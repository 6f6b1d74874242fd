import { assignCourse } from '@antu/contract';
import type { Page } from 'playwright-core';
import type { CourseFacts, LearningCourseFacts, OwnHoursFacts, SyllabiFacts } from '../lib/fact-types.ts';
import { ask, tell } from '../lib/facts.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import { startPlaying } from '../lib/learner.ts';
import { waitForLine } from '../lib/player.ts';
import { desktop, phone, type Stage, type Visitor } from '../lib/stage.ts';

/** Another one at every walk: titles of courses and banks are taken once. */
const TITLE = `会车用灯的小测 ${new Date().toISOString().slice(11, 19)}`;
const ATTEMPTS = 5;
const QUESTIONS = 2;
const LESSON_SECONDS = 30;

interface QuizCourse {
  readonly courseId: string;
  readonly lessonVersionId: string;
}

/** A lesson with a quiz: one learner fails five times and is told plainly what follows, another one passes and has the hours. */
export const quizJourney: Journey = {
  name: 'lesson quiz: five times failed, passed by another',
  limitMs: 150_000,
  walk: async (stage) => {
    const [failing, passing] = [await stage.visitor(phone), await stage.visitor(phone)];
    const [course] = await Promise.all([
      publishCourse(stage),
      failing.comeBack('/', 'driver'),
      passing.comeBack('/', 'driver-sz'),
    ]);
    await Promise.all([assign(stage, 'manager', failing, course), assign(stage, 'manager-sz', passing, course)]);
    await Promise.all([viewLesson(failing, course), viewLesson(passing, course)]);
    await Promise.all([failFiveTimes(failing, stage, course), passAtOnce(passing, stage, course)]);
  },
};

/** Writes a bank of true statements and a course of one short lesson; its quiz is chosen in the editor. */
async function publishCourse(stage: Stage): Promise<QuizCourse> {
  const [teacher, trainer, reviewer] = [
    await stage.visitor(desktop),
    await stage.visitor(desktop),
    await stage.visitor(desktop),
  ];
  await Promise.all([
    teacher.comeBack('/enterprise/', 'teacher'),
    trainer.comeBack('/enterprise/', 'trainer'),
    reviewer.comeBack('/supervision/', 'reviewer'),
  ]);
  const me = await ask<{ organisation: { id: string } }>(teacher, stage.product, '/api/auth/me');
  const { items } = await ask<SyllabiFacts>(teacher, stage.product, '/api/syllabi?scheme=road-transport');
  const syllabus = items.find((one) => one.titleZh.includes('继续教育'));
  const topicId = syllabus?.topics[0]?.id;
  expectThat(syllabus !== undefined && topicId !== undefined, 'the demo has no syllabus for drivers');
  const organisationId = me.organisation.id;
  await writeBank(stage, teacher, trainer, { organisationId, topicId });

  const made = await tell<CourseFacts>(teacher, stage.product, 'POST', '/api/courses', {
    titleZh: TITLE,
    syllabusId: syllabus.id,
    organisationId,
  });
  const url = `/api/courses/${made.id}/versions/${made.versions[0]?.id}`;
  await tell(teacher, stage.product, 'POST', `${url}/lessons`, {
    kind: 'document',
    titleZh: '会车用灯',
    topicId,
    documentText: '夜间会车在一百五十米以外改用近光灯。',
    readingSeconds: LESSON_SECONDS,
  });
  await chooseQuiz(teacher, made.id);
  const approved = { decision: 'approved', comment: '' };
  await tell(teacher, stage.product, 'POST', `${url}/submit`);
  await tell(trainer, stage.product, 'POST', `${url}/reviews`, approved);
  await tell(reviewer, stage.product, 'POST', `${url}/reviews`, approved);
  const { versions } = await ask<CourseFacts>(teacher, stage.product, `/api/courses/${made.id}`);
  return { courseId: made.id, lessonVersionId: versions[0]?.lessons[0]?.id ?? '' };
}

interface Place {
  readonly organisationId: string;
  readonly topicId: string;
}

async function writeBank(stage: Stage, teacher: Visitor, trainer: Visitor, place: Place): Promise<void> {
  const { product } = stage;
  const bank = await tell<{ id: string }>(teacher, product, 'POST', '/api/question-banks', {
    organisationId: place.organisationId,
    scheme: 'road-transport',
    titleZh: `${TITLE}题库`,
  });
  const url = `/api/question-banks/${bank.id}`;
  const versions: { versionId: string; revision: number }[] = [];
  for (const at of ['进入隧道', '夜间会车', '雾中行车']) {
    const question = { kind: 'judgement', stem: `${at}时应当正确使用灯光。`, files: [], answer: true };
    const facts = {
      topicId: place.topicId,
      posts: [],
      difficulty: 1,
      clause: '道路交通安全法实施条例第五十八条',
      explanation: '灯光让别人看见您，也让您看清路。',
      validFrom: '2024-01-01',
      validUntil: null,
      exclusionGroup: null,
    };
    const written = await tell<{ versions: { id: string; revision: number }[] }>(
      teacher,
      product,
      'POST',
      `${url}/questions`,
      {
        question,
        facts,
      },
    );
    versions.push(...written.versions.map(({ id, revision }) => ({ versionId: id, revision })));
  }
  await tell(teacher, product, 'POST', `${url}/submissions`, { versions });
  await tell(trainer, product, 'POST', `${url}/reviews`, { versions, decision: 'approved', comment: '' });
  await tell(trainer, product, 'PUT', `${url}/practice`, { open: true });
}

/** In the editor of the course: the bank, the topic of the lesson, two questions. */
async function chooseQuiz({ page, go, checkPage }: Visitor, courseId: string): Promise<void> {
  await go(`/enterprise/courses/${courseId}`);
  const box = page.getByRole('region', { name: '随堂小测' });
  await box.getByText('没有小测').waitFor();
  await box.getByRole('button', { name: '加小测：第 1 节' }).click();
  const form = page.getByRole('form', { name: '第 1 节的小测' });
  const bank = form.getByLabel('题库');
  const wanted = bank.locator('option', { hasText: `${TITLE}题库` });
  await bank.selectOption(await wanted.getAttribute('value'));
  await form.getByText('所选主题现有 3 题').waitFor();
  await form.getByLabel('每次抽几题').fill(String(QUESTIONS));
  await checkPage('quiz of a lesson in the editor');
  await form.getByRole('button', { name: '保存小测' }).click();
  await box.getByText(/2 题，从“会车用灯的小测.*”的.*抽，现有 3 题可抽/).waitFor();
}

async function assign(stage: Stage, login: string, learner: Visitor, { courseId }: QuizCourse): Promise<void> {
  const person = await ask<{ account: { personId: string } }>(learner, stage.product, '/api/auth/me');
  const manager = await stage.visitor(desktop);
  await manager.comeBack('/enterprise/', login);
  const me = await ask<{ organisation: { id: string } }>(manager, stage.product, '/api/auth/me');
  await tell(manager, stage.product, 'POST', assignCourse.path.replace(':organisationId', me.organisation.id), {
    courseId,
    personIds: [person.account.personId],
    dueOn: `${new Date().getFullYear() + 1}-06-30`,
  });
}

/** Reads the lesson in its own time; what is read waits for the quiz, and the page says so. */
async function viewLesson(learner: Visitor, { courseId, lessonVersionId }: QuizCourse): Promise<void> {
  const { page } = learner;
  await learner.go(`/courses/${courseId}/lessons/${lessonVersionId}`);
  await startPlaying(learner);
  await waitForLine(page, 'ended', 60_000);
  await page.getByText('待小测').first().waitFor();
  await page.getByText('等小测合格后计入').first().waitFor();
  await page.getByRole('link', { name: '去做小测' }).tap();
  await page.locator('[data-quiz-state="ready"]').waitFor();
  await page.getByText(`第 1 次，一共 ${ATTEMPTS} 次机会`).waitFor();
}

/** Answers every question of an attempt: with the first option, 正确, or the other one. */
async function sit(page: Page, key: 'A' | 'B'): Promise<void> {
  for (let n = 1; n <= QUESTIONS; n += 1) {
    await page.getByText(`第 ${n} 题，共 ${QUESTIONS} 题`).waitFor();
    await page.locator(`label[data-key="${key}"]`).tap();
    await page.getByRole('button', { name: n === QUESTIONS ? '确定，交卷' : '确定，下一题' }).tap();
  }
}

async function failFiveTimes(learner: Visitor, stage: Stage, course: QuizCourse): Promise<void> {
  const { page } = learner;
  await learner.checkPage('rules of a quiz');
  await page.getByRole('button', { name: '开始小测' }).tap();
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    await sit(page, 'B');
    await page.getByText('这次没有合格').waitFor();
    if (number === ATTEMPTS) break;
    await page.getByText(`还有 ${ATTEMPTS - number} 次机会`).waitFor();
    if (number === 1) await learner.checkPage('result of a quiz');
    await page.getByRole('button', { name: '再试一次' }).tap();
  }
  await page.getByText('5 次机会用完，没有合格').waitFor();
  await page.getByText('等待的时长不计入。重新学习这节课，学完后又有 5 次机会。').waitFor();
  await page.getByRole('link', { name: '重新学习这节课' }).waitFor();
  const { lessons } = await ask<LearningCourseFacts>(
    learner,
    stage.product,
    `/api/learning/courses/${course.courseId}`,
  );
  expectThat(lessons[0]?.creditedSeconds === 0, 'hours of a failed quiz count');
}

async function passAtOnce(learner: Visitor, stage: Stage, course: QuizCourse): Promise<void> {
  const { page } = learner;
  await page.getByRole('button', { name: '开始小测' }).tap();
  await page.getByText(`第 1 题，共 ${QUESTIONS} 题`).waitFor();
  await learner.checkPage('question of a quiz');
  await sit(page, 'A');
  await page.getByText('小测合格').first().waitFor();
  await page.getByText(/已经计入学时/).waitFor();
  await learner.go('/hours');
  await page.getByRole('heading', { name: '我的学时' }).waitFor();
  const { lessons } = await ask<LearningCourseFacts>(
    learner,
    stage.product,
    `/api/learning/courses/${course.courseId}`,
  );
  expectThat(
    lessons[0]?.creditedSeconds === LESSON_SECONDS && lessons[0].state === 'finished',
    `after the quiz ${lessons[0]?.creditedSeconds} s count, not ${LESSON_SECONDS}`,
  );
  const hours = await ask<OwnHoursFacts>(learner, stage.product, '/api/learning/hours?days=1');
  const waiting = hours.days.flatMap((day) => day.sessions).reduce((sum, one) => sum + one.quizSeconds, 0);
  expectThat(waiting === 0, `${waiting} s still wait for a quiz that was passed`);
}
