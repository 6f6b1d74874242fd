import type {
  CoursesFacts,
  ExamPlansFacts,
  ExamsFacts,
  LearningCourseFacts,
  LearningHomeFacts,
  OwnHoursFacts,
  ReviewCasesFacts,
} from '../lib/fact-types.ts';
import { ask } from '../lib/facts.ts';
import type { Journey } from '../lib/journey.ts';
import { type ScreenPage, type ScreenSubjects, screenTours } from '../lib/pages.ts';
import { type AppPath, desktop, narrow, phone, type Stage, type Visitor } from '../lib/stage.ts';
import { chineseLeftovers, collectData, latinLeftovers } from '../lib/words.ts';

/** User names are data; longest first, because one begins like another. */
const demoLogins: string[] = [];
const apps: readonly AppPath[] = ['/', '/enterprise/', '/supervision/'];
const prefixOf = (app: AppPath): string => (app === '/' ? 'learner' : app.replaceAll('/', ''));
/** Pages that are also looked at in English. */
const ENGLISH_PAGES: ReadonlySet<string> = new Set([
  'learner-home',
  'learner-me',
  'supervision-live',
  'supervision-health',
]);

/** Every main page on a phone and at a desk: accessible, not wider than the screen, in one language, kept as a picture. */
export const screensJourney: Journey = {
  name: 'screens of all pages at 360 and 1440 px',
  limitMs: 480_000,
  walk: async (stage) => {
    const { accounts } = (await (await fetch(`${stage.product.url}/api/demo`)).json()) as {
      accounts: { login: string }[];
    };
    demoLogins.push(...accounts.map((one) => one.login).sort((a, b) => b.length - a.length));
    const problems: string[] = [];
    const note = (problem: unknown): void =>
      void problems.push(problem instanceof Error ? problem.message : String(problem));
    for (const screen of [phone, desktop]) {
      const visitor = await stage.visitor(screen);
      for (const app of apps) {
        const signIn = { name: 'sign-in', path: `${app}sign-in`, shows: 'form' };
        await lookAt(visitor, signIn, `${prefixOf(app)}-sign-in`, note);
      }
    }
    const subjects = await findSubjects(stage);
    for (const { app, prefix, login, pages } of screenTours(subjects)) {
      for (const screen of [app === '/' ? phone : narrow, desktop]) {
        const visitor = await stage.visitor(screen);
        await visitor.comeBack(app, login);
        for (const page of pages) await lookAt(visitor, page, `${prefix}-${page.name}`, note);
        const english = pages.filter((page) => ENGLISH_PAGES.has(`${prefix}-${page.name}`));
        if (english.length > 0 && screen === desktop) await lookInEnglish(visitor, english, prefix, note);
        await visitor.context.close();
      }
    }
    if (problems.length > 0) throw new Error(`${problems.length} problems\n${problems.join('\n')}`);
  },
};

async function lookAt(
  visitor: Visitor,
  { path, shows }: ScreenPage,
  name: string,
  note: (problem: unknown) => void,
): Promise<void> {
  try {
    await arrive(visitor, path, shows);
    await visitor.keepScreen(name);
    await visitor.checkPage(`${name} ${visitor.page.viewportSize()?.width}`).catch(note);
    const latin = await latinLeftovers(visitor.page, demoLogins);
    if (latin.length > 0) note(`${name}: English left over: ${latin.join(', ')}`);
  } catch (problem) {
    note(`${name}: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

async function arrive({ page, go }: Visitor, path: string, shows: string): Promise<void> {
  await go(path);
  await page.locator(shows).first().waitFor();
  // The live page's stream never ends, so idle is only waited for briefly.
  await page.waitForLoadState('networkidle', { timeout: 800 }).catch(() => undefined);
}

async function lookInEnglish(
  visitor: Visitor,
  pages: readonly ScreenPage[],
  prefix: string,
  note: (problem: unknown) => void,
): Promise<void> {
  const received = await collectData(visitor.page);
  await visitor.page.evaluate(() => localStorage.setItem('antu.locale', 'en'));
  for (const { name, path, shows } of pages) {
    await arrive(visitor, path, shows);
    await visitor.keepScreen(`${prefix}-${name}-en`);
    await visitor.checkPage(`${prefix}-${name} English`).catch(note);
    const chinese = await chineseLeftovers(visitor.page, received.text());
    if (chinese.length > 0) note(`${prefix}-${name} in English: Chinese left over: ${chinese.join(', ')}`);
  }
  await visitor.page.evaluate(() => localStorage.removeItem('antu.locale'));
}

async function findSubjects(stage: Stage): Promise<ScreenSubjects> {
  const driver = await stage.visitor(phone);
  await driver.comeBack('/', 'driver');
  const { obligations } = await ask<LearningHomeFacts>(driver, stage.product, '/api/learning/home');
  const courseId = obligations[0]?.courseId ?? '';
  const { lessons } = await ask<LearningCourseFacts>(driver, stage.product, `/api/learning/courses/${courseId}`);
  const pathOf = (kind: 'video' | 'document'): string => {
    const lesson =
      lessons.find((one) => one.kind === kind && one.state !== 'finished') ?? lessons.find((one) => one.kind === kind);
    return `/courses/${courseId}/lessons/${lesson?.lessonVersionId}`;
  };
  const { days } = await ask<OwnHoursFacts>(driver, stage.product, '/api/learning/hours?days=31');
  const sessions = days.flatMap((day) => day.sessions).filter((one) => one.endedAt !== null);
  // The one with the most to explain makes the best picture.
  const told = [...sessions].sort(
    (a, b) => b.refusedSeconds - a.refusedSeconds || b.stretches.length - a.stretches.length,
  );
  const me = await ask<{ account: { personId: string } }>(driver, stage.product, '/api/auth/me');
  const trainer = await stage.visitor(desktop);
  await trainer.comeBack('/enterprise/', 'trainer');
  const courses = await ask<CoursesFacts>(trainer, stage.product, '/api/courses');
  const draft = courses.items.find((one) => one.latestState !== 'published') ?? courses.items[0];
  const importId = await leaveImport(trainer, stage);
  const plans = await ask<ExamPlansFacts>(trainer, stage.product, '/api/exam-plans');
  const exams = await ask<ExamsFacts>(trainer, stage.product, '/api/exams?state=closed');
  const officer = await stage.visitor(desktop);
  await officer.comeBack('/supervision/', 'officer-city');
  const cases = await ask<ReviewCasesFacts>(officer, stage.product, '/api/review-cases?state=open');
  await officer.context.close();
  await driver.context.close();
  await trainer.context.close();
  return {
    courseId,
    lessonPath: pathOf('video'),
    documentPath: pathOf('document'),
    personId: me.account.personId,
    sessionId: told[0]?.sessionId ?? '',
    draftId: draft?.id ?? '',
    caseId: cases.items[0]?.id ?? '',
    importId,
    planId: plans.items.find((one) => one.mode === 'drawn')?.id ?? '',
    examId: exams.items[0]?.id ?? '',
  };
}

/** A text as people keep it: a good question, one without a topic in the syllabus, one whose answer cannot be read, and a twin. */
const IMPORTED = [
  '1、（判断题）驾驶人在车辆起步前应当观察周围情况。【答案】：正确',
  '2、（单选题）夜间会车时应当怎样使用灯光？',
  'A、改用近光灯',
  'B、使用远光灯',
  'C、关闭所有灯光',
  '正确答案：E',
  '3、（判断题）雨天制动距离会变长。【答案】：对不对',
  '4、（判断题）驾驶人在车辆起步前应当观察周围情况。【答案】：正确',
].join('\n');

/** Sends a file of questions through the page and leaves it undecided. */
async function leaveImport({ page, go }: Visitor, stage: Stage): Promise<string> {
  await go('/enterprise/bank/imports');
  const name = '岗前题目.txt';
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(IMPORTED) });
  await page.locator('.row').first().waitFor();
  return new URL(page.url(), stage.product.url).pathname.split('/').at(-1) ?? '';
}
